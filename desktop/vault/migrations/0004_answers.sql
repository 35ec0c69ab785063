-- What an agency's answer may carry besides words, and what was told in addition.

CREATE TABLE reply_appointment (
    reply    TEXT PRIMARY KEY,          -- the message's id
    referral TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    at       TEXT NOT NULL,
    place    TEXT NOT NULL,
    meeting  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_appointment_by_referral ON reply_appointment (referral);

CREATE TABLE reply_ask (
    reply    TEXT PRIMARY KEY,          -- the message's id
    referral TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    items    TEXT NOT NULL              -- JSON list of item codes
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_ask_by_referral ON reply_ask (referral);

CREATE TABLE amendment (
    id          TEXT PRIMARY KEY,       -- the message's id
    referral    TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    consent     TEXT NOT NULL REFERENCES consent (id),
    packet      BLOB NOT NULL,
    digest      TEXT NOT NULL,
    released_at TEXT NOT NULL,
    UNIQUE (referral, version)
) STRICT;

CREATE INDEX amendment_by_consent ON amendment (consent);

DROP TRIGGER nothing_leaves_without_basis;

CREATE TRIGGER nothing_leaves_without_basis BEFORE INSERT ON outbox
WHEN NEW.kind IN ('referral.request', 'referral.amend') AND (
    json_array_length(NEW.items) = 0
    OR EXISTS (
        SELECT 1 FROM json_each(NEW.items) i
        WHERE NOT EXISTS (
            SELECT 1 FROM tellable t
            WHERE t.consent = NEW.consent AND t.agency = NEW.to_org AND t.item = i.value
              AND t.asked_at <= NEW.queued_at AND NEW.queued_at < t.valid_until)))
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;
