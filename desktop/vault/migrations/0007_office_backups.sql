-- What is known of our backups at the hub. One row, not journalled: see vault/office_backups.py.

CREATE TABLE office_backup (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    device  TEXT NOT NULL,           -- as which the hub knew us then
    is_on   INTEGER NOT NULL,        -- the organisation's rule, as last heard
    newest  TEXT NOT NULL,           -- name of the newest set there; empty: none
    header  TEXT NOT NULL,           -- SHA-256 (hex) of the header of every set there
    left_at TEXT NOT NULL,           -- when the newest was whole there; empty: never
    kept    TEXT NOT NULL            -- JSON array: names of all our sets there
) STRICT;
