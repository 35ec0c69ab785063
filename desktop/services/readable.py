"""What can be read of an answer by now; what only a newer directory or key can prove is left."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

import msgspec

from desktop.services import agencies, directories
from desktop.services.directories import Source
from desktop.vault import directory as directory_row
from desktop.vault.database import Db, Vault
from sync.client.directory import sender_of
from sync.client.enrolment import Enrolment
from sync.client.errors import (
    Busy,
    CertRefused,
    LineError,
    Tampered,
    TooSlow,
    Unreachable,
    Untrusted,
)
from sync.protocol.answers import Event, Exchanged
from sync.protocol.directory import DirectoryBook
from sync.protocol.messages import Message

DIRECTORY = "directory"
"""The doubt where the list of agencies ran out or was not proven."""
_PASSING = (Unreachable, TooSlow, Busy)


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as far as it can be read, and what kept it from being read further."""

    answer: Exchanged
    is_newer: bool = False
    """More can be read than before: also what proved nothing then."""
    doubt: str = ""
    broke: LineError | None = None
    """The line broke when the directory or a key of ours was asked for."""
    is_partial: bool = False
    """By that too little is read for the hub to count as reached."""


def prepared(
    vault: Vault, hub: Source, own: Enrolment, answer: Exchanged, now: datetime
) -> Reading:
    """Fetch what it takes to read an answer; where that breaks off, what we have has to do."""
    try:
        return Reading(answer, directories.learns(vault, hub, own, answer, now))
    except Untrusted:
        return Reading(answer, doubt=DIRECTORY)
    except LineError as error:
        with vault.reading() as db:
            some = msgspec.structs.replace(answer, events=readable(db, own, answer, now))
            holds = directories.holds(db, now)
        moves = bool(some.events or (answer.results and not answer.events))
        # With a directory that has run out nobody is to think that all is well.
        is_well = moves and holds and isinstance(error, _PASSING)
        return Reading(some, broke=error, is_partial=not is_well)


def readable(db: Db, own: Enrolment, answer: Exchanged, now: datetime) -> tuple[Event, ...]:
    """Return what comes before the first event that needs a newer directory, or a key of ours.

    That one comes again with the next answer; passing it over here would lose it.
    """
    if directory_row.kept(db) is None:
        return ()
    book = agencies.book(db)
    is_behind = answer.directory > directory_row.version(db)

    def can_be_read(event: Event) -> bool:
        message = event.message
        if message is None:
            return True
        if not is_behind:
            return not directories.lacks_key(own, book, message)
        # The newer one may list the key of ours to which it is sealed.
        is_closed = bool(directories.unopened(own, message))
        return not is_closed and _is_known(event, message, book, now)

    return tuple(takewhile(can_be_read, answer.events))


def _is_known(event: Event, message: Message, book: DirectoryBook, now: datetime) -> bool:
    try:
        sender_of(message, event.cert, book, min(now, event.at))
    except CertRefused:
        return False
    except Tampered:
        return True
    return True
