"""Sealed backups at the hub, for the day a laptop is lost: left piece by piece, by difference.

Only where the organisation's rule says so, and only on a line that a person has called the
office's: whoever calls `leave` has asked that. `lost_laptops` brings them back.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.backups import Generation, named
from desktop.errors import BackupFailed, NoBackup, NotEnrolled
from desktop.services import enrolment, leaving
from desktop.services.backups import listing
from desktop.services.leaving import Way, names_of, over, own_sets
from desktop.services.office_line import ANSWER_SECONDS, Progress, Watch, in_our_words
from desktop.trust_errors import NoRoomAtHub
from desktop.vault import office_backups as row
from desktop.vault import opening, pieces, rejoining
from desktop.vault.database import Vault
from desktop.vault.folder import Folder
from desktop.vault.shelf import Shelf
from sync.client import backups, errors
from sync.client.enrolment import Enrolment
from sync.protocol.digests import sha256

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

__all__ = [
    "Left", "Outcome", "Progress", "Standing", "Watch", "decide", "drop_purged", "is_left",
    "leave", "left_as_another", "rule", "standing",
]  # fmt: skip

_OFF = "backups-off"


@dataclass(frozen=True, slots=True)
class Standing:
    """What this laptop knows without asking the hub."""

    is_on: bool | None
    """The organisation's rule as last heard; None when it was never asked."""
    newest: Generation | None
    """The newest backup that is whole at the hub."""
    left_at: datetime | None
    is_due: bool
    """The newest backup, under the code in force, is not there yet, and the rule is not no."""
    owes_dropping: bool
    """The hub holds what was destroyed here: `drop_purged` asks it to do the same."""


class Outcome(StrEnum):
    """How leaving a backup went."""

    LEFT = "left"
    THERE = "there"
    """It was there already."""
    OFF = "off"
    """The organisation's rule says no."""
    STOPPED = "stopped"
    """What was brought stays there for a week: the next time goes on from it."""
    NOTHING = "nothing"
    """No backup was made yet."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was done."""

    outcome: Outcome
    sent: int = 0
    """Bytes of pieces that the hub did not have."""


def standing(vault: Vault) -> Standing:
    """Return how it stands, as far as it is known here."""
    here = listing(vault.folder)
    try:
        own = _own(vault)
    except NotEnrolled:
        return Standing(None, None, None, is_due=False, owes_dropping=False)
    with vault.reading() as db:
        known = row.known(db, own.device)
    if known is None:
        return Standing(None, None, None, is_due=bool(here), owes_dropping=False)
    is_due = known.is_on and bool(here) and not _is_newest(vault, here[0], known)
    owes = bool(over(vault, known.kept))
    return Standing(known.is_on, named(known.newest), known.left_at, is_due, owes)


def rule(vault: Vault, hub: "HttpHub", now: datetime) -> bool:
    """Ask for the organisation's rule, and remember it; raises HubAway, NotEnrolled.

    Where it says yes, what is believed to be there is looked for: somebody may have ended it all
    in between, or the hub may have been put back to before.
    """
    own = _own(vault)
    with in_our_words():
        is_on = _heard(vault, own, is_on=backups.rule(hub, now))
        if is_on and _believes(vault, own):
            _looked(vault, hub, own, now)
    return is_on


def decide(vault: Vault, hub: "HttpHub", now: datetime, *, is_on: bool) -> bool:
    """Make the rule; raises NotAdmin. Off destroys everything that was left at the hub."""
    own = _own(vault)
    with in_our_words():
        return _heard(vault, own, is_on=backups.decide(hub, now, is_on=is_on))


def leave(vault: Vault, hub: "HttpHub", watch: Watch) -> Left:
    """Leave the newest backup at the hub: what it lacks of it, and where it was cut, from there.

    What was destroyed here goes there too, and what another code opens. Raises HubAway (call it
    again later), NotEnrolled, NoRoomAtHub, HubRefused, BackupDamaged, BackupFailed, DiskFailed.
    """
    try:
        return _left(vault, hub, watch)
    except NoRoomAtHub:
        # What was destroyed here goes there whether or not anything new finds room beside it.
        if not drop_purged(vault, hub, watch.clock()):
            raise
        return _left(vault, hub, watch)


def _left(vault: Vault, hub: "HttpHub", watch: Watch) -> Left:
    own = _own(vault)
    shelf, keys = Shelf(Folder(vault.folder).backup), vault.session.keys
    hub.answer_seconds = ANSWER_SECONDS
    way = Way(vault, hub, own, watch)
    with in_our_words():
        try:
            if not _heard(vault, own, is_on=backups.rule(hub, watch.clock())):
                return Left(Outcome.OFF)
            newest = pieces.newest(shelf, keys)
            if _is_there(way, newest.name):
                return Left(Outcome.THERE)
            going = pieces.sealed(shelf, newest, keys, watch.goes_on)
            return Left(Outcome.LEFT, leaving.left(way, going))
        except NoBackup:  # none yet, or it made room for a newer one meanwhile
            return Left(Outcome.STOPPED if shelf.listing() else Outcome.NOTHING)
        except BackupFailed:
            if watch.goes_on():
                raise
            return Left(Outcome.STOPPED)
        except errors.Refused as error:
            if error.code != _OFF:
                raise
            _heard(vault, own, is_on=False)
            return Left(Outcome.OFF)


def drop_purged(vault: Vault, hub: "HttpHub", now: datetime) -> int:
    """Have the hub destroy what was destroyed here; return how many sets. Over any line.

    Raises HubAway, NotEnrolled.
    """
    own = _own(vault)
    with in_our_words():
        return len(own_sets(hub, own, now)) - len(_looked(vault, hub, own, now))


def is_left(vault: Vault) -> bool:
    """Say whether something of this laptop lies at the hub, as far as it is known here."""
    try:
        return _believes(vault, _own(vault))
    except NotEnrolled:
        return False


def left_as_another(vault: Vault) -> bool:
    """Say whether something may lie there that this laptop left as a device it was before.

    That is destroyed by an admin alone (`lost_laptops.destroy`), or 90 days after it was shut out.
    """
    with vault.reading() as db:
        was_another = bool(rejoining.signed_before(db))
    return was_another and standing(vault).is_on is not False


def _is_newest(vault: Vault, made: Generation, known: row.Known) -> bool:
    if made.name != known.newest:
        return False
    # What another code opens is not the newest, though nothing was written since.
    header = pieces.for_the_code(opening.current(vault), vault.session.keys)
    return sha256(header).hex() == known.header


def _believes(vault: Vault, own: Enrolment) -> bool:
    with vault.reading() as db:
        known = row.known(db, own.device)
    return known is not None and bool(known.kept)


def _is_there(way: Way, newest: str) -> bool:
    with way.vault.reading() as db:
        known = row.known(db, way.own.device)
    # An answer that was lost may have left a set there of which nothing is known here.
    if known is None or known.newest != newest:
        return False
    return newest in _looked(way.vault, way.hub, way.own, way.watch.clock())


def _looked(vault: Vault, hub: "HttpHub", own: Enrolment, now: datetime) -> tuple[str, ...]:
    """Return which of our sets are there, once those destroyed here are gone there too."""
    names = own_sets(hub, own, now)
    gone = over(vault, names)
    if gone:
        names = names_of(backups.drop(hub, gone, now), own)
    with vault.transaction() as db:
        row.is_there(db, own.device, names)
    return names


def _heard(vault: Vault, own: Enrolment, *, is_on: bool) -> bool:
    with vault.transaction() as db:
        row.heard(db, own.device, is_on=is_on)
    return is_on


def _own(vault: Vault) -> Enrolment:
    if vault.session.identity.purpose != "own":  # a team's vault never leaves its office
        raise NotEnrolled
    with vault.reading() as db:
        return enrolment.current(db)
