CREATE INDEX addendum_by_note ON addendum (note, at);

CREATE INDEX amendment_by_consent ON amendment (consent);

CREATE INDEX answered_by_youth ON answered (youth, at);

CREATE INDEX consent_by_end ON consent (valid_until);

CREATE INDEX consent_by_form ON consent (form);

CREATE INDEX consent_by_number ON consent (substr(id, 25));

CREATE INDEX consent_by_youth ON consent (youth, asked_at);

CREATE INDEX consent_record_in_place_of ON consent_record (supersedes) WHERE supersedes <> '';

CREATE INDEX consent_record_in_turn ON consent_record (n);

CREATE UNIQUE INDEX consent_text_by_form ON consent_text (form) WHERE form <> '';

CREATE INDEX disclosure_by_youth ON disclosure (youth, asked_at);

CREATE INDEX disclosure_reply_by_disclosure ON disclosure_reply (disclosure);

CREATE INDEX draft_by_time ON draft (kept_at);

CREATE INDEX elsewhere_by_end ON elsewhere (until);

CREATE INDEX elsewhere_by_number ON elsewhere (substr(consent, 25));

CREATE INDEX guardian_kept_by_youth ON guardian_kept (youth, at);

CREATE INDEX guardian_named_by_time ON guardian_named (taken_at);

CREATE INDEX judgement_by_youth ON judgement (youth);

CREATE INDEX look_by_record ON look (record, at);

CREATE INDEX look_by_time ON look (at);

CREATE INDEX look_by_youth ON look (youth, at);

CREATE INDEX meeting_by_outreach ON meeting (outreach, met_at);

CREATE INDEX meeting_by_youth ON meeting (youth, met_at);

CREATE INDEX merged_by_kept ON merged_youth (kept);

CREATE INDEX note_being_typed ON note (n) WHERE is_indexed = 0;

CREATE INDEX note_by_person ON note (youth, saved_at, id) WHERE is_indexed = 1;

CREATE INDEX note_by_time ON note (saved_at, youth) WHERE is_indexed = 1;

CREATE INDEX note_by_youth ON note (youth, id, meeting);

CREATE UNIQUE INDEX one_outreach_at_a_time ON outreach (ended_at IS NULL) WHERE ended_at IS NULL;

CREATE INDEX outbox_again ON outbox (n) WHERE state = 'proven' AND last_problem = 'again';

CREATE INDEX outbox_by_consent ON outbox (consent);

CREATE INDEX outbox_by_ref ON outbox (ref, kind);

CREATE INDEX outbox_waiting ON outbox (state, priority, n);

CREATE INDEX outreach_by_start ON outreach (started_at);

CREATE INDEX own_data_request_by_youth ON own_data_request (youth, asked_at);

CREATE INDEX own_data_request_open ON own_data_request (due_on) WHERE outcome = '';

CREATE INDEX promise_by_making ON promise (made_at);

CREATE INDEX promise_by_youth ON promise (youth, outcome, ends_at);

CREATE INDEX promise_kept_by_time ON promise (ended_at) WHERE outcome = 'kept';

CREATE INDEX promise_open ON promise (ends_at) WHERE outcome = '';

CREATE INDEX received_note_by_case ON received_note (received, at);

CREATE INDEX referral_by_consent ON referral (consent);

CREATE INDEX referral_by_release ON referral (released_at);

CREATE INDEX referral_by_status ON referral (status);

CREATE INDEX referral_by_youth ON referral (youth, released_at);

CREATE INDEX referral_owed ON referral (erasure) WHERE erasure = 'owed';

CREATE INDEX referral_with_problem ON referral (youth) WHERE problem <> '';

CREATE INDEX reply_appointment_by_referral ON reply_appointment (referral);

CREATE INDEX reply_appointment_by_time ON reply_appointment (at);

CREATE INDEX reply_ask_by_referral ON reply_ask (referral);

CREATE INDEX reply_by_referral ON reply (referral, at);

CREATE INDEX safety_plan_by_youth ON safety_plan (youth);

CREATE INDEX supervision_by_youth ON supervision (youth, judged_at);

CREATE INDEX unseen_since ON unseen (judged_at);

CREATE INDEX watched_since ON watched (since);

CREATE INDEX youth_by_first ON youth (met_first);

CREATE TABLE addendum (
    id   TEXT PRIMARY KEY,
    note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    who  TEXT NOT NULL,
    at   TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE agency_key (
    agency  TEXT PRIMARY KEY,
    epoch   INTEGER NOT NULL,           -- 0: nothing was sealed to this agency yet
    digest  BLOB NOT NULL,              -- SHA-256 of the public key; empty where epoch is 0
    newest  INTEGER NOT NULL,
    seen_at TEXT NOT NULL               -- when the newest was first seen here
) STRICT, WITHOUT ROWID;

CREATE TABLE amendment (
    id          TEXT PRIMARY KEY,       -- the message's id
    referral    TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    consent     TEXT NOT NULL REFERENCES consent (id),
    packet      BLOB NOT NULL,
    digest      TEXT NOT NULL,
    released_at TEXT NOT NULL,
    UNIQUE (referral, version)
) STRICT;

CREATE TABLE answered (                 -- one questionnaire, answered about one young person
    id            TEXT PRIMARY KEY,
    youth         TEXT NOT NULL REFERENCES youth (id),
    questionnaire TEXT NOT NULL,
    version       INTEGER NOT NULL,
    answers       TEXT NOT NULL,        -- JSON object, question to answer
    at            TEXT NOT NULL,
    FOREIGN KEY (questionnaire, version) REFERENCES questionnaire (id, version)
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

CREATE TABLE consent_answer (
    consent TEXT NOT NULL REFERENCES consent (id),
    article TEXT NOT NULL,
    answer  TEXT NOT NULL,
    PRIMARY KEY (consent, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_item (
    consent TEXT NOT NULL REFERENCES consent (id),
    item    TEXT NOT NULL,
    allowed INTEGER NOT NULL,
    PRIMARY KEY (consent, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_record (
    consent    TEXT PRIMARY KEY,        -- of the consent it belongs to
    n          INTEGER NOT NULL,        -- the order in which they were kept: a clock may be wrong
    supersedes TEXT NOT NULL,           -- the earlier consent in whose place it stands, or empty
    facts      TEXT NOT NULL,           -- JSON
    strokes    TEXT NOT NULL            -- JSON numbers: x, y, ms; never an image
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_text (
    version INTEGER PRIMARY KEY,        -- the newest one holds
    form    TEXT NOT NULL,              -- as consents name it; empty: the program's own again
    words   TEXT NOT NULL,              -- JSON, by language; empty with the form
    who     TEXT NOT NULL,              -- whose laptop put it in force
    at      TEXT NOT NULL
) STRICT;

CREATE TABLE consent_text_draft (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    words   TEXT NOT NULL,              -- JSON, by language
    who     TEXT NOT NULL,
    kept_at TEXT NOT NULL
) STRICT;

CREATE TABLE cosigning (                -- what a colleague asks us to put a name to
    id         TEXT PRIMARY KEY,        -- the referral's id
    device     TEXT NOT NULL,           -- which device asks
    packet     BLOB NOT NULL,           -- empty once it was answered
    asked_at   TEXT NOT NULL,
    state      TEXT NOT NULL,           -- waiting | given | refused | lapsed
    decided_at TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE destruction (
    number TEXT PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    ground TEXT NOT NULL,
    counts TEXT NOT NULL                -- JSON object, kind to how many
) STRICT, WITHOUT ROWID;

CREATE TABLE directory (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    book    BLOB NOT NULL,
    sig     BLOB NOT NULL
) STRICT;

CREATE TABLE disclosure (
    id          TEXT PRIMARY KEY,       -- the referral's id
    youth       TEXT NOT NULL REFERENCES youth (id),
    basis       TEXT NOT NULL,
    agency      TEXT NOT NULL,
    agency_name TEXT NOT NULL,
    agency_kind TEXT NOT NULL,
    items       TEXT NOT NULL,          -- JSON array of item codes, sorted
    packet      BLOB NOT NULL,          -- canonical JSON, exactly what was shown, signed and sealed
    sealed      BLOB NOT NULL,          -- the packed Message, without its second signature
    digest      TEXT NOT NULL DEFAULT '', -- Message.digest() of what left
    device      TEXT NOT NULL,          -- which device reports
    asked_at    TEXT NOT NULL,
    state       TEXT NOT NULL,          -- asked | refused | signed | queued | ended
    cosigner    TEXT NOT NULL DEFAULT '', -- which device put its name to it
    signed_at   TEXT NOT NULL DEFAULT '',
    valid_until TEXT NOT NULL DEFAULT '',
    delivery    TEXT NOT NULL DEFAULT 'queued',
    status      TEXT NOT NULL DEFAULT 'requested',
    reason      TEXT NOT NULL DEFAULT '', -- why it was refused or could not be helped: a code
    problem     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE disclosure_ledger (        -- decree 15: nobody's name, and no word
    id             TEXT PRIMARY KEY,    -- the message's id
    referral       TEXT NOT NULL,
    recipient      TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    legal_basis    TEXT NOT NULL,
    items          TEXT NOT NULL,
    at             TEXT NOT NULL,
    form           TEXT NOT NULL,
    limits         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE disclosure_reply (
    id         TEXT PRIMARY KEY,        -- the message's id: a reply is kept once
    disclosure TEXT NOT NULL REFERENCES disclosure (id) ON DELETE CASCADE,
    at         TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT;

CREATE TABLE disclosure_step (
    disclosure TEXT NOT NULL REFERENCES disclosure (id) ON DELETE CASCADE,
    step       TEXT NOT NULL,
    at         TEXT NOT NULL,
    proof      TEXT NOT NULL,           -- id of the message or receipt that proves it
    PRIMARY KEY (disclosure, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE doubt (
    epoch TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    kind  TEXT NOT NULL,
    ref   TEXT NOT NULL,
    why   TEXT NOT NULL,
    at    TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    youth      TEXT PRIMARY KEY REFERENCES youth (id),
    agency     TEXT,
    categories TEXT NOT NULL,           -- JSON array
    words      TEXT NOT NULL,           -- JSON object, item to words as typed
    urgency    TEXT NOT NULL,
    kept_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_answer (
    youth    TEXT PRIMARY KEY REFERENCES draft (youth) ON UPDATE CASCADE ON DELETE CASCADE,
    referral TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE elsewhere (
    consent  TEXT NOT NULL,
    referral TEXT NOT NULL,
    agency   TEXT NOT NULL,
    at       TEXT NOT NULL,
    until    TEXT NOT NULL,              -- the consent's own end
    ended_at TEXT,                       -- said so on this laptop
    erasure  TEXT NOT NULL,              -- none | owed | destroyed | retained
    PRIMARY KEY (consent, referral)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    record TEXT NOT NULL
) STRICT;

CREATE TABLE entrustment (
    version INTEGER PRIMARY KEY,
    facts   TEXT NOT NULL,              -- JSON: by whom, article, document, days
    until   TEXT NOT NULL,              -- the first moment at which it holds no more
    who     TEXT NOT NULL,              -- whose laptop recorded it, or that it ended
    at      TEXT NOT NULL
) STRICT;

CREATE TABLE erasure_wish (
    youth    TEXT PRIMARY KEY REFERENCES youth (id),
    asked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE foretold (
    record TEXT PRIMARY KEY,
    due    TEXT NOT NULL,
    since  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE guardian_kept (            -- whom a guardian is not to be told of, and why
    id     TEXT PRIMARY KEY,
    youth  TEXT NOT NULL REFERENCES youth (id),
    reason TEXT NOT NULL,               -- a code; empty: may be told again
    words  TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

CREATE TABLE guardian_named (
    youth    TEXT PRIMARY KEY REFERENCES youth (id),
    name     TEXT NOT NULL,
    contact  TEXT NOT NULL,
    taken_at TEXT NOT NULL              -- what its five days are counted from
) STRICT, WITHOUT ROWID;

CREATE TABLE heard (message TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE indexed_word USING fts5vocab (note_words, 'row');

CREATE TABLE jotting (                  -- words about somebody who has no alias yet
    youth TEXT PRIMARY KEY REFERENCES youth (id),
    since TEXT NOT NULL,                -- what its days are counted from
    given TEXT NOT NULL                 -- what was handed out, in words; empty: nothing
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement (
    id        TEXT PRIMARY KEY,
    youth     TEXT NOT NULL REFERENCES youth (id),
    risk      TEXT NOT NULL,
    grounds   TEXT NOT NULL,
    next_step TEXT,
    judged_at TEXT NOT NULL
) STRICT;

CREATE TABLE kept_longer (
    record TEXT PRIMARY KEY,
    until  TEXT NOT NULL,
    reason TEXT NOT NULL,
    words  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE mailbox (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    clock_offset INTEGER NOT NULL,      -- seconds the hub's clock is ahead of ours
    heard_at TEXT NOT NULL DEFAULT '',
    is_open  INTEGER NOT NULL DEFAULT 0 -- whether the last round reached the hub
) STRICT;

CREATE TABLE meeting (
    id       TEXT PRIMARY KEY,
    outreach TEXT NOT NULL REFERENCES outreach (id),
    youth    TEXT NOT NULL REFERENCES youth (id),
    met_at   TEXT NOT NULL,
    place    TEXT NOT NULL
) STRICT;

CREATE TABLE merged_youth (             -- who is looked after as somebody else now
    n     INTEGER PRIMARY KEY,
    youth TEXT NOT NULL UNIQUE,         -- whose record it was
    kept  TEXT NOT NULL,                -- as whom they are kept; may have been merged since
    at    TEXT NOT NULL,
    row   TEXT NOT NULL,                -- JSON: both rows as they were; empty: not to be undone
    moved TEXT NOT NULL                 -- JSON object, subject to ids; empty: not to be undone
) STRICT;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

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

CREATE TABLE note_marks (
    note  TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
    spans TEXT NOT NULL                 -- JSON array of [start, length], in characters
) STRICT, WITHOUT ROWID;

CREATE TABLE note_signature (
    note TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
    who  TEXT NOT NULL,                 -- the member's vault
    at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE note_template (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    template TEXT NOT NULL              -- JSON
) STRICT;

CREATE TABLE note_version (
    note     TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    version  INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    marks    TEXT NOT NULL,             -- as in note_marks
    text     TEXT NOT NULL,
    PRIMARY KEY (note, version)
) STRICT;

CREATE VIRTUAL TABLE note_words USING fts5 (pairs, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");

CREATE TABLE office_backup (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    device  TEXT NOT NULL,           -- as which the hub knew us then
    is_on   INTEGER NOT NULL,        -- the organisation's rule, as last heard
    newest  TEXT NOT NULL,           -- name of the newest set there; empty: none
    header  TEXT NOT NULL,           -- SHA-256 (hex) of the header of every set there
    left_at TEXT NOT NULL,           -- when the newest was whole there; empty: never
    kept    TEXT NOT NULL            -- JSON array: names of all our sets there
) STRICT;

CREATE TABLE op (
    seq     INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    record  TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest  BLOB NOT NULL,
    at      TEXT NOT NULL,           -- when the person did it; empty where nobody asked the time
    h       BLOB NOT NULL
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

CREATE TABLE outreach (
    id         TEXT PRIMARY KEY,
    place      TEXT NOT NULL,
    route      TEXT NOT NULL,
    team       TEXT NOT NULL,           -- JSON array of names
    is_joint   INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at   TEXT
) STRICT;

CREATE TABLE outreach_closing (         -- numbers that stay when what they count is destroyed
    outreach      TEXT PRIMARY KEY REFERENCES outreach (id),
    met           INTEGER NOT NULL,
    noted         INTEGER NOT NULL,
    referrals     INTEGER NOT NULL,
    was_forgotten INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outreach_partners (
    outreach TEXT PRIMARY KEY REFERENCES outreach (id),
    bodies   TEXT NOT NULL              -- JSON array of names
) STRICT, WITHOUT ROWID;

CREATE TABLE outreach_pause (
    outreach TEXT NOT NULL REFERENCES outreach (id),
    n        INTEGER NOT NULL,
    began_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (outreach, n)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE questionnaire (            -- every version that was ever loaded
    id        TEXT NOT NULL,            -- the organisation's own name for it
    version   INTEGER NOT NULL,
    title     TEXT NOT NULL,            -- in the language it was written in first
    body      BLOB NOT NULL,            -- canonical JSON
    loaded_at TEXT NOT NULL,
    is_used   INTEGER NOT NULL,         -- 0: put away, old answers stay readable
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE received (
    id          TEXT PRIMARY KEY,       -- the referral's id, made by whoever asks
    from_org    TEXT NOT NULL,
    from_name   TEXT NOT NULL,
    consents    TEXT NOT NULL,          -- JSON array: every consent that something told stands on
    priority    TEXT NOT NULL,
    received_at TEXT NOT NULL,
    valid_until TEXT NOT NULL,          -- until when the consent holds; empty where not said
    status      TEXT NOT NULL,
    reason      TEXT NOT NULL DEFAULT '',
    elsewhere   TEXT NOT NULL DEFAULT '', -- where another place had brought it before ours came
    reminded    TEXT NOT NULL DEFAULT '',
    gone        TEXT NOT NULL DEFAULT '', -- why what was told is not here; empty while it is
    gone_at     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE received_late (
    received TEXT PRIMARY KEY REFERENCES received (id) ON DELETE CASCADE,
    status   TEXT NOT NULL,             -- what was decided here
    reason   TEXT NOT NULL,             -- a code; the words went sealed
    at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE received_note (
    id         TEXT PRIMARY KEY,        -- the message's id: a note is kept once
    received   TEXT NOT NULL REFERENCES received (id),
    at         TEXT NOT NULL,
    text       TEXT NOT NULL,
    meeting_at TEXT NOT NULL DEFAULT '', -- empty: it tells of no appointment
    place      TEXT NOT NULL DEFAULT '',
    meeting    TEXT NOT NULL DEFAULT '',
    asks       TEXT NOT NULL            -- JSON array of item codes
) STRICT;

CREATE TABLE received_packet (
    received TEXT PRIMARY KEY REFERENCES received (id),
    version  INTEGER NOT NULL,
    packet   BLOB NOT NULL,             -- canonical JSON of the newest one
    digest   TEXT NOT NULL,             -- Message.digest() of what brought it
    youth    TEXT NOT NULL DEFAULT '',  -- who was kept as somebody of our own
    typed    TEXT NOT NULL DEFAULT '{}' -- JSON object, field to words not said yet
) STRICT, WITHOUT ROWID;

CREATE TABLE received_reached (
    received TEXT PRIMARY KEY REFERENCES received (id) ON DELETE CASCADE,
    epoch    TEXT NOT NULL,             -- the life of the hub that counts so
    version  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE received_step (
    received TEXT NOT NULL REFERENCES received (id) ON DELETE CASCADE,
    proof    TEXT NOT NULL,             -- id of the message that proves it, or made it
    step     TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (received, proof, step)
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

CREATE TABLE reply_appointment (
    reply    TEXT PRIMARY KEY,          -- the message's id
    referral TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    at       TEXT NOT NULL,
    place    TEXT NOT NULL,
    meeting  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reply_ask (
    reply    TEXT PRIMARY KEY,          -- the message's id
    referral TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    items    TEXT NOT NULL              -- JSON list of item codes
) STRICT, WITHOUT ROWID;

CREATE TABLE retention (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    policy TEXT NOT NULL                -- JSON
) STRICT;

CREATE TABLE safety_plan (
    id      TEXT PRIMARY KEY,
    youth   TEXT NOT NULL REFERENCES youth (id),
    who     TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    words   TEXT NOT NULL               -- JSON object, step to words
) STRICT;

CREATE TABLE salt (
    subject TEXT NOT NULL,
    record  TEXT NOT NULL,
    salt    BLOB NOT NULL,
    PRIMARY KEY (subject, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE silence (
    referral TEXT NOT NULL,
    reason   TEXT NOT NULL,
    from_org TEXT NOT NULL,
    to_org   TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (referral, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE silence_settled (
    referral TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (referral, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE supervision (              -- a supervisor has seen a case that was judged high
    judgement TEXT PRIMARY KEY REFERENCES judgement (id),
    youth     TEXT NOT NULL REFERENCES youth (id),
    judged_at TEXT NOT NULL,            -- of that judgement: those before it are seen with it
    seen_at   TEXT NOT NULL,
    seen_by   TEXT NOT NULL,            -- the supervisor's name, as it was typed
    words     TEXT NOT NULL             -- what was agreed; may be empty
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
    outreach TEXT NOT NULL REFERENCES outreach (id),
    what     TEXT NOT NULL,
    count    INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (outreach, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE team_key (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    secret BLOB NOT NULL
) STRICT;

CREATE TABLE unfinished_addendum (
    note TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unfinished_form (
    name    TEXT PRIMARY KEY,
    words   TEXT NOT NULL,              -- JSON object, field to words
    kept_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unfinished_judgement (
    youth     TEXT PRIMARY KEY REFERENCES youth (id),
    risk      TEXT NOT NULL,
    grounds   TEXT NOT NULL,
    next_step TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE unseen (                   -- judged high, and no supervisor has looked
    youth     TEXT PRIMARY KEY REFERENCES youth (id) ON DELETE CASCADE,
    judgement TEXT NOT NULL,
    judged_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE watched (                  -- an open promise, or judged middle or high
    youth TEXT PRIMARY KEY REFERENCES youth (id) ON DELETE CASCADE,
    since TEXT NOT NULL                 -- the last contact
) STRICT, WITHOUT ROWID;

CREATE TABLE witness (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    seq     INTEGER NOT NULL,           -- its last mark that is in this journal
    h       BLOB NOT NULL,
    at      TEXT NOT NULL,
    ahead   BLOB,                       -- what it signed of a mark that is not
    renewal BLOB                        -- what a person decided about that, until the hub has it
) STRICT;

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

CREATE TRIGGER a_consent_stays_with_its_person BEFORE UPDATE OF youth ON consent
WHEN OLD.youth <> NEW.youth AND NOT EXISTS (
    SELECT 1 FROM merged_youth m WHERE m.moved <> ''
      AND (m.youth, m.kept) IN (VALUES (OLD.youth, NEW.youth), (NEW.youth, OLD.youth)))
BEGIN SELECT RAISE(ABORT, 'a consent stays with its person'); END;

CREATE TRIGGER a_look_stays BEFORE UPDATE ON look
BEGIN SELECT RAISE(ABORT, 'a look stays as it was'); END;

CREATE TRIGGER a_record_goes_with_its_consent BEFORE DELETE ON consent_record
WHEN EXISTS (SELECT 1 FROM consent WHERE id = OLD.consent)
BEGIN SELECT RAISE(ABORT, 'a record stays with its consent'); END;

CREATE TRIGGER a_record_stays BEFORE UPDATE ON consent_record
BEGIN SELECT RAISE(ABORT, 'a record stays as it was made'); END;

CREATE TRIGGER a_report_begins_unsigned BEFORE INSERT ON disclosure
WHEN NEW.state <> 'asked' OR (NEW.cosigner, NEW.signed_at, NEW.valid_until) IS NOT ('', '', '')
BEGIN SELECT RAISE(ABORT, 'a report begins without a signature'); END;

CREATE TRIGGER a_report_goes_one_way BEFORE UPDATE OF state ON disclosure
WHEN (OLD.state, NEW.state) NOT IN (VALUES
    ('asked', 'signed'), ('asked', 'refused'), ('asked', 'ended'), ('signed', 'queued'),
    ('signed', 'ended'), ('queued', 'ended'))
BEGIN SELECT RAISE(ABORT, 'a report goes one way'); END;

CREATE TRIGGER a_report_is_signed_once
BEFORE UPDATE OF cosigner, signed_at, valid_until, digest ON disclosure
WHEN OLD.state <> 'asked' OR NEW.state <> 'signed'
BEGIN SELECT RAISE(ABORT, 'a report is signed once'); END;

CREATE TRIGGER a_report_stays_with_its_person BEFORE UPDATE OF youth ON disclosure
WHEN OLD.youth <> NEW.youth AND NOT EXISTS (
    SELECT 1 FROM merged_youth m WHERE m.moved <> ''
      AND (m.youth, m.kept) IN (VALUES (OLD.youth, NEW.youth), (NEW.youth, OLD.youth)))
BEGIN SELECT RAISE(ABORT, 'a report stays with its person'); END;

CREATE TRIGGER a_signature_is_not_taken_back BEFORE DELETE ON note_signature
WHEN EXISTS (SELECT 1 FROM note WHERE id = OLD.note)
BEGIN SELECT RAISE(ABORT, 'a signature is not taken back'); END;

CREATE TRIGGER a_signature_is_used_once AFTER INSERT ON outbox
WHEN NEW.kind = 'referral.request' AND NEW.consent IS NULL
BEGIN UPDATE disclosure SET state = 'queued' WHERE id = NEW.ref; END;

CREATE TRIGGER a_signature_stays BEFORE UPDATE ON note_signature
BEGIN SELECT RAISE(ABORT, 'a signature stays as it was given'); END;

CREATE TRIGGER a_signed_note_stays
BEFORE UPDATE OF id, meeting, saved_at, version, finished_at, text ON note
WHEN EXISTS (SELECT 1 FROM note_signature WHERE note = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a signed note stays as it is'); END;

CREATE TRIGGER a_text_that_was_shown_is_kept BEFORE DELETE ON consent_text
BEGIN SELECT RAISE(ABORT, 'consents rest on this version'); END;

CREATE TRIGGER a_text_that_was_shown_stays BEFORE UPDATE ON consent_text
BEGIN SELECT RAISE(ABORT, 'a version stays as it was'); END;

CREATE TRIGGER an_addendum_is_not_taken_back BEFORE DELETE ON addendum
WHEN EXISTS (SELECT 1 FROM note WHERE id = OLD.note)
BEGIN SELECT RAISE(ABORT, 'an addendum is not taken back'); END;

CREATE TRIGGER an_addendum_stays BEFORE UPDATE ON addendum
BEGIN SELECT RAISE(ABORT, 'an addendum stays as it is'); END;

CREATE TRIGGER an_answer_to_a_request_stays
BEFORE UPDATE OF outcome, answer, answered_at ON own_data_request WHEN OLD.outcome <> ''
BEGIN SELECT RAISE(ABORT, 'an answer to a request stays'); END;

CREATE TRIGGER an_earlier_version_is_not_taken_back BEFORE DELETE ON note_version
WHEN EXISTS (SELECT 1 FROM note WHERE id = OLD.note)
BEGIN SELECT RAISE(ABORT, 'an earlier version stays with its note'); END;

CREATE TRIGGER an_earlier_version_stays BEFORE UPDATE ON note_version
BEGIN SELECT RAISE(ABORT, 'an earlier version stays as it was'); END;

CREATE TRIGGER an_entrustment_is_kept BEFORE DELETE ON entrustment
BEGIN SELECT RAISE(ABORT, 'consents rest on this version'); END;

CREATE TRIGGER an_entrustment_stays BEFORE UPDATE ON entrustment
BEGIN SELECT RAISE(ABORT, 'a version stays as it was'); END;

CREATE TRIGGER consent_is_immutable BEFORE UPDATE ON consent
WHEN (OLD.withdrawn_at IS NOT NULL
    AND (OLD.youth = NEW.youth OR OLD.withdrawn_at IS NOT NEW.withdrawn_at))
  OR (OLD.id, OLD.agency, OLD.agency_name, OLD.purpose, OLD.retention, OLD.form,
      OLD.language, OLD.notice_sha256, OLD.guardian, OLD.asked_at, OLD.valid_until)
  IS NOT (NEW.id, NEW.agency, NEW.agency_name, NEW.purpose, NEW.retention, NEW.form,
      NEW.language, NEW.notice_sha256, NEW.guardian, NEW.asked_at, NEW.valid_until)
BEGIN SELECT RAISE(ABORT, 'a consent may only end'); END;

CREATE TRIGGER nothing_is_reported_without_two_signatures BEFORE INSERT ON outbox
WHEN NEW.kind = 'referral.request' AND NEW.consent IS NULL AND NOT EXISTS (
    SELECT 1 FROM reportable r
    WHERE r.ref = NEW.ref AND r.agency = NEW.to_org AND r.items = NEW.items
      AND r.state = 'signed' AND r.signed_at <= NEW.queued_at AND NEW.queued_at < r.valid_until)
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;

CREATE TRIGGER nothing_leaves_without_basis BEFORE INSERT ON outbox
WHEN NEW.kind IN ('referral.request', 'referral.amend')
  AND (NEW.kind = 'referral.amend' OR NEW.consent IS NOT NULL) AND (
    json_array_length(NEW.items) = 0
    OR EXISTS (
        SELECT 1 FROM json_each(NEW.items) i
        WHERE NOT EXISTS (
            SELECT 1 FROM tellable t
            WHERE t.consent = NEW.consent AND t.agency = NEW.to_org AND t.item = i.value
              AND t.asked_at <= NEW.queued_at AND NEW.queued_at < t.valid_until)))
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;

CREATE TRIGGER only_our_own_are_asked_to_sign BEFORE INSERT ON outbox
WHEN NEW.kind = 'cosign.request' AND NOT EXISTS (
    SELECT 1 FROM disclosure d JOIN enrolment e
    WHERE d.id = NEW.ref AND d.items = NEW.items AND d.state = 'asked'
      AND json_extract(e.record, '$.org') = NEW.to_org)
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;

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

CREATE TRIGGER that_it_was_destroyed_is_kept BEFORE DELETE ON destruction
BEGIN SELECT RAISE(ABORT, 'the destruction log is append-only'); END;

CREATE TRIGGER that_it_was_provided_is_kept BEFORE DELETE ON disclosure_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

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

CREATE TRIGGER watched_when_kept AFTER UPDATE OF youth, outcome, ended_at ON promise
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_left AFTER UPDATE OF youth ON meeting
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
END;

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

CREATE TRIGGER watched_when_not_judged AFTER UPDATE OF youth ON judgement
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
    DELETE FROM unseen WHERE youth = OLD.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = OLD.youth;
END;

CREATE TRIGGER watched_when_promised AFTER INSERT ON promise
BEGIN
    DELETE FROM watched WHERE youth = NEW.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = NEW.youth;
END;

CREATE TRIGGER watched_when_promised_elsewhere AFTER UPDATE OF youth ON promise
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
END;

CREATE TRIGGER watched_when_unjudged AFTER DELETE ON judgement
BEGIN
    DELETE FROM watched WHERE youth = OLD.youth;
    INSERT INTO watched SELECT youth, since FROM to_watch WHERE youth = OLD.youth;
    DELETE FROM unseen WHERE youth = OLD.youth;
    INSERT INTO unseen SELECT youth, judgement, judged_at FROM to_see WHERE youth = OLD.youth;
END;

CREATE TRIGGER what_a_supervisor_saw_stays
BEFORE UPDATE OF judgement, judged_at, seen_at, seen_by, words ON supervision
BEGIN SELECT RAISE(ABORT, 'what was seen stays'); END;

CREATE TRIGGER what_happened_is_kept BEFORE DELETE ON op
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER what_happened_stays BEFORE UPDATE ON op
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER what_was_answered_stays BEFORE UPDATE ON consent_answer
BEGIN SELECT RAISE(ABORT, 'an answer stays as it was given'); END;

CREATE TRIGGER what_was_asked_for_stays
BEFORE UPDATE OF id, kind, words, asked_at, due_on ON own_data_request
BEGIN SELECT RAISE(ABORT, 'what was asked for stays'); END;

CREATE TRIGGER what_was_asked_stays BEFORE UPDATE ON consent_item
BEGIN SELECT RAISE(ABORT, 'an item stays as it was asked'); END;

CREATE TRIGGER what_was_asked_there_stays BEFORE UPDATE OF id, version, title, body ON questionnaire
BEGIN SELECT RAISE(ABORT, 'a version stays as it was loaded'); END;

CREATE TRIGGER what_was_destroyed_stays BEFORE UPDATE ON destruction
BEGIN SELECT RAISE(ABORT, 'the destruction log is append-only'); END;

CREATE TRIGGER what_was_provided_stays BEFORE UPDATE ON disclosure_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER what_was_reported_stays
BEFORE UPDATE OF id, basis, agency, agency_kind, items, packet, sealed, device, asked_at
ON disclosure
BEGIN SELECT RAISE(ABORT, 'a report stays as it was shown'); END;

CREATE TRIGGER what_was_sealed_stays BEFORE UPDATE OF id, kind, ref, consent, to_org, items, bytes ON outbox
BEGIN SELECT RAISE(ABORT, 'an outbox message is immutable'); END;

CREATE TRIGGER who_is_not_told_is_not_named BEFORE INSERT ON guardian_named
WHEN EXISTS (SELECT 1 FROM youth y WHERE y.id = NEW.youth AND y.keep_from_guardian = 1)
BEGIN SELECT RAISE(ABORT, 'a guardian who is not told is not named'); END;

CREATE TRIGGER why_a_guardian_is_not_told_stays
BEFORE UPDATE OF id, reason, words, at ON guardian_kept
BEGIN SELECT RAISE(ABORT, 'why a guardian is not told stays'); END;

CREATE VIEW asked_in_turn AS
SELECT c.id, c.youth, c.agency, c.withdrawn_at, coalesce(r.n, 0) AS n, c.asked_at, c.rowid AS row
FROM consent c LEFT JOIN consent_record r ON r.consent = c.id;

CREATE VIEW lawful_item (basis, item) AS VALUES
    ('law:child-abuse-10', 'alias'), ('law:child-abuse-10', 'age'),
    ('law:child-abuse-10', 'gender'), ('law:child-abuse-10', 'language'),
    ('law:child-abuse-10', 'reach'), ('law:child-abuse-10', 'situation'),
    ('law:child-abuse-10', 'health'),
    ('law:life-17', 'alias'), ('law:life-17', 'age'), ('law:life-17', 'gender'),
    ('law:life-17', 'language'), ('law:life-17', 'reach'), ('law:life-17', 'health');

CREATE VIEW lawful_receiver (basis, kind) AS VALUES
    ('law:child-abuse-10', 'police'), ('law:child-abuse-10', 'local-government'),
    ('law:life-17', 'police'), ('law:life-17', 'public-hospital'),
    ('law:life-17', 'local-government');

CREATE VIEW reportable AS
SELECT d.id AS ref, d.agency, d.items, d.state, d.signed_at, d.valid_until
FROM disclosure d
JOIN lawful_receiver r ON r.basis = d.basis AND r.kind = d.agency_kind
WHERE d.state IN ('signed', 'queued')
  AND d.cosigner NOT IN ('', d.device)
  AND json_array_length(d.items) > 0
  AND NOT EXISTS (
    SELECT 1 FROM json_each(d.items) i
    WHERE NOT EXISTS (SELECT 1 FROM lawful_item l WHERE l.basis = d.basis AND l.item = i.value));

CREATE VIEW tellable AS
SELECT c.id AS consent, c.agency, i.item, c.asked_at,
  -- A number may be told only while a law entrusts the organisation with it.
  CASE WHEN i.item = 'identifier' THEN min(c.valid_until, coalesce(
    (SELECT e.until FROM entrustment e ORDER BY e.version DESC LIMIT 1), ''))
  ELSE c.valid_until END AS valid_until
FROM consent c
JOIN consent_answer k ON k.consent = c.id AND k.article = '15' AND k.answer = 'given'
JOIN consent_answer p ON p.consent = c.id AND p.article = '17' AND p.answer = 'given'
LEFT JOIN consent_answer s ON s.consent = c.id AND s.article = '23'
LEFT JOIN consent_answer u ON u.consent = c.id AND u.article = '24'
LEFT JOIN consent_record o ON o.consent = c.id
JOIN consent_item i ON i.consent = c.id AND i.allowed = 1
WHERE c.withdrawn_at IS NULL
  AND (i.item NOT IN ('situation', 'health') OR s.answer = 'given')
  AND (i.item <> 'identifier' OR u.answer = 'given')
  -- Whoever may be under 14 cannot have answered alone: an age is put right, two records become
  -- one. A guess may be a year too high; an unknown age is kept as 0.
  AND (c.guardian IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM youth y WHERE y.id = c.youth
      AND y.age_lowest - iif(y.age_basis = 'estimated', 1, 0) < 14))
  -- A new asking in its place ends it, whatever was answered.
  AND NOT EXISTS (SELECT 1 FROM consent_record z WHERE z.supersedes = c.id)
  -- A later no, or a later yes taken back, ends every earlier yes to the same agency. Later is what
  -- was kept later: a clock that was wrong between the two must not bring the yes back.
  AND NOT EXISTS (
    SELECT 1 FROM asked_in_turn n LEFT JOIN consent_answer a ON a.consent = n.id
    WHERE n.youth = c.youth AND n.agency = c.agency
      AND (n.n, n.asked_at, n.row) > (coalesce(o.n, 0), c.asked_at, c.rowid)
      AND (n.withdrawn_at IS NOT NULL OR (a.answer <> 'given'
        AND (a.article <> '24' OR i.item = 'identifier')
        AND (a.article <> '23' OR i.item IN ('situation', 'health')))));

CREATE VIEW to_see AS
SELECT j.youth, j.id AS judgement, j.judged_at
FROM judgement j
WHERE j.risk = 'high'
  AND NOT EXISTS (SELECT 1 FROM supervision s JOIN judgement l ON l.id = s.judgement
                  WHERE s.youth = j.youth AND l.rowid >= j.rowid)
  AND NOT EXISTS (SELECT 1 FROM judgement k WHERE k.youth = j.youth AND k.risk = 'high'
                  AND k.rowid > j.rowid);

CREATE VIEW to_watch AS
SELECT y.id AS youth, max(y.met_first,
    coalesce((SELECT max(m.met_at) FROM meeting m WHERE m.youth = y.id), ''),
    coalesce((SELECT max(p.ended_at) FROM promise p WHERE p.youth = y.id AND p.outcome = 'kept'), '')
  ) AS since
FROM youth y
WHERE EXISTS (SELECT 1 FROM promise p WHERE p.youth = y.id AND p.outcome = '')
  OR (SELECT j.risk FROM judgement j WHERE j.youth = y.id
      ORDER BY j.rowid DESC LIMIT 1) IN ('medium', 'high');
