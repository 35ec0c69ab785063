-- The sealing key that a letter to an agency was last sealed with, or that a person compared, and
-- since when this laptop has known the newest one: a changed key is shown before its first use.
CREATE TABLE agency_key (
    agency  TEXT PRIMARY KEY,
    epoch   INTEGER NOT NULL,           -- 0: nothing was sealed to this agency yet
    digest  BLOB NOT NULL,              -- SHA-256 of the public key; empty where epoch is 0
    newest  INTEGER NOT NULL,
    seen_at TEXT NOT NULL               -- when the newest was first seen here
) STRICT, WITHOUT ROWID;
