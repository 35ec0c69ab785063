"""Who was met before and may be whoever is being kept now, with the reasons. Never a decision."""

from dataclasses import replace

from desktop.domain.hangul import is_initials
from desktop.domain.likeness import Likeness, Sign, Sought, likeness
from desktop.domain.text import clean
from desktop.vault import names, outreach
from desktop.vault.database import Vault

_LOOKED_AT = 20
"""So many of those called alike are compared: their places are read one by one."""


def met_before(vault: Vault, sought: Sought, limit: int = 4) -> tuple[Likeness, ...]:
    """Return who may be meant by this alias, or one letter off it: the best reasons first."""
    query = clean(sought.alias).strip()
    if not query:
        return ()
    with vault.reading() as db:
        called = names.holding(db, query, _LOOKED_AT)
        slips = () if is_initials(query) else names.alike(db, query, _LOOKED_AT)
        off = {youth.id for youth in slips} - {youth.id for youth in called}
        found = []
        for youth in (*called, *(each for each in slips if each.id in off)):
            places = tuple(meeting.place for meeting in outreach.meetings_with(db, youth.id))
            like = likeness(replace(sought, alias=query), youth, places)
            is_off = youth.id in off
            found.append(replace(like, signs=(Sign.SLIP, *like.signs)) if is_off else like)
    # Whoever is called exactly so comes first; sorting leaves the newest first among equals.
    found.sort(key=lambda like: (Sign.ALIAS not in like.signs, -len(like.signs)))
    return tuple(found[:limit])
