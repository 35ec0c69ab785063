"""Whether a guardian may be told, why not, and so: who is asked; and who was named to be asked."""

from collections.abc import Iterable

from desktop.consent_errors import GuardianNotAsked, GuardianNotToBeTold
from desktop.domain.consents import LANGUAGES, Item
from desktop.domain.guardians import Kept, Named, Unaware
from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.retention import Ground
from desktop.domain.who_answers import (
    Decision,
    GuardianStands,
    KeepReason,
    Situation,
    decide,
)
from desktop.domain.youths import Youth
from desktop.services import agencies
from desktop.services.destruction import logged, logged_as
from desktop.vault import guardians, sending, youths
from desktop.vault.database import Db, Vault
from desktop.vault.purge import Purging


def keep_from(
    vault: Vault, youth: YouthId, reason: KeepReason, words: str, moment: Moment
) -> Kept:
    """Let no step reach their guardian from now on. Every referral says so, inside the seal.

    What waits and does not say it stays here; of what has left, `unaware` tells whom to call. Who
    was named to be asked is destroyed; `retention.sweep` has to follow.
    """
    kept = Kept(moment.id("kept"), youth, reason, words, moment.now)
    with vault.transaction() as db:
        destroy_named(db, vault, (youth,), (Ground.ANSWERED, moment))
        guardians.keep(db, kept)
        sending.hold(db, moment.now)
    return kept


def keep_as_told(db: Db, youth: YouthId, code: str, who: str, moment: Moment) -> None:
    """Do the same inside a transaction, as another agency told it; it only ever adds.

    `code` is its reason: with one that is not known here, or none, there is the mark alone.
    `who` is written down should anything be destroyed; then `retention.sweep` has to follow.
    """
    reason = KeepReason(code) if code in set(KeepReason) else None
    if youths.one(db, youth).keep_from_guardian and not _adds(guardians.latest(db, youth), reason):
        return
    purging = Purging(db, moment.now)
    purging.guardian_of(youth)
    logged_as(db, who, purging, (Ground.ANSWERED, Moment(moment.now, moment.id("named"))))
    if reason is None:
        guardians.mark(db, youth, moment.now)
    else:
        guardians.keep(db, Kept(moment.id("kept"), youth, reason, "", moment.now))
    sending.hold(db, moment.now)


def _adds(known: Kept | None, reason: KeepReason | None) -> bool:
    """Say whether a reason is stronger than the one that is known; the strongest stands first."""
    order = tuple(KeepReason)
    if known is None or reason is None:
        return reason is not None
    return order.index(reason) < order.index(known.reason)


def may_be_told_again(vault: Vault, youth: YouthId, moment: Moment) -> None:
    """Take that back: they said so, or the reason is over. A page asks in two steps."""
    with vault.transaction() as db:
        if youths.one(db, youth).keep_from_guardian:
            guardians.tell_again(db, moment.id("told-again"), youth, moment.now)
            sending.hold(db, moment.now)


def kept_from(vault: Vault, youth: YouthId) -> Kept | None:
    """Return why their guardian is not to be told, where a reason was given."""
    with vault.reading() as db:
        return guardians.latest(db, youth)


def unaware(vault: Vault, youth: YouthId) -> Unaware:
    """Return who has a referral that does not say it; nobody, where their guardian may be told."""
    with vault.reading() as db:
        if not youths.one(db, youth).keep_from_guardian:
            return Unaware()
        phones = agencies.phones(db)
        told = tuple((name, phones.get(key, "")) for key, name in guardians.unaware(db, youth))
        return Unaware(told, guardians.stays_here(db, youth))


def name(vault: Vault, youth: YouthId, who: tuple[str, str], moment: Moment) -> Named:
    """Keep name and contact of a guardian, from the child, only to ask them (PIPA 22-2(2)).

    What stands there already is put right; its days go on. Raises `GuardianNotToBeTold`,
    `GuardianNotAsked` about somebody of 14 or more, and as `Named` does.
    """
    with vault.transaction() as db:
        person, before = youths.one(db, youth), guardians.named(db, youth)
        if person.keep_from_guardian:
            raise GuardianNotToBeTold
        if not person.age.may_be_under_14():
            raise GuardianNotAsked
        if before is not None and before.is_over(moment.now):
            destroy_named(db, vault, (youth,), (Ground.EXPIRED, moment))
            before = None
        named = Named(youth, *who, before.at if before else moment.now)
        guardians.name(db, named)
    return named


def forget_named(vault: Vault, youth: YouthId, moment: Moment) -> None:
    """Destroy it: they said no, or will not be asked. `retention.sweep` has to follow."""
    with vault.transaction() as db:
        destroy_named(db, vault, (youth,), (Ground.ANSWERED, moment))


def expire(vault: Vault, moment: Moment) -> int:
    """Destroy what was taken of guardians who could not be reached in time, and return how many.

    `retention.sweep` has to follow.
    """
    with vault.transaction() as db:
        over = guardians.named_too_long(db, moment.now)
        destroy_named(db, vault, over, (Ground.EXPIRED, moment))
    return len(over)


def destroy_named(
    db: Db, vault: Vault, youths: Iterable[YouthId], done: tuple[Ground, Moment]
) -> None:
    """Destroy what was taken of these people's guardians, and log how many."""
    ground, moment = done
    purging = Purging(db, moment.now)
    for youth in youths:
        purging.guardian_of(youth)
    # A destruction beside another one of the same moment has a number of its own.
    logged(db, vault, purging, (ground, Moment(moment.now, moment.id("named"))))


def who_answers(
    vault: Vault,
    youth: YouthId,
    guardian: GuardianStands,
    language: str,
    items: frozenset[Item],
) -> Decision:
    """Say who is asked about these items and where the ways lead; `LanguageNotOffered`.

    A number is among them only where a law entrusts the organisation: `consents.record` looks.
    """
    with vault.reading() as db:
        person, kept = youths.one(db, youth), guardians.latest(db, youth)
    keep, is_entrusted = reason_for(person, kept), Item.IDENTIFIER in items
    return decide(Situation(person.age, guardian, language, items, keep, is_entrusted))


def as_known(youth: Youth, kept: Kept | None, items: frozenset[Item]) -> Decision:
    """Say the same of somebody whose file is open, as far as is known before anybody is asked."""
    language = youth.language if youth.language in LANGUAGES else LANGUAGES[0]
    keep = reason_for(youth, kept)
    here, is_entrusted = GuardianStands.PRESENT, Item.IDENTIFIER in items
    return decide(Situation(youth.age, here, language, items, keep, is_entrusted))


def reason_for(youth: Youth, kept: Kept | None) -> KeepReason | None:
    """Return why their guardian is not to be told, None where the guardian may be."""
    if kept is not None:
        return kept.reason
    # Marked before there were reasons, or when they were met.
    return KeepReason.WISH if youth.keep_from_guardian else None
