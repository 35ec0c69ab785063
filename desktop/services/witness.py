"""Noticing, with the hub's help, that this vault was put back to an earlier state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.moment import Moment
from desktop.errors import VaultRolledBack
from desktop.services import enrolment
from desktop.vault import carrying, journal, mailbox, witness
from desktop.vault.carrying import Restored
from desktop.vault.columns import time_or_none
from desktop.vault.database import Db, Vault
from sync.protocol.codec import canonical, read_json
from sync.protocol.witness import RENEWAL_CONTEXT, Renewal, RenewalClaim, WitnessClaim

RESTORED = "restored"
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Behind:
    """What the hub has seen and this vault does not hold."""

    count: int
    """Entries of the journal. Saving one note may make several."""
    since: datetime | None
    """The last thing both know of; None when nothing is common."""
    until: datetime
    """When the hub was last shown more."""
    may_go_on: bool
    """A person put back a backup after that, so there is nothing to wonder about."""


def behind(vault: Vault) -> Behind | None:
    """Return what is missing, or None. While there is something the line stands still."""
    with vault.reading() as db:
        return _behind(db)


def go_on(vault: Vault, moment: Moment) -> None:
    """A person has been told what is missing, and goes on without it.

    The hub is told so with the next round, signed by this laptop, and keeps that. Raises
    `VaultRolledBack` when no backup was put back that would explain it.
    """
    with vault.transaction() as db:
        about, lost = witness.kept(db), _behind(db)
        if lost is None or about.ahead is None:
            return
        if not lost.may_go_on:
            raise VaultRolledBack(lost.count)
        own, now = enrolment.current(db), witness.mark(journal.head(db))
        was = _claim(about).mark
        said = canonical(RenewalClaim(own.device, was, now, RESTORED, moment.now))
        witness.renew(db, Renewal(said, own.keys.sign.sign(RENEWAL_CONTEXT + said)))


def _behind(db: Db) -> Behind | None:
    about = witness.kept(db)
    if not about.is_stopped:
        return None
    claim, restored = _claim(about), carrying.restored(db)
    offset = timedelta(seconds=mailbox.place(db).clock_offset)
    is_explained = restored is not None and (
        claim.time <= restored.at + offset + _CLOCKS_DIFFER
        or _was_clock_slow(about, restored, offset)
    )
    common = about.known.seq
    if restored is not None and is_explained:
        common = max(common, min(restored.seq, claim.mark.seq))
    count = max(1, claim.mark.seq - common)
    return Behind(count, _last_before(db, common), claim.time, is_explained)


def _was_clock_slow(about: witness.Kept, restored: Restored, offset: timedelta) -> bool:
    """Say whether it was put back by a clock that was provably slow, and nobody was asked since.

    The hub had told this vault of a later moment already: such a clock proves nothing.
    """
    was_heard_since = about.known.seq > restored.seq
    return about.at is not None and restored.at + offset < about.at and not was_heard_since


def _last_before(db: Db, seq: int) -> datetime | None:
    row = db.execute(
        "SELECT at FROM op WHERE seq <= ? AND at <> '' ORDER BY seq DESC LIMIT 1", (seq,)
    ).fetchone()
    return time_or_none(row[0]) if row else None


def _claim(about: witness.Kept) -> WitnessClaim:
    if about.ahead is None:
        raise LookupError
    return read_json(WitnessClaim, about.ahead.claim)
