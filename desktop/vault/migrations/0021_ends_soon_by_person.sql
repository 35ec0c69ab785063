-- What each person's notes count from is read without the notes themselves.
CREATE INDEX note_by_person ON note (youth, saved_at, id) WHERE is_indexed = 1; -- typing leaves it alone
