-- Where the referrals stand: what is expected is found among years of those that ended.
CREATE INDEX referral_by_status ON referral (status);
CREATE INDEX referral_owed ON referral (erasure) WHERE erasure = 'owed';
CREATE INDEX referral_with_problem ON referral (youth) WHERE problem <> '';
