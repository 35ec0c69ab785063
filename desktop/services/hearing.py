"""The events of one answer, each taken in by whom it concerns."""

from datetime import datetime

from desktop.services import (
    agencies,
    arrivals,
    disclosure_arrivals,
    elsewhere,
    enrolment,
    inbox_arrivals,
    own_words,
    silences,
)
from desktop.services.proofs import Reader
from desktop.vault import mailbox
from desktop.vault.database import Db
from sync.client.errors import Untrusted
from sync.protocol.answers import Event, Exchanged
from sync.protocol.messages import Kind


def heard(db: Db, answer: Exchanged, now: datetime) -> tuple[Kind, ...]:
    """Take in all that proves what it says, move the cursor past the rest; return what came.

    What proves nothing is kept as a doubt, and so is what cannot be kept at all: one bad event
    must not stop the rest.
    """
    if not answer.events:
        return ()
    reader = Reader(enrolment.current(db), agencies.book(db), now, min(now, answer.time))
    doubted, came = mailbox.doubted_in(db, answer.epoch), []
    for event in answer.events:
        try:
            # What came back of ours is known by its bytes, whatever else is to be said of it.
            own_words.apply(db, reader, event)
            with db.apart():
                _apply(db, reader, event)
        except (Untrusted, *_OUT_OF_BOUNDS) as error:
            mailbox.doubt(db, answer.epoch, event, _why(error), now)
            continue
        if event.seq in doubted:
            mailbox.proved(db, answer.epoch, event, now)
        came.append(event.kind)
    mailbox.advance(db, answer.events[-1].seq)
    return tuple(came)


def _why(error: Exception) -> str:
    # What a value is refused with by others' code may quote it.
    return repr(error)[:200] if isinstance(error, Untrusted) else type(error).__name__


def _apply(db: Db, reader: Reader, event: Event) -> None:
    arrivals.apply(db, reader, event)
    elsewhere.apply(db, reader, event)
    inbox_arrivals.apply(db, reader, event)
    disclosure_arrivals.apply(db, reader, event)
    silences.apply(db, reader, event)


_OUT_OF_BOUNDS = (ArithmeticError, LookupError, TypeError, ValueError)
"""What Python says of a value that cannot be; the disk and the vault say other things."""
