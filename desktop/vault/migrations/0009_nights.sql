-- Breaks of a night, which bodies came along, and how it ended.

CREATE TABLE outreach_pause (
    outreach TEXT NOT NULL REFERENCES outreach (id),
    n        INTEGER NOT NULL,
    began_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (outreach, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE outreach_partners (
    outreach TEXT PRIMARY KEY REFERENCES outreach (id),
    bodies   TEXT NOT NULL              -- JSON array of names
) STRICT, WITHOUT ROWID;

CREATE TABLE outreach_closing (         -- numbers that stay when what they count is destroyed
    outreach      TEXT PRIMARY KEY REFERENCES outreach (id),
    met           INTEGER NOT NULL,
    noted         INTEGER NOT NULL,
    referrals     INTEGER NOT NULL,
    was_forgotten INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX outreach_by_start ON outreach (started_at);

CREATE INDEX referral_by_release ON referral (released_at);

CREATE INDEX draft_by_time ON draft (kept_at);
