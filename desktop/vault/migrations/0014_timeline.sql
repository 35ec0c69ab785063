-- What happened with one young person, and what a month holds, is read by index alone.

-- Which notes there are of somebody, without reading a word of them.
DROP INDEX note_by_youth;

CREATE INDEX note_by_youth ON note (youth, id, meeting);

CREATE INDEX reply_by_referral ON reply (referral, at);

CREATE INDEX reply_appointment_by_time ON reply_appointment (at);

CREATE INDEX consent_by_end ON consent (valid_until);

CREATE INDEX promise_by_making ON promise (made_at);

CREATE INDEX promise_kept_by_time ON promise (ended_at) WHERE outcome = 'kept';
