"""What the receiving side writes: receipts, decisions, words back. Signed, and words sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from desktop.domain.inbox import Told
from desktop.domain.moment import beside
from desktop.services.readers import Readers
from desktop.vault import inbox_letters
from desktop.vault.database import Db
from sync.client.enrolment import Enrolment
from sync.client.sealing import seal, sign_clear
from sync.protocol.bodies import (
    Appointment,
    DeliveryReceipt,
    ErasureAttest,
    Stage,
    TaskMoved,
    TaskNote,
)
from sync.protocol.codec import canonical
from sync.protocol.messages import PROTOCOL, Header, Kind
from sync.protocol.states import TaskStatus

DESTROYED, RETAINED = "destroyed", "retained"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes about one case, to whoever asked for help with it."""

    own: Enrolment
    ref: str
    to: str
    now: datetime

    def receipt(self, db: Db, stage: Stage, digest: str) -> UUID:
        """Say that the packet is kept here, or that somebody looked. Twice is the same message."""
        message = self.same_always(f"{stage.value}/{digest}")
        header = self._header(Kind.DELIVERY_RECEIPT, message)
        self._clear(db, header, DeliveryReceipt(stage, digest))
        return message

    def moved(self, db: Db, to: TaskStatus, reason: str, message: UUID) -> None:
        """Say what was decided.

        Without an expected version: the rules of the task alone say what may follow what, so that
        several decisions made without a line need not know what else has been counted meanwhile.
        """
        header = self._header(Kind.TASK_STATUS, message)
        self._clear(db, header, TaskMoved(to.value, reason))

    def destroyed(self, db: Db, withdrawal: str) -> None:
        """Say that all of it is gone (PIPA 37)."""
        header = self._header(Kind.ERASURE_ATTEST, self.same_always(f"attest/{withdrawal}"))
        self._clear(db, header, ErasureAttest(DESTROYED))

    def retained(self, db: Db, article: str) -> UUID:
        """Say that a law makes us keep a part, and which."""
        message = self.same_always(f"retained/{article}")
        header = self._header(Kind.ERASURE_ATTEST, message)
        self._clear(db, header, ErasureAttest(RETAINED, article))
        return message

    def once_more(self, db: Db, article: str, reminder: str) -> None:
        """Say again what became of it, by an id of its own: the hub reminds of it.

        `article`: which law makes us keep a part, or empty.
        """
        header = self._header(Kind.ERASURE_ATTEST, self.same_always(f"overdue/{reminder}"))
        body = ErasureAttest(RETAINED, article) if article else ErasureAttest(DESTROYED)
        self._clear(db, header, body)

    def note(self, db: Db, told: Told, message: UUID, readers: Readers) -> None:
        """Write back in words, readable by whoever asked and by us."""
        header = self._header(Kind.TASK_NOTE, message)
        recipients = (readers.agency(self.to, self.now), readers.ours())
        packet = canonical(_note(told))
        made = seal(header, packet, self.own.keys.sign, recipients, readers.chance)
        inbox_letters.add(db, header, made)

    def same_always(self, name: str) -> UUID:
        """Return the id of a message that this device says once about a case."""
        said = uuid5(UUID(self.own.device), f"{self.ref}/{name}")
        return beside(UUID(self.ref), said)

    def _clear(self, db: Db, header: Header, body: object) -> None:
        inbox_letters.add(db, header, sign_clear(header, canonical(body), self.own.keys.sign))

    def _header(self, kind: Kind, message: UUID) -> Header:
        return Header(
            v=PROTOCOL,
            id=str(message),
            kind=kind,
            ref=self.ref,
            from_org=self.own.org,
            from_device=self.own.device,
            created=self.now,
            to_org=self.to,
        )


def _note(told: Told) -> TaskNote:
    said = told.appointment
    meeting = Appointment(said.at, said.place, said.meeting) if said else None
    return TaskNote(told.text, told.at, meeting, tuple(sorted(i.value for i in told.asks)))
