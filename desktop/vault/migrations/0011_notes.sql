-- A signed note stays as it is, and later words are added to it; earlier wordings and marks of
-- sensitive passages stand beside it. A safety plan, and how an organisation's notes begin.

CREATE TABLE note_signature (
    note TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
    who  TEXT NOT NULL,                 -- the member's vault
    at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE addendum (
    id   TEXT PRIMARY KEY,
    note TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    who  TEXT NOT NULL,
    at   TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX addendum_by_note ON addendum (note, at);

CREATE TABLE unfinished_addendum (
    note TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE note_version (
    note     TEXT NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    version  INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    marks    TEXT NOT NULL,             -- as in note_marks
    text     TEXT NOT NULL,
    PRIMARY KEY (note, version)
) STRICT;

CREATE TABLE note_marks (
    note  TEXT PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
    spans TEXT NOT NULL                 -- JSON array of [start, length], in characters
) STRICT, WITHOUT ROWID;

CREATE TABLE safety_plan (
    id      TEXT PRIMARY KEY,
    youth   TEXT NOT NULL REFERENCES youth (id),
    who     TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    words   TEXT NOT NULL               -- JSON object, step to words
) STRICT;

CREATE INDEX safety_plan_by_youth ON safety_plan (youth, kept_at);

CREATE TABLE note_template (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    template TEXT NOT NULL              -- JSON
) STRICT;

CREATE TRIGGER a_signed_note_stays
BEFORE UPDATE OF id, meeting, saved_at, version, finished_at, text ON note
WHEN EXISTS (SELECT 1 FROM note_signature WHERE note = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a signed note stays as it is'); END;

CREATE TRIGGER a_signature_stays BEFORE UPDATE ON note_signature
BEGIN SELECT RAISE(ABORT, 'a signature stays as it was given'); END;

CREATE TRIGGER a_signature_is_not_taken_back BEFORE DELETE ON note_signature
WHEN EXISTS (SELECT 1 FROM note WHERE id = OLD.note)
BEGIN SELECT RAISE(ABORT, 'a signature is not taken back'); END;

CREATE TRIGGER an_addendum_stays BEFORE UPDATE ON addendum
BEGIN SELECT RAISE(ABORT, 'an addendum stays as it is'); END;

CREATE TRIGGER an_addendum_is_not_taken_back BEFORE DELETE ON addendum
WHEN EXISTS (SELECT 1 FROM note WHERE id = OLD.note)
BEGIN SELECT RAISE(ABORT, 'an addendum is not taken back'); END;

CREATE TRIGGER an_earlier_version_stays BEFORE UPDATE ON note_version
BEGIN SELECT RAISE(ABORT, 'an earlier version stays as it was'); END;

CREATE TRIGGER an_earlier_version_is_not_taken_back BEFORE DELETE ON note_version
WHEN EXISTS (SELECT 1 FROM note WHERE id = OLD.note)
BEGIN SELECT RAISE(ABORT, 'an earlier version stays with its note'); END;
