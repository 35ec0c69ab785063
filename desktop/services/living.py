"""Living consent: what is in force for somebody, what ended, and what runs out soon for whom."""

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.consents import Consent
from desktop.domain.ids import YouthId
from desktop.domain.living import SOON, End, Erasing, Living, living
from desktop.domain.referrals import Erasure, Word
from desktop.domain.youths import Youth
from desktop.services import entrustments
from desktop.vault import consents, elsewhere, ends, referrals, youths
from desktop.vault.database import Db, Vault

SHOWN = 30
"""At most so many askings of one person, and so many people whose consent runs out."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody's consents stand."""

    in_force: tuple[Living, ...]
    """What runs out next is first."""
    ended: tuple[Living, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A consent in force that runs out within two weeks."""

    youth: Youth
    consent: Consent


def standing(vault: Vault, youth: YouthId, now: datetime) -> Standing:
    """Return every consent of somebody whose page is open: that was the look."""
    with vault.reading() as db:
        asked, is_on = consents.of_youth(db, youth, SHOWN), entrustments.is_on(db, now)
        age = youths.one(db, youth).age
        found = living(asked, now, age, is_entrusted=is_on)
        ended = tuple(each for each in found if each.end is not None)
        words = ends.words(db, (each.consent.id for each in ended))
        return Standing(
            tuple(sorted((each for each in found if each.end is None), key=_end)),
            tuple(_told(db, each, words) for each in ended),
        )


def ending_in(db: Db, now: datetime) -> tuple[Ending, ...]:
    """Return whose consent runs out within two weeks, the next first.

    Whoever was asked again since, or took it back, is not among them.
    """
    found = consents.some(db, consents.ending(db, now, now + SOON, SHOWN))
    known = youths.named(db, (each.youth for each in found))
    return tuple(Ending(known[each.youth], each) for each in found)


def ending_count(db: Db, now: datetime) -> int:
    """Count them, no further than a list shows."""
    return len(consents.ending(db, now, now + SOON, SHOWN))


def _told(db: Db, each: Living, words: dict[str, Word]) -> Living:
    key = each.consent.id
    if each.end is not End.WITHDRAWN:
        return replace(each, erasing=_erasing(ends.told(db, key, SHOWN)))
    erasing = _erasing(referrals.erasures(db, key, SHOWN))
    if forgotten := elsewhere.one(db, key):
        name = each.consent.agency_name
        erasing += tuple(Erasing(name, sent.erasure) for sent in forgotten.sent)
    return replace(each, word=words.get(str(key), Word.UNSAID), erasing=erasing)


def _erasing(found: tuple[tuple[str, Erasure], ...]) -> tuple[Erasing, ...]:
    return tuple(Erasing(name, how) for name, how in found)


def _end(each: Living) -> datetime:
    return each.consent.valid_until
