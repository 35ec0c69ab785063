-- What it takes to end a consent by the number on a slip, where another laptop of ours asked for
-- it: who was told, and no word of what. Gone on the consent's own last day.
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
CREATE INDEX elsewhere_by_number ON elsewhere (substr(consent, 25));
CREATE INDEX elsewhere_by_end ON elsewhere (until);
