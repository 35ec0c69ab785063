"""Numbered SQL scripts of a team's vault. A released one is never edited."""
