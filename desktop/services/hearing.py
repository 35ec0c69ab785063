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

    What proves nothing is kept as a doubt: one bad event must not stop the rest.
    """
    if not answer.events:
        return ()
    reader = Reader(enrolment.current(db), agencies.book(db), now)
    doubted, came = mailbox.doubted_in(db, answer.epoch), []
    for event in answer.events:
        try:
            _apply(db, reader, event)
        except Untrusted as error:
            mailbox.doubt(db, answer.epoch, event, repr(error)[:200], now)
            continue
        if event.seq in doubted:
            mailbox.proved(db, answer.epoch, event, now)
        came.append(event.kind)
    mailbox.advance(db, answer.events[-1].seq)
    return tuple(came)


def _apply(db: Db, reader: Reader, event: Event) -> None:
    own_words.apply(db, reader, event)
    arrivals.apply(db, reader, event)
    elsewhere.apply(db, reader, event)
    inbox_arrivals.apply(db, reader, event)
    disclosure_arrivals.apply(db, reader, event)
    silences.apply(db, reader, event)
