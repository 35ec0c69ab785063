-- Referrals that other organisations sent to us. What was told stands apart from the case: it is
-- destroyed when a consent ends, and a line without a word of it stays to say why.

CREATE TABLE received (
    id          TEXT PRIMARY KEY,       -- the referral's id, made by whoever asks
    from_org    TEXT NOT NULL,
    from_name   TEXT NOT NULL,
    consents    TEXT NOT NULL,          -- JSON array: every consent that something told stands on
    priority    TEXT NOT NULL,
    received_at TEXT NOT NULL,
    valid_until TEXT NOT NULL,          -- until when the consent holds; empty where not said
    status      TEXT NOT NULL,
    reason      TEXT NOT NULL DEFAULT '',
    elsewhere   TEXT NOT NULL DEFAULT '', -- where another place had brought it before ours came
    reminded    TEXT NOT NULL DEFAULT '',
    gone        TEXT NOT NULL DEFAULT '', -- why what was told is not here; empty while it is
    gone_at     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE received_step (
    received TEXT NOT NULL REFERENCES received (id) ON DELETE CASCADE,
    proof    TEXT NOT NULL,             -- id of the message that proves it, or made it
    step     TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (received, proof, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE received_packet (
    received TEXT PRIMARY KEY REFERENCES received (id),
    version  INTEGER NOT NULL,
    packet   BLOB NOT NULL,             -- canonical JSON of the newest one
    digest   TEXT NOT NULL,             -- Message.digest() of what brought it
    youth    TEXT NOT NULL DEFAULT '',  -- who was kept as somebody of our own
    typed    TEXT NOT NULL DEFAULT '{}' -- JSON object, field to words not said yet
) STRICT, WITHOUT ROWID;

CREATE TABLE received_note (
    id         TEXT PRIMARY KEY,        -- the message's id: a note is kept once
    received   TEXT NOT NULL REFERENCES received (id),
    at         TEXT NOT NULL,
    text       TEXT NOT NULL,
    meeting_at TEXT NOT NULL DEFAULT '', -- empty: it tells of no appointment
    place      TEXT NOT NULL DEFAULT '',
    meeting    TEXT NOT NULL DEFAULT '',
    asks       TEXT NOT NULL            -- JSON array of item codes
) STRICT;

CREATE INDEX received_note_by_case ON received_note (received, at);
