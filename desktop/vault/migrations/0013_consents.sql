-- The whole record of a consent, why a guardian is not to be told, and requests to see, correct
-- or stop (PIPA 35 to 37). A consent kept before this has no record.

CREATE TABLE consent_record (
    consent    TEXT PRIMARY KEY,        -- of the consent it belongs to
    n          INTEGER NOT NULL,        -- the order in which they were kept: a clock may be wrong
    supersedes TEXT NOT NULL,           -- the earlier consent in whose place it stands, or empty
    facts      TEXT NOT NULL,           -- JSON
    strokes    TEXT NOT NULL            -- JSON numbers: x, y, ms; never an image
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_record_in_place_of ON consent_record (supersedes) WHERE supersedes <> '';

CREATE INDEX consent_record_in_turn ON consent_record (n);

CREATE TRIGGER a_record_stays BEFORE UPDATE ON consent_record
BEGIN SELECT RAISE(ABORT, 'a record stays as it was made'); END;

CREATE TRIGGER a_record_goes_with_its_consent BEFORE DELETE ON consent_record
WHEN EXISTS (SELECT 1 FROM consent WHERE id = OLD.consent)
BEGIN SELECT RAISE(ABORT, 'a record stays with its consent'); END;

CREATE TABLE guardian_kept (            -- whom a guardian is not to be told of, and why
    id     TEXT PRIMARY KEY,
    youth  TEXT NOT NULL REFERENCES youth (id),
    reason TEXT NOT NULL,               -- a code; empty: may be told again
    words  TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

CREATE INDEX guardian_kept_by_youth ON guardian_kept (youth, at);

CREATE TRIGGER why_a_guardian_is_not_told_stays
BEFORE UPDATE OF id, reason, words, at ON guardian_kept
BEGIN SELECT RAISE(ABORT, 'why a guardian is not told stays'); END;

CREATE TABLE own_data_request (         -- to see, to correct, to stop
    id          TEXT PRIMARY KEY,
    youth       TEXT NOT NULL REFERENCES youth (id),
    kind        TEXT NOT NULL,          -- see | correct | stop
    words       TEXT NOT NULL,
    asked_at    TEXT NOT NULL,
    due_on      TEXT NOT NULL,          -- the tenth day, moved on past days that are off
    outcome     TEXT NOT NULL,          -- empty while open; done | partly | refused
    answer      TEXT NOT NULL,
    answered_at TEXT NOT NULL
) STRICT;

CREATE INDEX own_data_request_open ON own_data_request (due_on) WHERE outcome = '';

CREATE INDEX own_data_request_by_youth ON own_data_request (youth, asked_at);

CREATE TRIGGER what_was_asked_for_stays
BEFORE UPDATE OF id, kind, words, asked_at, due_on ON own_data_request
BEGIN SELECT RAISE(ABORT, 'what was asked for stays'); END;

CREATE TRIGGER an_answer_to_a_request_stays
BEFORE UPDATE OF outcome, answer, answered_at ON own_data_request WHEN OLD.outcome <> ''
BEGIN SELECT RAISE(ABORT, 'an answer to a request stays'); END;

-- Every asking in the order in which it was kept. Those without a record came before all others.
CREATE VIEW asked_in_turn AS
SELECT c.id, c.youth, c.agency, c.withdrawn_at, coalesce(r.n, 0) AS n, c.asked_at, c.rowid AS row
FROM consent c LEFT JOIN consent_record r ON r.consent = c.id;

DROP VIEW tellable;

CREATE VIEW tellable AS
SELECT c.id AS consent, c.agency, i.item, c.asked_at, c.valid_until
FROM consent c
JOIN consent_answer k ON k.consent = c.id AND k.article = '15' AND k.answer = 'given'
JOIN consent_answer p ON p.consent = c.id AND p.article = '17' AND p.answer = 'given'
LEFT JOIN consent_answer s ON s.consent = c.id AND s.article = '23'
LEFT JOIN consent_record o ON o.consent = c.id
JOIN consent_item i ON i.consent = c.id AND i.allowed = 1
WHERE c.withdrawn_at IS NULL
  AND (i.item NOT IN ('situation', 'health') OR s.answer = 'given')
  -- A new asking in its place ends it, whatever was answered.
  AND NOT EXISTS (SELECT 1 FROM consent_record z WHERE z.supersedes = c.id)
  -- A later no, or a later yes taken back, ends every earlier yes to the same agency. Later is what
  -- was kept later: a clock that was wrong between the two must not bring the yes back.
  AND NOT EXISTS (
    SELECT 1 FROM asked_in_turn n LEFT JOIN consent_answer a ON a.consent = n.id
    WHERE n.youth = c.youth AND n.agency = c.agency
      AND (n.n, n.asked_at, n.row) > (coalesce(o.n, 0), c.asked_at, c.rowid)
      AND (n.withdrawn_at IS NOT NULL OR (a.answer <> 'given'
        AND a.article <> '24'
        AND (a.article <> '23' OR i.item IN ('situation', 'health')))));
