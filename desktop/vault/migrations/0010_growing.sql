-- A contact that grows up: words about somebody without an alias, which go unless the young person
-- agrees to keep them, and two records that turned out to be one person.

CREATE TABLE jotting (                  -- words about somebody who has no alias yet
    youth TEXT PRIMARY KEY REFERENCES youth (id),
    since TEXT NOT NULL,                -- what its days are counted from
    given TEXT NOT NULL                 -- what was handed out, in words; empty: nothing
) STRICT, WITHOUT ROWID;

CREATE TABLE merged_youth (             -- who is looked after as somebody else now
    n     INTEGER PRIMARY KEY,
    youth TEXT NOT NULL UNIQUE,         -- whose record it was
    kept  TEXT NOT NULL,                -- as whom they are kept; may have been merged since
    at    TEXT NOT NULL,
    row   TEXT NOT NULL,                -- JSON: both rows as they were; empty: not to be undone
    moved TEXT NOT NULL                 -- JSON object, subject to ids; empty: not to be undone
) STRICT;

CREATE INDEX merged_by_kept ON merged_youth (kept);

DROP TRIGGER consent_is_immutable;

CREATE TRIGGER consent_is_immutable BEFORE UPDATE ON consent
WHEN (OLD.withdrawn_at IS NOT NULL
    AND (OLD.youth = NEW.youth OR OLD.withdrawn_at IS NOT NEW.withdrawn_at))
  OR (OLD.id, OLD.agency, OLD.agency_name, OLD.purpose, OLD.retention, OLD.form,
      OLD.language, OLD.notice_sha256, OLD.guardian, OLD.asked_at, OLD.valid_until)
  IS NOT (NEW.id, NEW.agency, NEW.agency_name, NEW.purpose, NEW.retention, NEW.form,
      NEW.language, NEW.notice_sha256, NEW.guardian, NEW.asked_at, NEW.valid_until)
BEGIN SELECT RAISE(ABORT, 'a consent may only end'); END;

DROP TRIGGER what_was_reported_stays;

CREATE TRIGGER what_was_reported_stays
BEFORE UPDATE OF id, basis, agency, agency_kind, items, packet, sealed, device, asked_at
ON disclosure
BEGIN SELECT RAISE(ABORT, 'a report stays as it was shown'); END;

CREATE TRIGGER a_consent_stays_with_its_person BEFORE UPDATE OF youth ON consent
WHEN OLD.youth <> NEW.youth AND NOT EXISTS (
    SELECT 1 FROM merged_youth m WHERE m.moved <> ''
      AND (m.youth, m.kept) IN (VALUES (OLD.youth, NEW.youth), (NEW.youth, OLD.youth)))
BEGIN SELECT RAISE(ABORT, 'a consent stays with its person'); END;

CREATE TRIGGER a_report_stays_with_its_person BEFORE UPDATE OF youth ON disclosure
WHEN OLD.youth <> NEW.youth AND NOT EXISTS (
    SELECT 1 FROM merged_youth m WHERE m.moved <> ''
      AND (m.youth, m.kept) IN (VALUES (OLD.youth, NEW.youth), (NEW.youth, OLD.youth)))
BEGIN SELECT RAISE(ABORT, 'a report stays with its person'); END;
