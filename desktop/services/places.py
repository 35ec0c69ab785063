"""Where nights were, and which nights were there. Numbers and places alone: no look at anybody."""

from dataclasses import dataclass

from desktop.domain.places import NightThere, Place
from desktop.vault import places
from desktop.vault.database import Vault

SHOWN = 200
"""Places, and nights at one of them."""


@dataclass(frozen=True, slots=True)
class Places:
    """Places, that of the newest night first; `has_more` when there are older ones."""

    places: tuple[Place, ...]
    has_more: bool
    there: tuple[NightThere, ...] = ()
    """The nights at the first of them."""


def every(vault: Vault) -> Places:
    """Return where nights were."""
    with vault.reading() as db:
        found, there = places.every(db, SHOWN + 1)
    return Places(found[:SHOWN], len(found) > SHOWN, there[:SHOWN])


def nights_at(vault: Vault, place: str) -> tuple[NightThere, ...]:
    """Return the nights at a place, newest first."""
    with vault.reading() as db:
        return places.nights_at(db, place, SHOWN)
