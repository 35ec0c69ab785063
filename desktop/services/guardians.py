"""Whether a guardian may be told, why not, and so: who is asked about sending."""

from desktop.domain.consents import LANGUAGES, Item
from desktop.domain.guardians import Kept
from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.who_answers import (
    Decision,
    GuardianStands,
    KeepReason,
    Situation,
    decide,
)
from desktop.domain.youths import Youth
from desktop.vault import guardians, youths
from desktop.vault.database import Vault


def keep_from(
    vault: Vault, youth: YouthId, reason: KeepReason, words: str, moment: Moment
) -> Kept:
    """Let no step reach their guardian from now on. Every referral says so, inside the seal."""
    kept = Kept(moment.id("kept"), youth, reason, words, moment.now)
    with vault.transaction() as db:
        guardians.keep(db, kept)
    return kept


def may_be_told_again(vault: Vault, youth: YouthId, moment: Moment) -> None:
    """Take that back: they said so, or the reason is over. A page asks in two steps."""
    with vault.transaction() as db:
        if youths.one(db, youth).keep_from_guardian:
            guardians.tell_again(db, moment.id("told-again"), youth, moment.now)


def kept_from(vault: Vault, youth: YouthId) -> Kept | None:
    """Return why their guardian is not to be told, where a reason was given."""
    with vault.reading() as db:
        return guardians.latest(db, youth)


def who_answers(
    vault: Vault,
    youth: YouthId,
    guardian: GuardianStands,
    language: str,
    items: frozenset[Item],
) -> Decision:
    """Say who is asked about these items and where the ways lead; `LanguageNotOffered`."""
    with vault.reading() as db:
        person, kept = youths.one(db, youth), guardians.latest(db, youth)
    keep = reason_for(person, kept)
    return decide(Situation(person.age, guardian, language, items, keep))


def as_known(youth: Youth, kept: Kept | None, items: frozenset[Item]) -> Decision:
    """Say the same of somebody whose file is open, as far as is known before anybody is asked."""
    language = youth.language if youth.language in LANGUAGES else LANGUAGES[0]
    keep = reason_for(youth, kept)
    return decide(Situation(youth.age, GuardianStands.PRESENT, language, items, keep))


def reason_for(youth: Youth, kept: Kept | None) -> KeepReason | None:
    """Return why their guardian is not to be told, None where the guardian may be."""
    if kept is not None:
        return kept.reason
    # Marked before there were reasons, or when they were met.
    return KeepReason.WISH if youth.keep_from_guardian else None
