"""Under which consent something may be told: the newest that covers it, as the gate reckons."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.agencies import Category
from desktop.domain.ages import Age
from desktop.domain.consents import Consent, Item
from desktop.domain.ids import AgencyId
from desktop.errors import ConsentMissing
from desktop.services import consent_records


@dataclass(frozen=True, slots=True)
class Telling:
    """What would be told, to whom, for which help, and how old the young person may be."""

    agency: AgencyId
    agency_name: str
    items: frozenset[Item]
    categories: frozenset[Category]
    age: Age


def newest(
    asked: tuple[Consent, ...], telling: Telling, now: datetime
) -> tuple[Consent, frozenset[Item]]:
    """Return the consent, and which of the items may be told under it.

    `asked` is all of one young person, the one kept last first. Raises `ConsentMissing`.
    """
    replaced = {each.record.supersedes for each in asked if each.record}
    ended: frozenset[Item] = frozenset()
    for consent in (each for each in asked if each.agency == telling.agency):
        items = (telling.items & consent.allowed_items()) - ended
        items = items if consent_records.is_sound(consent) else frozenset()
        is_theirs = consent.is_by_who_may(telling.age) and consent.id not in replaced
        is_this = is_theirs and consent.is_for(telling.categories)
        if is_this and consent.covers(telling.agency, items, now):
            return consent, items
        ended |= consent.ended_items()
    raise ConsentMissing(agency=telling.agency_name)  # a person reads it
