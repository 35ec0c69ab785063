"""Which consents of somebody are in force, what each still allows, and why the others ended."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.ages import Age
from desktop.domain.consents import ON_THEIR_OWN, Article, Consent, Item
from desktop.domain.ids import AgencyId
from desktop.domain.referrals import Erasure, Word

SOON = timedelta(days=14)
"""So long before its end somebody is asked again, if the help goes on."""


class End(StrEnum):
    """Why a yes counts no more."""

    WITHDRAWN = "withdrawn"
    OVER = "over"
    REPLACED = "replaced"
    """A newer asking stands in its place."""
    LATER_NO = "later-no"
    """A newer asking about the same agency was answered with no."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """Who was told under a consent, and whether they have erased it."""

    agency_name: str
    erasure: Erasure


@dataclass(frozen=True, slots=True)
class Living:
    """One yes, and how it stands."""

    consent: Consent
    items: frozenset[Item]
    """What may be sent under it now; nothing where it only lets us keep."""
    end: End | None = None
    """None: in force."""
    word: Word = Word.UNSAID
    """After a withdrawal: whether the hub has taken the word of it."""
    erasing: tuple[Erasing, ...] = ()
    """After its end, each agency that was told."""

    def still_has(self) -> tuple[str, ...]:
        """Return, by name, who works on with what was sent: its end took nothing back.

        Only a withdrawal asks for it to be destroyed, and may come at any time (PIPA 37).
        """
        is_open = self.end not in (None, End.WITHDRAWN)
        kept = (each.agency_name for each in self.erasing if each.erasure is Erasure.NONE)
        return tuple(dict.fromkeys(kept)) if is_open else ()


def living(
    asked: tuple[Consent, ...], now: datetime, age: Age, *, is_entrusted: bool = False
) -> tuple[Living, ...]:
    """Return how every yes stands, in the order given: the one kept last first.

    What may be sent is exactly what a referral may carry: a later no ends it for its agency, and
    whoever may be under 14 cannot have answered alone.
    """
    replaced = {each.record.supersedes for each in asked if each.record}
    ended: dict[AgencyId, frozenset[Item]] = defaultdict(frozenset)
    found = []
    for each in asked:
        if each.says_yes_to(Article.COLLECT):
            stands = _stand(each, ended[each.agency], now, is_replaced=each.id in replaced)
            untold = frozenset() if is_entrusted else ON_THEIR_OWN[Article.IDENTIFIERS]
            untold = untold if each.is_by_who_may(age) else frozenset(Item)
            found.append(replace(stands, items=stands.items - untold))
        ended[each.agency] |= each.ended_items()
    return tuple(found)


def _stand(each: Consent, ended: frozenset[Item], now: datetime, *, is_replaced: bool) -> Living:
    items = each.allowed_items() - ended
    if each.withdrawn_at is not None:
        return Living(each, frozenset(), End.WITHDRAWN)
    if now >= each.valid_until:
        return Living(each, frozenset(), End.OVER)
    if is_replaced:
        return Living(each, frozenset(), End.REPLACED)
    if ended == frozenset(Item) or (each.allowed_items() and not items):
        return Living(each, frozenset(), End.LATER_NO)
    is_sound = each.record is None or each.record.is_whole
    may_leave = is_sound and each.covers(each.agency, items, now)
    return Living(each, items if may_leave else frozenset())
