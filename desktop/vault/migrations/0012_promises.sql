-- What was promised, how long somebody has not been heard of, which cases a supervisor has seen,
-- and an organisation's own questions with what was answered.

CREATE TABLE promise (
    id       TEXT PRIMARY KEY,
    youth    TEXT NOT NULL REFERENCES youth (id),
    what     TEXT NOT NULL,
    day      TEXT NOT NULL,             -- the day it is due; a day begins at 06:00
    part     TEXT NOT NULL,             -- a code; empty: all of the day, or a time
    clock    TEXT NOT NULL,             -- HH:MM; empty: no time was said
    opens_at TEXT NOT NULL,             -- when it comes due, made of the three above
    ends_at  TEXT NOT NULL,             -- when it is overdue
    made_at  TEXT NOT NULL,
    by       TEXT NOT NULL,             -- who promised: me | colleague | youth
    name     TEXT NOT NULL,             -- which colleague
    snoozed  INTEGER NOT NULL,          -- how often it was put off
    outcome  TEXT NOT NULL,             -- empty while it is open; kept | off
    ended_at TEXT NOT NULL
) STRICT;

CREATE INDEX promise_open ON promise (ends_at) WHERE outcome = '';

CREATE INDEX promise_by_youth ON promise (youth, outcome, ends_at);

CREATE TABLE supervision (              -- a supervisor has seen a case that was judged high
    judgement TEXT PRIMARY KEY REFERENCES judgement (id),
    youth     TEXT NOT NULL REFERENCES youth (id),
    judged_at TEXT NOT NULL,            -- of that judgement: those before it are seen with it
    seen_at   TEXT NOT NULL,
    seen_by   TEXT NOT NULL,            -- the supervisor's name, as it was typed
    words     TEXT NOT NULL             -- what was agreed; may be empty
) STRICT, WITHOUT ROWID;

CREATE INDEX supervision_by_youth ON supervision (youth, judged_at);

CREATE TABLE questionnaire (            -- every version that was ever loaded
    id        TEXT NOT NULL,            -- the organisation's own name for it
    version   INTEGER NOT NULL,
    title     TEXT NOT NULL,            -- in the language it was written in first
    body      BLOB NOT NULL,            -- canonical JSON
    loaded_at TEXT NOT NULL,
    is_used   INTEGER NOT NULL,         -- 0: put away, old answers stay readable
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE answered (                 -- one questionnaire, answered about one young person
    id            TEXT PRIMARY KEY,
    youth         TEXT NOT NULL REFERENCES youth (id),
    questionnaire TEXT NOT NULL,
    version       INTEGER NOT NULL,
    answers       TEXT NOT NULL,        -- JSON object, question to answer
    at            TEXT NOT NULL,
    FOREIGN KEY (questionnaire, version) REFERENCES questionnaire (id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX answered_by_youth ON answered (youth, at);

CREATE TRIGGER what_was_asked_there_stays BEFORE UPDATE OF id, version, title, body ON questionnaire
BEGIN SELECT RAISE(ABORT, 'a version stays as it was loaded'); END;

CREATE TRIGGER what_a_supervisor_saw_stays
BEFORE UPDATE OF judgement, judged_at, seen_at, seen_by, words ON supervision
BEGIN SELECT RAISE(ABORT, 'what was seen stays'); END;

-- Two lists that would otherwise be looked for among all meetings and judgements. Made of them
-- alone, by the triggers below, and so neither journalled nor salvaged.

CREATE TABLE watched (                  -- an open promise, or judged middle or high
    youth TEXT PRIMARY KEY REFERENCES youth (id) ON DELETE CASCADE,
    since TEXT NOT NULL                 -- the last contact
) STRICT, WITHOUT ROWID;

CREATE INDEX watched_since ON watched (since);

CREATE TABLE unseen (                   -- judged high, and no supervisor has looked
    youth     TEXT PRIMARY KEY REFERENCES youth (id) ON DELETE CASCADE,
    judgement TEXT NOT NULL,
    judged_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX unseen_since ON unseen (judged_at);

CREATE VIEW to_watch AS
SELECT y.id AS youth, max(y.met_first,
    coalesce((SELECT max(m.met_at) FROM meeting m WHERE m.youth = y.id), ''),
    coalesce((SELECT max(p.ended_at) FROM promise p WHERE p.youth = y.id AND p.outcome = 'kept'), '')
  ) AS since
FROM youth y
WHERE EXISTS (SELECT 1 FROM promise p WHERE p.youth = y.id AND p.outcome = '')
  OR (SELECT j.risk FROM judgement j WHERE j.youth = y.id
      ORDER BY j.judged_at DESC, j.rowid DESC LIMIT 1) IN ('medium', 'high');

CREATE VIEW to_see AS
SELECT j.youth, j.id AS judgement, j.judged_at
FROM judgement j
WHERE j.risk = 'high'
  AND NOT EXISTS (SELECT 1 FROM supervision s
                  WHERE s.youth = j.youth AND s.judged_at >= j.judged_at)
  AND NOT EXISTS (SELECT 1 FROM judgement k WHERE k.youth = j.youth AND k.risk = 'high'
                  AND (k.judged_at, k.rowid) > (j.judged_at, j.rowid));

INSERT INTO watched SELECT youth, since FROM to_watch;

-- Those who were judged high before there was this list, and are high still.
INSERT INTO unseen SELECT t.youth, t.judgement, t.judged_at FROM to_see t
WHERE NOT EXISTS (SELECT 1 FROM judgement k WHERE k.youth = t.youth AND k.judged_at > t.judged_at);

CREATE TRIGGER watched_when_met AFTER INSERT ON meeting
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_moved AFTER UPDATE OF youth ON meeting
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_left AFTER UPDATE OF youth ON meeting
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
END;

CREATE TRIGGER watched_when_promised AFTER INSERT ON promise
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_kept AFTER UPDATE OF youth, outcome, ended_at ON promise
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_promised_elsewhere AFTER UPDATE OF youth ON promise
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
END;

CREATE TRIGGER watched_when_forgotten AFTER DELETE ON promise
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
END;

CREATE TRIGGER watched_when_judged AFTER INSERT ON judgement
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
    DELETE FROM unseen WHERE youth = NEW.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_judged_elsewhere AFTER UPDATE OF youth ON judgement
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
    DELETE FROM unseen WHERE youth = NEW.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_not_judged AFTER UPDATE OF youth ON judgement
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
    DELETE FROM unseen WHERE youth = OLD.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = OLD.youth;
END;

CREATE TRIGGER watched_when_unjudged AFTER DELETE ON judgement
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
    DELETE FROM unseen WHERE youth = OLD.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = OLD.youth;
END;

CREATE TRIGGER seen_when_looked AFTER INSERT ON supervision
BEGIN
    DELETE FROM unseen WHERE youth = NEW.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = NEW.youth;
END;

CREATE TRIGGER seen_when_looked_elsewhere AFTER UPDATE OF youth ON supervision
BEGIN
    DELETE FROM unseen WHERE youth = NEW.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = NEW.youth;
END;
