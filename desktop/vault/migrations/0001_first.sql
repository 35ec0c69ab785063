-- Times are ISO 8601 in UTC with microseconds, so that text order is time order.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What happened, chained: h = HMAC(K_chain, previous h || this row); its first half is the
-- operation's 128-bit id. Never holds words: digest = HMAC(K_digest, content).
CREATE TABLE op (
    seq     INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    record  TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest  BLOB NOT NULL,
    at      TEXT NOT NULL,           -- when the person did it; empty where nobody asked the time
    h       BLOB NOT NULL
) STRICT;
CREATE TRIGGER what_happened_stays BEFORE UPDATE ON op
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER what_happened_is_kept BEFORE DELETE ON op
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE youth (
    id         TEXT PRIMARY KEY,
    alias      TEXT NOT NULL,
    initials   TEXT NOT NULL,
    age_basis  TEXT NOT NULL,
    age_lowest INTEGER NOT NULL,
    age_highest INTEGER NOT NULL,
    gender     TEXT NOT NULL,
    language   TEXT NOT NULL,
    keep_from_guardian INTEGER NOT NULL,
    met_first  TEXT NOT NULL
) STRICT;

CREATE TABLE outreach (
    id         TEXT PRIMARY KEY,
    place      TEXT NOT NULL,
    route      TEXT NOT NULL,
    team       TEXT NOT NULL,           -- JSON array of names
    is_joint   INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at   TEXT
) STRICT;
CREATE UNIQUE INDEX one_outreach_at_a_time ON outreach (ended_at IS NULL) WHERE ended_at IS NULL;

CREATE TABLE tally (
    outreach TEXT NOT NULL REFERENCES outreach (id),
    what     TEXT NOT NULL,
    count    INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (outreach, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting (
    id       TEXT PRIMARY KEY,
    outreach TEXT NOT NULL REFERENCES outreach (id),
    youth    TEXT NOT NULL REFERENCES youth (id),
    met_at   TEXT NOT NULL,
    place    TEXT NOT NULL
) STRICT;
CREATE INDEX meeting_by_outreach ON meeting (outreach, met_at);
CREATE INDEX meeting_by_youth ON meeting (youth, met_at);

CREATE TABLE note (
    n           INTEGER PRIMARY KEY,    -- the row the full-text index points to
    id          TEXT NOT NULL UNIQUE,
    youth       TEXT NOT NULL REFERENCES youth (id),
    meeting     TEXT NOT NULL UNIQUE REFERENCES meeting (id),
    saved_at    TEXT NOT NULL,
    version     INTEGER NOT NULL,
    finished_at TEXT,
    is_indexed  INTEGER NOT NULL,       -- 0: still being typed, found by reading it (D-009)
    weight      INTEGER NOT NULL DEFAULT 0, -- of its words in the index: their sum is compared
    text        TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_youth ON note (youth); -- not saved_at: it would be written at every save
CREATE INDEX note_being_typed ON note (n) WHERE is_indexed = 0;

-- Syllable pairs made in Python (D-009). Contentless: the words live once, in note.text.
-- A row is taken out by the 'delete' command with its old text, which with secure-delete leaves
-- nothing behind; contentless_delete=1 would leave the words until a merge.
CREATE VIRTUAL TABLE note_words USING fts5 (pairs, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
INSERT INTO note_words (note_words, rank) VALUES ('secure-delete', 1);
-- Every word of the index and how often it is in there: to see that none was lost.
CREATE VIRTUAL TABLE indexed_word USING fts5vocab (note_words, 'row');

CREATE TABLE judgement (
    id        TEXT PRIMARY KEY,
    youth     TEXT NOT NULL REFERENCES youth (id),
    risk      TEXT NOT NULL,
    grounds   TEXT NOT NULL,
    next_step TEXT,
    judged_at TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_by_youth ON judgement (youth, judged_at);

-- Grounds that were being written when the screen locked. They judge nothing.
CREATE TABLE unfinished_judgement (
    youth     TEXT PRIMARY KEY REFERENCES youth (id),
    risk      TEXT NOT NULL,
    grounds   TEXT NOT NULL,
    next_step TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id           TEXT PRIMARY KEY,
    youth        TEXT NOT NULL REFERENCES youth (id),
    agency       TEXT NOT NULL,
    agency_name  TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    retention    TEXT NOT NULL,
    form         TEXT NOT NULL,
    language     TEXT NOT NULL,
    notice_sha256 TEXT NOT NULL,
    guardian     TEXT,                  -- JSON, or null when the young person answered
    asked_at     TEXT NOT NULL,
    valid_until  TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX consent_by_youth ON consent (youth, asked_at);

CREATE TABLE consent_answer (
    consent TEXT NOT NULL REFERENCES consent (id),
    article TEXT NOT NULL,
    answer  TEXT NOT NULL,
    PRIMARY KEY (consent, article)
) STRICT, WITHOUT ROWID;

-- What was asked for, and whether the answers allow it to leave.
CREATE TABLE consent_item (
    consent TEXT NOT NULL REFERENCES consent (id),
    item    TEXT NOT NULL,
    allowed INTEGER NOT NULL,
    PRIMARY KEY (consent, item)
) STRICT, WITHOUT ROWID;

-- A consent may only end. Its words and answers are what was shown and said.
CREATE TRIGGER consent_is_immutable BEFORE UPDATE ON consent
WHEN OLD.withdrawn_at IS NOT NULL
  OR (OLD.id, OLD.youth, OLD.agency, OLD.agency_name, OLD.purpose, OLD.retention, OLD.form,
      OLD.language, OLD.notice_sha256, OLD.guardian, OLD.asked_at, OLD.valid_until)
  IS NOT (NEW.id, NEW.youth, NEW.agency, NEW.agency_name, NEW.purpose, NEW.retention, NEW.form,
      NEW.language, NEW.notice_sha256, NEW.guardian, NEW.asked_at, NEW.valid_until)
BEGIN SELECT RAISE(ABORT, 'a consent may only end'); END;
CREATE TRIGGER what_was_answered_stays BEFORE UPDATE ON consent_answer
BEGIN SELECT RAISE(ABORT, 'an answer stays as it was given'); END;
CREATE TRIGGER what_was_asked_stays BEFORE UPDATE ON consent_item
BEGIN SELECT RAISE(ABORT, 'an item stays as it was asked'); END;

-- One row for each thing that may be told, to whom, from when until when. Both the gate in front
-- of the outbox and the sender read this, and neither trusts what Python worked out alone.
CREATE VIEW tellable AS
SELECT c.id AS consent, c.agency, i.item, c.asked_at, c.valid_until
FROM consent c
JOIN consent_answer k ON k.consent = c.id AND k.article = '15' AND k.answer = 'given'
JOIN consent_answer p ON p.consent = c.id AND p.article = '17' AND p.answer = 'given'
LEFT JOIN consent_answer s ON s.consent = c.id AND s.article = '23'
JOIN consent_item i ON i.consent = c.id AND i.allowed = 1
WHERE c.withdrawn_at IS NULL
  AND (i.item NOT IN ('situation', 'health') OR s.answer = 'given')
  -- A later no, or a later yes taken back, ends every earlier yes to the same agency.
  AND NOT EXISTS (
    SELECT 1 FROM consent n JOIN consent_answer a ON a.consent = n.id
    WHERE n.youth = c.youth AND n.agency = c.agency
      AND (n.asked_at, n.rowid) > (c.asked_at, c.rowid)
      AND (n.withdrawn_at IS NOT NULL OR (a.answer <> 'given'
        AND (a.article <> '23' OR i.item IN ('situation', 'health')))));

-- A referral being written, one for each young person.
CREATE TABLE draft (
    youth      TEXT PRIMARY KEY REFERENCES youth (id),
    agency     TEXT,
    categories TEXT NOT NULL,           -- JSON array
    words      TEXT NOT NULL,           -- JSON object, item to words as typed
    urgency    TEXT NOT NULL,
    kept_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE referral (
    id          TEXT PRIMARY KEY,
    youth       TEXT NOT NULL REFERENCES youth (id),
    consent     TEXT NOT NULL REFERENCES consent (id),
    agency      TEXT NOT NULL,
    agency_name TEXT NOT NULL,
    packet      BLOB NOT NULL,          -- canonical JSON, exactly what was previewed and sealed
    written_at  TEXT NOT NULL,
    released_at TEXT NOT NULL,
    digest      TEXT NOT NULL,          -- Message.digest() of the request
    delivery    TEXT NOT NULL,
    status      TEXT NOT NULL,
    status_version INTEGER NOT NULL DEFAULT 0,
    status_reason TEXT NOT NULL DEFAULT '',
    erasure     TEXT NOT NULL DEFAULT 'none',
    problem     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX referral_by_youth ON referral (youth, released_at);
CREATE INDEX referral_by_consent ON referral (consent);

CREATE TABLE referral_step (
    referral TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    step     TEXT NOT NULL,
    at       TEXT NOT NULL,
    proof    TEXT NOT NULL,             -- id of the message or receipt that proves it
    PRIMARY KEY (referral, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE reply (
    id       TEXT PRIMARY KEY,          -- the message's id: a reply is kept once
    referral TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    at       TEXT NOT NULL,
    text     TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
    n            INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    priority     INTEGER NOT NULL,      -- 0 withdrawal, 1 urgent, 2 the rest
    kind         TEXT NOT NULL,
    ref          TEXT NOT NULL,
    consent      TEXT REFERENCES consent (id),
    to_org       TEXT NOT NULL,
    items        TEXT NOT NULL,         -- JSON array of item codes
    bytes        BLOB NOT NULL,         -- the packed Message, sent as it is
    queued_at    TEXT NOT NULL,
    state        TEXT NOT NULL,         -- waiting | sent | proven | refused
    attempts     INTEGER NOT NULL DEFAULT 0, -- rounds it may have left in; 0 is proof it did not
    stalls       INTEGER NOT NULL DEFAULT 0, -- rounds the hub took it and gave no answer
    next_at      TEXT NOT NULL DEFAULT '',
    last_problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_waiting ON outbox (state, priority, n);
CREATE INDEX outbox_by_ref ON outbox (ref, kind);
CREATE INDEX outbox_by_consent ON outbox (consent);

-- The database's own consent gate (D-010, I4): recipient, items and moment, or no row.
CREATE TRIGGER nothing_leaves_without_basis BEFORE INSERT ON outbox
WHEN NEW.kind = 'referral.request' AND (
    json_array_length(NEW.items) = 0
    OR EXISTS (
        SELECT 1 FROM json_each(NEW.items) i
        WHERE NOT EXISTS (
            SELECT 1 FROM tellable t
            WHERE t.consent = NEW.consent AND t.agency = NEW.to_org AND t.item = i.value
              AND t.asked_at <= NEW.queued_at AND NEW.queued_at < t.valid_until)))
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;

CREATE TRIGGER what_was_sealed_stays BEFORE UPDATE OF id, kind, ref, consent, to_org, items, bytes ON outbox
BEGIN SELECT RAISE(ABORT, 'an outbox message is immutable'); END;

-- How far we have read; beside the rows it moves with.
CREATE TABLE mailbox (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    clock_offset INTEGER NOT NULL,      -- seconds the hub's clock is ahead of ours
    heard_at TEXT NOT NULL DEFAULT '',
    is_open  INTEGER NOT NULL DEFAULT 0 -- whether the last round reached the hub
) STRICT;
INSERT INTO mailbox (one, epoch, seq, clock_offset) VALUES (1, '', 0, 0);

-- Events that did not prove what they said: passed over, never applied, kept for someone to see.
CREATE TABLE doubt (
    epoch TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    kind  TEXT NOT NULL,
    ref   TEXT NOT NULL,
    why   TEXT NOT NULL,
    at    TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

-- Statuses that moved a referral, by their message: none moves it twice, whoever replays it.
CREATE TABLE heard (message TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Who this laptop is to the hub: one row, JSON with keys, inside the encrypted file.
CREATE TABLE enrolment (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    record TEXT NOT NULL
) STRICT;

CREATE TABLE directory (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    book    BLOB NOT NULL,
    sig     BLOB NOT NULL
) STRICT;

-- --- looking, keeping and destroying ---------------------------------------------------------

-- Goes into every digest that op keeps of a record with somebody's words; destroyed with it, so
-- that the digests left behind cannot be compared with anything (vault/salts.py).
CREATE TABLE salt (
    subject TEXT NOT NULL,
    record  TEXT NOT NULL,
    salt    BLOB NOT NULL,
    PRIMARY KEY (subject, record)
) STRICT, WITHOUT ROWID;

-- Who looked at what about whom, when, from where, and why where that is no matter of course
-- (PIPA 29 and its safety standard). Never words. A look outlives what was looked at, so nothing
-- here refers to another table.
CREATE TABLE look (
    n      INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,               -- the member's vault, or key in the team
    place  TEXT NOT NULL,               -- a number for the laptop
    act    TEXT NOT NULL,
    kind   TEXT NOT NULL,
    record TEXT NOT NULL,
    youth  TEXT NOT NULL,               -- empty when it was about nobody in particular
    why    TEXT NOT NULL                -- a code; empty: a matter of course
) STRICT;
-- One index only: looks are written whenever a page opens, and read a few times a year.
CREATE INDEX look_by_record ON look (record, at);
CREATE TRIGGER a_look_stays BEFORE UPDATE ON look
BEGIN SELECT RAISE(ABORT, 'a look stays as it was'); END;

-- How long this organisation keeps what; without a row, what the program proposes.
CREATE TABLE retention (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    policy TEXT NOT NULL                -- JSON
) STRICT;

-- What somebody decided to keep longer, and why.
CREATE TABLE kept_longer (
    record TEXT PRIMARY KEY,
    until  TEXT NOT NULL,
    reason TEXT NOT NULL,
    words  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Young people who asked to be forgotten while an agency still had to act on it (PIPA 36, 37).
CREATE TABLE erasure_wish (
    youth    TEXT PRIMARY KEY REFERENCES youth (id),
    asked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was destroyed: how many of each kind, when, by whom, under which rule. Nothing that leads
-- back to anybody: the number is chance.
CREATE TABLE destruction (
    number TEXT PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    ground TEXT NOT NULL,
    counts TEXT NOT NULL                -- JSON object, kind to how many
) STRICT, WITHOUT ROWID;
CREATE TRIGGER what_was_destroyed_stays BEFORE UPDATE ON destruction
BEGIN SELECT RAISE(ABORT, 'the destruction log is append-only'); END;
CREATE TRIGGER that_it_was_destroyed_is_kept BEFORE DELETE ON destruction
BEGIN SELECT RAISE(ABORT, 'the destruction log is append-only'); END;

-- --- the team ---------------------------------------------------------------------------------

-- The private key that opens this member's slot in the team's vault. It never leaves this file.
CREATE TABLE team_key (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    secret BLOB NOT NULL
) STRICT;

-- --- the lock ---------------------------------------------------------------------------------

-- Forms that were being filled in when the screen locked, as typed. They are no records yet.
CREATE TABLE unfinished_form (
    name    TEXT PRIMARY KEY,
    words   TEXT NOT NULL,              -- JSON object, field to words
    kept_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- --- the hub's witness ------------------------------------------------------------------------

-- What the hub remembers of this journal. One row, not journalled: see vault/witness.py.
CREATE TABLE witness (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    seq     INTEGER NOT NULL,           -- its last mark that is in this journal
    h       BLOB NOT NULL,
    at      TEXT NOT NULL,
    ahead   BLOB,                       -- what it signed of a mark that is not
    renewal BLOB                        -- what a person decided about that, until the hub has it
) STRICT;
INSERT INTO witness (one, seq, h, at) VALUES (1, 0, zeroblob(32), '');
