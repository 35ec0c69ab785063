-- What is told without a consent: two bases in law, each with its receivers and what may be told
-- at most; a report, what a supervisor put a name to, and the ledger of what was provided.

CREATE VIEW lawful_receiver (basis, kind) AS VALUES
    ('law:child-abuse-10', 'police'), ('law:child-abuse-10', 'local-government'),
    ('law:life-17', 'police'), ('law:life-17', 'public-hospital'),
    ('law:life-17', 'local-government');

CREATE VIEW lawful_item (basis, item) AS VALUES
    ('law:child-abuse-10', 'alias'), ('law:child-abuse-10', 'age'),
    ('law:child-abuse-10', 'gender'), ('law:child-abuse-10', 'language'),
    ('law:child-abuse-10', 'reach'), ('law:child-abuse-10', 'situation'),
    ('law:child-abuse-10', 'health'),
    ('law:life-17', 'alias'), ('law:life-17', 'age'), ('law:life-17', 'gender'),
    ('law:life-17', 'language'), ('law:life-17', 'reach'), ('law:life-17', 'health');

CREATE TABLE disclosure (
    id          TEXT PRIMARY KEY,       -- the referral's id
    youth       TEXT NOT NULL REFERENCES youth (id),
    basis       TEXT NOT NULL,
    agency      TEXT NOT NULL,
    agency_name TEXT NOT NULL,
    agency_kind TEXT NOT NULL,
    items       TEXT NOT NULL,          -- JSON array of item codes, sorted
    packet      BLOB NOT NULL,          -- canonical JSON, exactly what was shown, signed and sealed
    sealed      BLOB NOT NULL,          -- the packed Message, without its second signature
    digest      TEXT NOT NULL DEFAULT '', -- Message.digest() of what left
    device      TEXT NOT NULL,          -- which device reports
    asked_at    TEXT NOT NULL,
    state       TEXT NOT NULL,          -- asked | refused | signed | queued | ended
    cosigner    TEXT NOT NULL DEFAULT '', -- which device put its name to it
    signed_at   TEXT NOT NULL DEFAULT '',
    valid_until TEXT NOT NULL DEFAULT '',
    delivery    TEXT NOT NULL DEFAULT 'queued',
    status      TEXT NOT NULL DEFAULT 'requested',
    reason      TEXT NOT NULL DEFAULT '', -- why it was refused or could not be helped: a code
    problem     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX disclosure_by_youth ON disclosure (youth, asked_at);

CREATE TABLE disclosure_step (
    disclosure TEXT NOT NULL REFERENCES disclosure (id) ON DELETE CASCADE,
    step       TEXT NOT NULL,
    at         TEXT NOT NULL,
    proof      TEXT NOT NULL,           -- id of the message or receipt that proves it
    PRIMARY KEY (disclosure, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE disclosure_reply (
    id         TEXT PRIMARY KEY,        -- the message's id: a reply is kept once
    disclosure TEXT NOT NULL REFERENCES disclosure (id) ON DELETE CASCADE,
    at         TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT;

CREATE INDEX disclosure_reply_by_disclosure ON disclosure_reply (disclosure);

CREATE TABLE disclosure_ledger (        -- decree 15: nobody's name, and no word
    id             TEXT PRIMARY KEY,    -- the message's id
    referral       TEXT NOT NULL,
    recipient      TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    legal_basis    TEXT NOT NULL,
    items          TEXT NOT NULL,
    at             TEXT NOT NULL,
    form           TEXT NOT NULL,
    limits         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cosigning (                -- what a colleague asks us to put a name to
    id         TEXT PRIMARY KEY,        -- the referral's id
    device     TEXT NOT NULL,           -- which device asks
    packet     BLOB NOT NULL,           -- empty once it was answered
    asked_at   TEXT NOT NULL,
    state      TEXT NOT NULL,           -- waiting | given | refused | lapsed
    decided_at TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE VIEW reportable AS
SELECT d.id AS ref, d.agency, d.items, d.state, d.signed_at, d.valid_until
FROM disclosure d
JOIN lawful_receiver r ON r.basis = d.basis AND r.kind = d.agency_kind
WHERE d.state IN ('signed', 'queued')
  AND d.cosigner NOT IN ('', d.device)
  AND json_array_length(d.items) > 0
  AND NOT EXISTS (
    SELECT 1 FROM json_each(d.items) i
    WHERE NOT EXISTS (SELECT 1 FROM lawful_item l WHERE l.basis = d.basis AND l.item = i.value));

CREATE TRIGGER what_was_reported_stays
BEFORE UPDATE OF id, youth, basis, agency, agency_kind, items, packet, sealed, device, asked_at
ON disclosure
BEGIN SELECT RAISE(ABORT, 'a report stays as it was shown'); END;

CREATE TRIGGER a_report_begins_unsigned BEFORE INSERT ON disclosure
WHEN NEW.state <> 'asked' OR (NEW.cosigner, NEW.signed_at, NEW.valid_until) IS NOT ('', '', '')
BEGIN SELECT RAISE(ABORT, 'a report begins without a signature'); END;

CREATE TRIGGER a_report_is_signed_once
BEFORE UPDATE OF cosigner, signed_at, valid_until, digest ON disclosure
WHEN OLD.state <> 'asked' OR NEW.state <> 'signed'
BEGIN SELECT RAISE(ABORT, 'a report is signed once'); END;

CREATE TRIGGER a_report_goes_one_way BEFORE UPDATE OF state ON disclosure
WHEN (OLD.state, NEW.state) NOT IN (VALUES
    ('asked', 'signed'), ('asked', 'refused'), ('asked', 'ended'), ('signed', 'queued'),
    ('signed', 'ended'), ('queued', 'ended'))
BEGIN SELECT RAISE(ABORT, 'a report goes one way'); END;

CREATE TRIGGER what_was_provided_stays BEFORE UPDATE ON disclosure_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER that_it_was_provided_is_kept BEFORE DELETE ON disclosure_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

DROP TRIGGER nothing_leaves_without_basis;

CREATE TRIGGER nothing_leaves_without_basis BEFORE INSERT ON outbox
WHEN NEW.kind IN ('referral.request', 'referral.amend')
  AND (NEW.kind = 'referral.amend' OR NEW.consent IS NOT NULL) AND (
    json_array_length(NEW.items) = 0
    OR EXISTS (
        SELECT 1 FROM json_each(NEW.items) i
        WHERE NOT EXISTS (
            SELECT 1 FROM tellable t
            WHERE t.consent = NEW.consent AND t.agency = NEW.to_org AND t.item = i.value
              AND t.asked_at <= NEW.queued_at AND NEW.queued_at < t.valid_until)))
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;

CREATE TRIGGER nothing_is_reported_without_two_signatures BEFORE INSERT ON outbox
WHEN NEW.kind = 'referral.request' AND NEW.consent IS NULL AND NOT EXISTS (
    SELECT 1 FROM reportable r
    WHERE r.ref = NEW.ref AND r.agency = NEW.to_org AND r.items = NEW.items
      AND r.state = 'signed' AND r.signed_at <= NEW.queued_at AND NEW.queued_at < r.valid_until)
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;

CREATE TRIGGER a_signature_is_used_once AFTER INSERT ON outbox
WHEN NEW.kind = 'referral.request' AND NEW.consent IS NULL
BEGIN UPDATE disclosure SET state = 'queued' WHERE id = NEW.ref; END;

CREATE TRIGGER only_our_own_are_asked_to_sign BEFORE INSERT ON outbox
WHEN NEW.kind = 'cosign.request' AND NOT EXISTS (
    SELECT 1 FROM disclosure d JOIN enrolment e
    WHERE d.id = NEW.ref AND d.items = NEW.items AND d.state = 'asked'
      AND json_extract(e.record, '$.org') = NEW.to_org)
BEGIN SELECT RAISE(ABORT, 'no valid basis'); END;
