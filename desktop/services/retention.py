"""What has to go and when; keeping it longer, with a reason; destroying it for good (PIPA 21)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.retention import (
    Debt,
    Expiry,
    Ground,
    Owed,
    Policy,
    Reason,
    Target,
    Thing,
)
from desktop.domain.text import LINE_LIMIT, checked
from desktop.errors import BackupFailed, DiskFull, NothingWritten, StillKept, StillOwed, WishStands
from desktop.services import told
from desktop.services.destruction import logged
from desktop.vault import destruction, endings, holdings, retention
from desktop.vault import purge as rows
from desktop.vault import sweep as remains
from desktop.vault.backup import always
from desktop.vault.columns import stamp
from desktop.vault.database import Db, Vault
from desktop.vault.destruction import Entry
from desktop.vault.purge import Purging
from desktop.vault.shelf import GoesOn

_AT_ONCE = 8
"""So many are destroyed in one transaction; a note takes some 20 ms among 20,000."""

__all__ = [
    "Entry", "Erasing", "choose_policy", "due_at_once", "erase", "foreseen", "fulfil",
    "keep_longer", "log", "policy", "purge", "sweep", "upcoming",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erasing:
    """What became of a wish to be forgotten."""

    owed: tuple[Owed, ...] = ()
    """Until this is done, alias, consents and referrals stay: they say who has to erase what."""
    kept_until: datetime | None = None
    """A law keeps everything until then; the reason was written down."""
    told: tuple[str, ...] = ()
    """Who asked us for help with them, and hears that it is not wanted any more."""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether nothing about them is left."""
        return not self.owed and self.kept_until is None


def policy(vault: Vault) -> Policy:
    """Return how long this organisation keeps what, which is no longer than people were told."""
    with vault.reading() as db:
        return told.policy(db)


def choose_policy(vault: Vault, chosen: Policy, moment: Moment) -> None:
    """Put another policy in force; it counts for what is there already, too.

    Raises `LongerThanTold` where somebody here was told that it is erased earlier.
    """
    with vault.transaction() as db:
        told.refuse_longer(db, chosen)
        retention.keep_policy(db, chosen, moment.now)


def due_at_once(vault: Vault, chosen: Policy, now: datetime) -> int:
    """Return how many more would be due already with another policy; it is not chosen by this."""
    with vault.reading() as db:
        before, after = _due(db, told.policy(db), now), _due(db, chosen, now)
    return len(after - before)


def upcoming(vault: Vault, now: datetime) -> tuple[Expiry, ...]:
    """Return all that has to go soon, or had to, the first first; a list asks `endings`."""
    with vault.reading() as db:
        chosen = told.policy(db)
        return tuple(endings.ending(db, chosen, now + timedelta(days=chosen.notice)))


def keep_longer(
    vault: Vault, expiry: Expiry, until: datetime, why: tuple[Reason, str], moment: Moment
) -> None:
    """Keep something until then, for a reason and in words; nobody reads minds two years on.

    Raises `NothingWritten` without words, and `WishStands` where somebody asked to be forgotten
    and the reason is no law.
    """
    reason, words = why[0], checked(why[1], LINE_LIMIT).strip()
    if not words:
        raise NothingWritten(field="reason")
    with vault.transaction() as db:
        if expiry.youth in retention.wishes(db) and reason is not Reason.LAW:
            raise WishStands
        retention.keep_longer(db, expiry.target, until, (reason, words), moment.now)


def purge(
    vault: Vault, targets: Iterable[Target], ground: Ground, moment: Moment
) -> dict[str, int]:
    """Destroy these, log how many of what kind, and return that. `sweep` has to follow.

    Raises `StillOwed` and names the agency, or `StillKept`, before anything is destroyed. Many
    are destroyed a few at a time: in between somebody may save.
    """
    wanted = tuple(targets)
    with vault.reading() as db:
        for target in wanted:
            _check(db, target, moment.now)
    counts: Counter[str] = Counter()
    for at in range(0, len(wanted), _AT_ONCE):
        own = Moment(moment.now, moment.id(f"destruction {at}"))
        counts.update(_purged(vault, wanted[at : at + _AT_ONCE], (ground, own)))
    return dict(counts)


def foreseen(vault: Vault, youth: YouthId, now: datetime) -> Erasing:
    """Return what is owed now, and until when a law keeps what `erase` is asked for."""
    with vault.reading() as db:
        until = holdings.kept_until(db, Target(Thing.YOUTH, youth), now, is_wished=True)
        owed = holdings.owed(db, youth)
    asked = tuple(each.agency_name for each in owed if each.debt is Debt.ASKED)
    others = tuple(each for each in owed if each.debt is not Debt.ASKED)
    return Erasing(others, until, asked if until is None else ())


def erase(vault: Vault, youth: YouthId, moment: Moment) -> Erasing:
    """Do what somebody asks who wants to be forgotten (PIPA 36, 37). `sweep` has to follow.

    Every consent ends, and what others asked of us. Notes, judgements and all other words go at
    once; alias, consents and referrals as soon as nothing is owed: `fulfil`. A second time goes on
    where it could not.
    """
    from desktop.services import consents, inbox_own, withdrawals

    for consent in consents.standing(vault, youth):
        # Each withdrawal is an action of its own, with ids of its own.
        own = Moment(moment.now, moment.id(f"end {consent}"))
        withdrawals.withdraw(vault, consent, own)
    with vault.transaction() as db:
        whole = Target(Thing.YOUTH, youth)
        if not rows.whose(db, whole):
            return Erasing()
        retention.wish(db, youth, moment.now)
        until = holdings.kept_until(db, whole, moment.now)
        if until is not None:
            return Erasing(kept_until=until)
        asked = inbox_own.not_wanted(db, youth, moment)
        purging, owed = Purging(db, moment.now), holdings.owed(db, youth)
        if owed:
            purging.all_but_what_is_owed(youth)
        else:
            purging.destroy(whole)
        counts = logged(db, vault, purging, (Ground.ERASED, moment))
        return Erasing(owed, told=asked, counts=counts)


def fulfil(vault: Vault, moment: Moment, spared: YouthId | None = None) -> tuple[YouthId, ...]:
    """Destroy what is left of those who asked and for whom nothing is owed any more; say whom.

    `spared` waits for another time: somebody may be writing about them now.
    """
    with vault.reading() as db:
        waiting = [
            youth
            for youth in retention.wishes(db)
            if youth != spared
            and not holdings.owed(db, youth)
            and holdings.kept_until(db, Target(Thing.YOUTH, youth), moment.now) is None
        ]
    if waiting:
        purge(vault, (Target(Thing.YOUTH, youth) for youth in waiting), Ground.ERASED, moment)
    return tuple(waiting)


def log(vault: Vault) -> tuple[Entry, ...]:
    """Return what was destroyed, newest first: numbers only."""
    with vault.reading() as db:
        return destruction.every(db)


def sweep(vault: Vault, now: datetime, goes_on: GoesOn = always) -> bool:
    """Let nothing of what was purged stay in file, index, log or backups; tell whether it is done.

    Does nothing when nothing is owed. To be called after each purge, after unlocking, and now and
    then: what was in the way may be gone. Safe from any thread, but while the file is written
    anew (a second for 50 MB) nobody can write: a lock makes `goes_on` say False, and it stops.
    """
    from desktop.services import backups

    with vault.reading() as db:
        if remains.owed_since(db) is None:
            return True
    remains.index(vault)
    if not remains.file(vault, goes_on):
        return False
    with vault.transaction() as db:
        # A line in the journal: backups made before it, with the index as it was, count as older.
        remains.owe(db, now)
    if not vault.empty_log():
        return False
    try:
        made = backups.after_purge(vault, now)
    except (BackupFailed, DiskFull):
        return False
    with vault.transaction() as db:
        # Something else may have been purged meanwhile; then this has to be done again.
        return remains.done(db, made.seq)


def _purged(
    vault: Vault, targets: tuple[Target, ...], done: tuple[Ground, Moment]
) -> dict[str, int]:
    with vault.transaction() as db:
        purging = Purging(db, done[1].now)
        for target in targets:
            if rows.whose(db, target):
                _check(db, target, done[1].now)
                purging.destroy(target)
        return logged(db, vault, purging, done)


def _due(db: Db, chosen: Policy, now: datetime) -> set[Target]:
    return {each.target for each in endings.ending(db, chosen, now)}


def _check(db: Db, target: Target, now: datetime) -> None:
    youth = rows.whose(db, target)
    if youth is None:
        return
    if target.thing is Thing.YOUTH:
        for owed in holdings.owed(db, youth):
            raise StillOwed(agency=owed.agency_name)
    until = holdings.kept_until(db, target, now)
    if until is not None:
        raise StillKept(until=stamp(until))
