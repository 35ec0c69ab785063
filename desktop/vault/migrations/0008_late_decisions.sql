-- What was decided here about a case that had moved elsewhere before: kept until somebody chooses.

CREATE TABLE received_late (
    received TEXT PRIMARY KEY REFERENCES received (id) ON DELETE CASCADE,
    status   TEXT NOT NULL,             -- what was decided here
    reason   TEXT NOT NULL,             -- a code; the words went sealed
    at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
