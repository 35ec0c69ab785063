-- What lists ask for, among years of rows: whoever shows a list reads no other row.
CREATE INDEX look_by_youth ON look (youth, at);
CREATE INDEX look_by_time ON look (at, n);
CREATE INDEX referral_by_status ON referral (status);
CREATE INDEX referral_owed ON referral (erasure) WHERE erasure = 'owed';
CREATE INDEX referral_with_problem ON referral (youth) WHERE problem <> '';
CREATE INDEX reply_by_referral ON reply (referral, at);
