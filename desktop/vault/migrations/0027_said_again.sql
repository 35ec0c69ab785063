-- What would be said again to a hub that was put back is looked for at every round: among all that
-- was ever proven, behind sealed bytes, it would be sought page by page.
CREATE INDEX outbox_again ON outbox (n) WHERE state = 'proven' AND last_problem = 'again';
