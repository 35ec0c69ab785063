"""What waits in the outbox, was not taken, or is held: one row for each message."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import ConsentId
from desktop.domain.referrals import GUARDIAN_UNSAID
from desktop.vault import consents, disclosures, inbox, noes, sending
from desktop.vault import outbox as box
from desktop.vault.columns import uuid
from desktop.vault.database import Db, Vault
from desktop.vault.outbox import Queued
from sync.protocol.messages import Kind

MAY_NOT_BE_LEFT = frozenset({Kind.CONSENT_WITHDRAWN})
"""The young person's word: it stays in sight until it is through."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message in the outbox, for the list behind the status strip."""

    kind: Kind
    ref: str
    agency_name: str
    queued_at: datetime
    attempts: int
    problem: str
    """Why it is held or was refused; empty while it simply waits."""
    is_refused: bool = False
    is_law: bool = False
    """Whether it tells something on a law instead of a consent."""
    id: str = ""
    was_asked_since: bool = False
    """Of what is held: whether the young person has answered about this agency once more."""

    @property
    def is_lapsed(self) -> bool:
        """Say whether its consent no longer covers it, so that it stays here."""
        return not self.is_refused and self.problem == box.LAPSED

    @property
    def is_unsaid(self) -> bool:
        """Say whether it stays here since it does not say that a guardian must not be told."""
        return not self.is_refused and self.problem == GUARDIAN_UNSAID

    @property
    def stays_here(self) -> bool:
        """Say whether it may not leave as it is: a person has to see to it."""
        return self.is_lapsed or self.is_unsaid

    @property
    def may_be_left(self) -> bool:
        """Say whether somebody may need it no more: nothing of it can be anywhere."""
        never_left = self.stays_here and not self.attempts
        return (self.is_refused or never_left) and self.kind not in MAY_NOT_BE_LEFT


def outbox(vault: Vault) -> tuple[Waiting, ...]:
    """Return what waits or was refused, in the order it will go."""
    with vault.reading() as db:
        return tuple(waiting(db, row) for row in box.unsettled(db))


def all_arrived(vault: Vault) -> bool:
    """Say whether all that was to leave, and does not wait, has reached the hub."""
    with vault.reading() as db:
        return sending.all_arrived(db)


def waiting(db: Db, row: Queued) -> Waiting:
    """Return what is known of one that is unsettled."""
    is_lapsed = row.state == box.WAITING and row.problem == box.LAPSED
    return Waiting(
        kind=row.kind,
        ref=row.ref,
        agency_name=_agency_name(db, row),
        queued_at=row.queued_at,
        attempts=row.attempts,
        problem=row.problem,
        is_refused=row.state == box.REFUSED,
        is_law=row.kind is Kind.REFERRAL_REQUEST and not row.consent,
        id=row.id,
        was_asked_since=is_lapsed and noes.was_asked_since(db, row.consent or ""),
    )


def _agency_name(db: Db, row: Queued) -> str:
    if row.consent:
        return consents.one(db, ConsentId(uuid(row.consent))).agency_name
    return disclosures.name_of(db, row.ref) or inbox.asker_of(db, row.ref)
