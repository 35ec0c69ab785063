-- What a coordinator has seen to stays known, without what it was about: a mailbox that is read
-- again from its start, after joining again or a restore of the hub, tells it once more.

CREATE TABLE silence_settled (
    referral TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (referral, reason)
) STRICT, WITHOUT ROWID;
