-- Since when it was shown that something ends then. Only what was shown goes by itself.
CREATE TABLE foretold (
    record TEXT PRIMARY KEY,
    due    TEXT NOT NULL,
    since  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
