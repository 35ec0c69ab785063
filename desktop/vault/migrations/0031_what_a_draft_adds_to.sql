-- A draft remembers which referral it adds to: an agency may have asked for more in several, and
-- whoever asks it for other help is not answering it. Gone with the draft.

CREATE TABLE draft_answer (
    youth    TEXT PRIMARY KEY REFERENCES draft (youth) ON UPDATE CASCADE ON DELETE CASCADE,
    referral TEXT NOT NULL
) STRICT, WITHOUT ROWID;
