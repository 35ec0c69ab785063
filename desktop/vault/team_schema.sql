CREATE INDEX board_by_time ON board (written_at);

CREATE TABLE board (
    id         TEXT PRIMARY KEY,
    author     TEXT NOT NULL CHECK (length(author) <= 40),
    written_at TEXT NOT NULL,
    until      TEXT NOT NULL,           -- gone from the file by itself afterwards
    text       TEXT NOT NULL CHECK (length(text) <= 200)
) STRICT;

CREATE TABLE member (
    id        TEXT PRIMARY KEY,         -- hex of slots.key_id(public)
    label     TEXT NOT NULL CHECK (length(label) <= 40),
    public    BLOB NOT NULL,
    joined_at TEXT NOT NULL
) STRICT;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE op (
    seq     INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    record  TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest  BLOB NOT NULL,
    at      TEXT NOT NULL,           -- when the person did it; empty where nobody asked the time
    h       BLOB NOT NULL
) STRICT;

CREATE TABLE salt (
    subject TEXT NOT NULL,
    record  TEXT NOT NULL,
    salt    BLOB NOT NULL,
    PRIMARY KEY (subject, record)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER what_happened_is_kept BEFORE DELETE ON op
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER what_happened_stays BEFORE UPDATE ON op
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
