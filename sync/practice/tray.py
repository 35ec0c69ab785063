"""A practice desk's tray: sealed packets as they came, letters to send, steps that are due."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sync.client.engine import Place
from sync.client.errors import Busy
from sync.client.sealing import header_of
from sync.protocol.answers import Event, Exchanged, Outcome
from sync.protocol.codec import packed, unpacked
from sync.protocol.messages import Header, Message

_TABLES = """
CREATE TABLE IF NOT EXISTS place (
    one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT, seq INTEGER, directory INTEGER);
INSERT OR IGNORE INTO place VALUES (1, '', 0, 0);
CREATE TABLE IF NOT EXISTS shelf (path TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS snapshot (
    one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS packet (ref TEXT PRIMARY KEY, event BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS more (
    id TEXT PRIMARY KEY, ref TEXT NOT NULL, consent TEXT NOT NULL, event BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS due (ref TEXT PRIMARY KEY, step TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS letter (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ref TEXT NOT NULL,
    message BLOB NOT NULL, is_sent INTEGER NOT NULL DEFAULT 0);
"""


class Tray:
    """Everything in one file, so that a step and the letter about it are one transaction."""

    def __init__(self, file: Path, hear: Callable[[Event], None]) -> None:
        """Keep the tray in `file`; `hear` is called for each event, inside the transaction."""
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.executescript(_TABLES)
        file.chmod(0o600)
        self._hear = hear

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything inside, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        done = False
        try:
            yield
            done = True
        finally:
            self._db.execute("COMMIT" if done else "ROLLBACK")

    def close(self) -> None:
        """Put the tray away."""
        self._db.close()

    # --- as `sync.client.engine.Queue` ---------------------------------------------------------

    def place(self) -> Place:
        """Return how far the mailbox has been read."""
        epoch, seq = self._db.execute("SELECT epoch, seq FROM place").fetchone()
        return Place(epoch, seq)

    def waiting(self, limit: int) -> tuple[Message, ...]:
        """Return the letters that have not gone."""
        query = "SELECT message FROM letter WHERE NOT is_sent ORDER BY n LIMIT ?"
        return tuple(unpacked(Message, row[0]) for row in self._db.execute(query, (limit,)))

    def take(self, sent: tuple[Message, ...], answer: Exchanged) -> None:
        """Settle the letters, hear the events, move the cursor; then rest if asked to."""
        with self.transaction():
            for message, result in zip(sent, answer.results, strict=True):
                # A desk has nobody to show a refusal to: only "try again" leaves a letter here.
                if result.outcome is not Outcome.RETRY:
                    key = (header_of(message).id,)
                    self._db.execute("UPDATE letter SET is_sent = 1 WHERE id = ?", key)
            for event in answer.events:
                self._hear(event)
            self._db.execute(
                "UPDATE place SET epoch = ?, seq = seq + ?", (answer.epoch, len(answer.events))
            )
        if any(result.outcome is Outcome.RETRY for result in answer.results):
            raise Busy(max(result.retry_after for result in answer.results))

    def rejoin(self, epoch: str) -> None:
        """Offer every letter again and read the mailbox from its beginning."""
        with self.transaction():
            self._db.execute("UPDATE place SET epoch = ?, seq = 0", (epoch,))
            self._db.execute("UPDATE letter SET is_sent = 0")

    # --- for the desk --------------------------------------------------------------------------

    def keep(self, event: Event) -> bool:
        """Keep a packet, sealed as it came, with its sender's certificate; say if it is new."""
        row = (event.ref, packed(event))
        return self._db.execute("INSERT OR IGNORE INTO packet VALUES (?, ?)", row).rowcount == 1

    def packet(self, ref: str) -> Event | None:
        """Return the event that brought the packet."""
        query = "SELECT event FROM packet WHERE ref = ?"
        row = self._db.execute(query, (ref,)).fetchone()
        return unpacked(Event, row[0]) if row else None

    def keep_more(self, event: Event, header: Header) -> bool:
        """Keep what was told in addition to a packet that is here; say if it is new."""
        return (
            self._db.execute(
                "INSERT OR IGNORE INTO more SELECT ?1, ref, ?2, ?3 FROM packet WHERE ref = ?4",
                (header.id, header.consent_id, packed(event), event.ref),
            ).rowcount
            == 1
        )

    def more(self, ref: str) -> dict[str, str]:
        """Return what was told in addition: message to the consent it stands on."""
        return dict(self._db.execute("SELECT id, consent FROM more WHERE ref = ?", (ref,)))

    def forget(self, ref: str) -> None:
        """Destroy everything about a case, unsent letters too."""
        self._db.execute("DELETE FROM packet WHERE ref = ?", (ref,))
        self._db.execute("DELETE FROM more WHERE ref = ?", (ref,))
        self._db.execute("DELETE FROM due WHERE ref = ?", (ref,))
        self._db.execute("DELETE FROM letter WHERE ref = ?", (ref,))

    def write(self, ref: str, message: Message) -> None:
        """Put a letter into the tray, once."""
        row = (header_of(message).id, ref, packed(message))
        self._db.execute("INSERT OR IGNORE INTO letter (id, ref, message) VALUES (?, ?, ?)", row)

    def has_written(self, ref: str) -> bool:
        """Say whether a letter about this case was ever put into the tray."""
        row = self._db.execute("SELECT 1 FROM letter WHERE ref = ?", (ref,)).fetchone()
        return row is not None

    def plan(self, ref: str, step: str, at: datetime) -> None:
        """Plan the next step of a case."""
        self._db.execute(
            "INSERT OR REPLACE INTO due VALUES (?, ?, ?)", (ref, step, at.timestamp())
        )

    def done(self, ref: str) -> None:
        """Plan nothing more for a case."""
        self._db.execute("DELETE FROM due WHERE ref = ?", (ref,))

    def due(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Return case and step of everything that is due."""
        query = "SELECT ref, step FROM due WHERE at <= ? ORDER BY at"
        return tuple(self._db.execute(query, (now.timestamp(),)).fetchall())

    def next_due(self) -> datetime | None:
        """Return when something is due next."""
        at = self._db.execute("SELECT min(at) FROM due").fetchone()[0]
        return datetime.fromtimestamp(at, UTC) if at is not None else None

    def directory(self) -> int:
        """Return the version of the newest directory proven."""
        row = self._db.execute("SELECT version FROM snapshot").fetchone()
        return int(row[0]) if row else 0

    def proven_files(self) -> dict[str, bytes]:
        """Return the files by which the next directory is proven."""
        return dict(self._db.execute("SELECT path, content FROM shelf").fetchall())

    def keep_files(self, version: int, files: Mapping[str, bytes]) -> None:
        """Never again believe an older directory. May stand inside a transaction or not."""
        self._db.execute("DELETE FROM shelf")
        self._db.executemany("INSERT INTO shelf VALUES (?, ?)", files.items())
        self._db.execute("INSERT OR REPLACE INTO snapshot VALUES (1, ?)", (version,))
