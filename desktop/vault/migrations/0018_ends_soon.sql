-- What ends soon is looked for by when it was written, and when somebody was first met.
CREATE INDEX note_by_time ON note (saved_at, youth) WHERE is_indexed = 1; -- typing leaves it alone
CREATE INDEX youth_by_first ON youth (met_first);
