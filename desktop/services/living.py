"""Living consent: what is in force for somebody, what ended, and what runs out soon for whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.consents import Consent
from desktop.domain.ids import YouthId
from desktop.domain.living import SOON, End, Erasing, Living, living
from desktop.domain.looks import Sight, at_youth
from desktop.domain.moment import Moment
from desktop.domain.youths import Youth
from desktop.services import looks
from desktop.vault import consents, outbox, referrals, youths
from desktop.vault.database import Db, Vault
from sync.protocol.messages import Kind

SHOWN = 30
"""At most so many askings of one person, and so many people whose consent runs out."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody's consents stand, each list the newest first."""

    in_force: tuple[Living, ...]
    ended: tuple[Living, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A consent in force that runs out within two weeks."""

    youth: Youth
    consent: Consent


def standing(vault: Vault, youth: YouthId, now: datetime) -> Standing:
    """Return every consent of somebody whose page is open: that was the look."""
    with vault.reading() as db:
        found = living(consents.of_youth(db, youth, SHOWN), now)
        return Standing(
            tuple(each for each in found if each.end is None),
            tuple(_told(db, each) for each in found if each.end is not None),
        )


def ending(vault: Vault, moment: Moment) -> tuple[Ending, ...]:
    """Return whose consent runs out within two weeks, the next first: a look at each.

    Whoever was asked again since, or took it back, is not among them.
    """
    return looks.shown(vault, lambda db: _ending(db, moment.now), _sights, moment)


def ending_count(vault: Vault, now: datetime) -> int:
    """Count them, no further than a list shows: no look at anybody."""
    with vault.reading() as db:
        return len(consents.ending(db, now, now + SOON, SHOWN))


def _told(db: Db, each: Living) -> Living:
    if each.end is not End.WITHDRAWN:
        return each
    key = each.consent.id
    waits = any(
        row.kind is Kind.CONSENT_WITHDRAWN and row.state == outbox.WAITING
        for row in outbox.of_consent(db, key)
    )
    erasing = tuple(Erasing(name, how) for name, how in referrals.erasures(db, key, SHOWN))
    return replace(each, is_untold=waits, erasing=erasing)


def _ending(db: Db, now: datetime) -> tuple[Ending, ...]:
    keys = consents.ending(db, now, now + SOON, SHOWN)
    found = tuple(consents.one(db, key) for key in keys)
    return tuple(Ending(youths.one(db, each.youth), each) for each in found)


def _sights(found: tuple[Ending, ...]) -> Iterator[Sight]:
    for each in found:
        yield at_youth(each.youth.id)
