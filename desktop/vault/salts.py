"""Chance beside each record that holds somebody's words, and gone with it.

A note is saved as it is typed, and each saving leaves a digest in the journal, for ever. Each
digest differs from the one before by a few syllables, which whoever holds the vault's key could
guess one after the other. So every digest of such a record is taken over its salt too: once the
salt is destroyed, nothing in the journal can be compared with anything (PIPA 21).
"""

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.vault.subjects import Reads

SOMEBODYS = frozenset({
    "youth", "meeting", "note", "risk", "unfinished", "draft", "consent", "referral", "form",
    "board", "longer", "packet", "told", "disclosure", "cosigning", "addendum", "adding",
    "version", "plan", "promise", "supervision", "answered", "jotting", "merged",
    "asking", "kept_from", "named", "request",
})  # fmt: skip
"""Subjects whose records hold somebody's words."""


def salt_for(db: sqlcipher.Connection, subject: str, record: str) -> bytes:
    """Return what goes before the content of this record in a digest; empty when it has no words.

    SQLCipher's own generator makes it: nothing else ever depends on it.
    """
    if subject not in SOMEBODYS:
        return b""
    name = (subject, record)
    row = db.execute("SELECT salt FROM salt WHERE subject = ? AND record = ?", name).fetchone()
    if row is None:
        row = db.execute(
            "INSERT INTO salt (subject, record, salt) VALUES (?, ?, randomblob(16))"
            " RETURNING salt",
            name,
        ).fetchone()
    return bytes(row[0])


def destroy(db: sqlcipher.Connection, subject: str, record: str) -> None:
    """Destroy the salt of a record that is gone."""
    if subject in SOMEBODYS:
        db.execute("DELETE FROM salt WHERE subject = ? AND record = ?", (subject, record))


def every(db: Reads) -> dict[tuple[str, str], bytes]:
    """Return every salt, by subject and record."""
    rows = db.execute("SELECT subject, record, salt FROM salt")
    return {(subject, record): bytes(salt) for subject, record, salt in rows}
