-- What the network's coordinator is told: who asked whom and heard nothing. No young person.

CREATE TABLE silence (
    referral TEXT NOT NULL,
    reason   TEXT NOT NULL,
    from_org TEXT NOT NULL,
    to_org   TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (referral, reason)
) STRICT, WITHOUT ROWID;
