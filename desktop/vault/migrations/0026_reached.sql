-- How far the hub has told a case to have come: what it tells again is not the newest word.
CREATE TABLE received_reached (
    received TEXT PRIMARY KEY REFERENCES received (id) ON DELETE CASCADE,
    epoch    TEXT NOT NULL,             -- the life of the hub that counts so
    version  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
