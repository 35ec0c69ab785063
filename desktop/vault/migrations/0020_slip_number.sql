-- The number on a slip is the end of an id, which is chance: its beginning holds the hour.
CREATE INDEX consent_by_number ON consent (substr(id, 25));
