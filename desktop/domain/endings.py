"""When each thing about a young person ends, of what there is about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from desktop.domain.ids import YouthId
from desktop.domain.retention import Expiry, Kept, Owed, Policy, Since, Target, Thing


@dataclass(frozen=True, slots=True)
class Holding:
    """What there is about one young person, without a word of it."""

    youth: YouthId
    alias: str
    last_contact: datetime
    """The last meeting, or the last word written about one."""
    notes: tuple[tuple[UUID, datetime], ...] = ()
    """Each with when it was last saved."""
    ended_referrals: tuple[datetime, ...] = ()
    open_referrals: int = 0
    unused_consents: tuple[tuple[UUID, datetime], ...] = ()
    """Those that no referral stands on, each with when it ended or will end."""
    drafted_at: datetime | None = None
    jotted_at: datetime | None = None
    """When somebody without an alias was met, who has not agreed to be noted."""
    awaited_until: datetime | None = None
    """The end of what was promised to them; never, while a request about their own data waits."""
    is_unseen: bool = False
    """Judged high, and no supervisor has looked."""
    wished_at: datetime | None = None
    owed: tuple[Owed, ...] = ()

    def targets(self) -> tuple[Target, ...]:
        """Return everything here that somebody may decide about."""
        return (
            Target(Thing.YOUTH, self.youth),
            Target(Thing.DRAFT, self.youth),
            Target(Thing.JOTTING, self.youth),
            *(Target(Thing.NOTE, note) for note, _ in self.notes),
            *(Target(Thing.CONSENT, consent) for consent, _ in self.unused_consents),
        )


def expiries(held: Holding, policy: Policy) -> Iterator[Expiry]:
    """Yield when a young person goes, and what about them goes before."""
    whole = _whole(held, policy)
    yield whole
    for target, at, since in _parts(held, policy):
        if at < whole.due:
            yield Expiry(target, held.youth, held.alias, at, since)


def dated(held: Holding, policy: Policy, kept: Mapping[Target, Kept]) -> Iterator[Expiry]:
    """Yield the same, each as late as what was decided about it says."""
    counts = {
        target: kept[target][0]
        for target in (held.targets() if kept else ())
        if target in kept and kept[target][1].counts(against_wish=held.wished_at is not None)
    }
    if not counts:
        yield from expiries(held, policy)
        return
    whole = Target(Thing.YOUTH, held.youth)
    for each in expiries(held, policy):
        # What is kept of somebody keeps their alias; who is kept is kept with everything.
        about = counts if each.target == whole else {whole, each.target} & counts.keys()
        until = max((counts[target] for target in about), default=each.due)
        yield replace(each, due=until, is_kept_longer=True) if until > each.due else each


def _whole(held: Holding, policy: Policy) -> Expiry:
    is_referred = bool(held.ended_referrals or held.open_referrals)
    ends = max(held.ended_referrals, default=held.last_contact)
    start = max(held.last_contact, ends)
    since = Since.REFERRAL if held.ended_referrals and ends >= held.last_contact else Since.CONTACT
    due = start + timedelta(days=policy.referral if is_referred else policy.contact)
    # A consent in force is not gone before it ends, though nobody has come back since; nor is what
    # was promised, or asked.
    due = max(due, *(at for _, at in held.unused_consents), held.awaited_until or due)
    if held.wished_at is not None:
        due, since = held.wished_at, Since.WISH
    target = Target(Thing.YOUTH, held.youth)
    return Expiry(target, held.youth, held.alias, due, since, held.owed)


def _parts(held: Holding, policy: Policy) -> Iterator[tuple[Target, datetime, Since]]:
    # What led to a referral stays as long as the referral: they are one case.
    if not (held.ended_referrals or held.open_referrals):
        for note, at in held.notes:
            yield Target(Thing.NOTE, note), at + timedelta(days=policy.contact), Since.CONTACT
        if held.jotted_at is not None and not held.is_unseen:
            due = held.jotted_at + timedelta(days=policy.jotting)
            due = max(due, held.awaited_until or due)
            yield Target(Thing.JOTTING, held.youth), due, Since.JOTTING
    for consent, at in held.unused_consents:
        yield Target(Thing.CONSENT, consent), at + timedelta(days=policy.contact), Since.CONSENT
    if held.drafted_at is not None:
        due = held.drafted_at + timedelta(days=policy.draft)
        yield Target(Thing.DRAFT, held.youth), due, Since.DRAFT
