-- The consent texts of the organisation: every version that ever held, and the one being written.

CREATE TABLE consent_text (
    version INTEGER PRIMARY KEY,        -- the newest one holds
    form    TEXT NOT NULL,              -- as consents name it; empty: the program's own again
    words   TEXT NOT NULL,              -- JSON, by language; empty with the form
    who     TEXT NOT NULL,              -- whose laptop put it in force
    at      TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX consent_text_by_form ON consent_text (form) WHERE form <> '';

CREATE TRIGGER a_text_that_was_shown_stays BEFORE UPDATE ON consent_text
BEGIN SELECT RAISE(ABORT, 'a version stays as it was'); END;

CREATE TRIGGER a_text_that_was_shown_is_kept BEFORE DELETE ON consent_text
BEGIN SELECT RAISE(ABORT, 'consents rest on this version'); END;

CREATE TABLE consent_text_draft (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    words   TEXT NOT NULL,              -- JSON, by language
    who     TEXT NOT NULL,
    kept_at TEXT NOT NULL
) STRICT;
