"""Rows of what a team shares, and the key that a member's own vault keeps for it."""

from datetime import datetime

from desktop.domain.team import Member, Notice
from desktop.vault.columns import content, stamp, time
from desktop.vault.database import Db
from desktop.vault.subjects import GONE


def keep_secret(db: Db, secret: bytes) -> None:
    """Keep this member's private key, in the member's own vault."""
    db.execute("INSERT INTO team_key (one, secret) VALUES (1, ?)", (secret,))
    db.wrote("team_key.made", 1, 1, content(secret))


def secret(db: Db) -> bytes | None:
    """Return this member's private key, or None before the first team."""
    row = db.execute("SELECT secret FROM team_key").fetchone()
    return bytes(row[0]) if row else None


def list_member(db: Db, member: Member, public: bytes) -> None:
    """Write a member down; once more when somebody who left comes back."""
    row = (member.label, public, stamp(member.joined_at))
    db.execute(
        "INSERT OR REPLACE INTO member (id, label, public, joined_at) VALUES (?, ?, ?, ?)",
        (member.id, *row),
    )
    db.wrote("member.joined", member.id, 1, content(*row), member.joined_at)


def unlist_member(db: Db, member: str, now: datetime) -> None:
    """Take a member off the list."""
    if db.execute("DELETE FROM member WHERE id = ?", (member,)).rowcount:
        db.wrote("member.removed", member, 1, GONE, now)


def members(db: Db) -> tuple[tuple[Member, bytes], ...]:
    """Return who was written down, with their public keys, in order of joining."""
    rows = db.execute("SELECT id, label, joined_at, public FROM member ORDER BY joined_at, rowid")
    return tuple((Member(id, label, time(at)), bytes(public)) for id, label, at, public in rows)


def post(db: Db, notice: Notice) -> None:
    """Put a notice on the board."""
    row = (notice.author, stamp(notice.written_at), stamp(notice.until), notice.text)
    db.execute(
        "INSERT INTO board (id, author, written_at, until, text) VALUES (?, ?, ?, ?, ?)",
        (notice.id, *row),
    )
    db.wrote("board.posted", notice.id, 1, content(*row), notice.written_at)


def take_down(db: Db, notice: str, now: datetime) -> None:
    """Destroy a notice, and what its digest in the journal could be compared with."""
    if db.execute("DELETE FROM board WHERE id = ?", (notice,)).rowcount:
        db.wrote("board.taken_down", notice, 1, GONE, now)


def notices(db: Db) -> tuple[Notice, ...]:
    """Return the board, newest first."""
    rows = db.execute(
        "SELECT id, author, written_at, until, text FROM board ORDER BY written_at DESC, id"
    )
    return tuple(
        Notice(id, author, time(at), time(until), text) for id, author, at, until, text in rows
    )
