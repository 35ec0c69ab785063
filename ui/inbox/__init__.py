"""Referrals that came in: a list, and one of them with all that can be done about it."""
