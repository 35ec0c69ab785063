-- A guardian's name and contact, taken from a child only to ask for the guardian's consent.
CREATE TABLE guardian_named (
    youth    TEXT PRIMARY KEY REFERENCES youth (id),
    name     TEXT NOT NULL,
    contact  TEXT NOT NULL,
    taken_at TEXT NOT NULL              -- what its five days are counted from
) STRICT, WITHOUT ROWID;

CREATE INDEX guardian_named_by_time ON guardian_named (taken_at);

CREATE TRIGGER who_is_not_told_is_not_named BEFORE INSERT ON guardian_named
WHEN EXISTS (SELECT 1 FROM youth y WHERE y.id = NEW.youth AND y.keep_from_guardian = 1)
BEGIN SELECT RAISE(ABORT, 'a guardian who is not told is not named'); END;
