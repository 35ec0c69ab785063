"""What is asked of a backup that is to be brought back, on the vault's own thread.

Nothing of the services is loaded before somebody asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import NoBackup, WrongWorld
from ui.tasks import Failed
from ui.unlock.gate import Gate

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.services.backups import Found, GoesOn, Keys
    from desktop.services.unlocking import Finder, Unlocked


@dataclass(frozen=True, slots=True)
class Offered:
    """A backup that was found. What its header says is not proven yet."""

    found: "Found"
    size: int
    """Bytes."""
    is_by_code_only: bool
    is_here: bool = False
    """Its vault is on this laptop, and stays there as it is."""

    @property
    def keeps_passphrase(self) -> bool:
        """Whether what opened it goes on opening it (D-186)."""
        return self.is_here and not self.is_by_code_only


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """Which backup, what was typed for it, and its name on the lock screen: may be empty."""

    source: "Path"
    offered: Offered
    typed: str
    label: str


@dataclass(frozen=True, slots=True, repr=False)
class Proven:
    """What was typed opens it."""

    wanted: Wanted
    keys: "Keys"
    find: "Finder"
    is_anew: bool
    """A new passphrase has to be chosen for it: the code alone opened it."""


@dataclass(frozen=True, slots=True)
class Back:
    """It is back, and closed again: the lock screen opens it."""

    is_member: bool
    """It had joined an organisation: its laptop may have been shut out since."""
    keyring_failed: bool


def look(
    gate: Gate, folder: "Path", then: Callable[[tuple[Offered, ...]], None], failed: Failed
) -> None:
    """Find the backups of this world in a folder or on a stick, newest first."""

    def work() -> tuple[Offered, ...]:
        from desktop.services import backups, members

        known = backups.found_at(folder)
        ours = tuple(each for each in known if each.header.world == gate.world)
        if not ours:
            raise WrongWorld if known else NoBackup
        here = {each.vault_id for each in members.people(gate.places, gate.world)}
        return tuple(_offered(each, is_here=each.header.vault_id in here) for each in ours)

    gate.worker.do(work, then, failed)


def open_with(gate: Gate, wanted: Wanted, then: Callable[[Proven], None], failed: Failed) -> None:
    """Tell whether what was typed opens it; wrong passphrases wait as at the door."""

    def work() -> Proven:
        from desktop.services import backups, members

        if wanted.label:
            members.checked_label(wanted.label)
        find = backups.finder(wanted.source, wanted.typed, gate.keychain(), gate.now())
        _, keys = backups.opened_by(find, (wanted.offered.found,))
        is_by_code = members.looks_like_a_code(wanted.typed)
        return Proven(wanted, keys, find, is_by_code and not wanted.offered.keeps_passphrase)

    gate.worker.do(work, then, failed)


def put_here(
    gate: Gate, proven: Proven, goes_on: "GoesOn", then: "Callable[[Path], None]", failed: Failed
) -> None:
    """Put it where nothing is yet, whole and proven, or not at all; answers where that is."""

    def work() -> "Path":
        from desktop.services import backups

        place = gate.places.new_vault(gate.world, gate.chance)
        backups.restore(proven.wanted.offered.found, place, proven.keys, gate.now(), goes_on)
        return place

    gate.worker.do(work, then, failed)


def finish(
    gate: Gate, proven: Proven, passphrase: str, then: Callable[[Back], None], failed: Failed
) -> None:
    """Put the new passphrase in force in the vault at `gate` where the code opened it."""

    def work() -> Back:
        from contextlib import closing

        from desktop.services import enrolment, members
        from desktop.services.enrolment import EnrolmentState

        unlocked = _opened(gate, proven, passphrase)
        with closing(unlocked.vault) as vault:
            if proven.wanted.label:
                members.rename(vault, proven.wanted.label)
            is_member = enrolment.state(vault) is EnrolmentState.ENROLLED
        return Back(is_member, members.KEYRING_FAILED in unlocked.notices)

    gate.worker.do(work, then, failed)


def _offered(found: "Found", *, is_here: bool) -> Offered:
    from desktop.services import backups

    return Offered(found, backups.size(found), backups.opens_by_code_only(found), is_here)


def _opened(gate: Gate, proven: Proven, passphrase: str) -> "Unlocked":
    from desktop.services import members, unlocking

    if not proven.is_anew:
        return unlocking.opened(gate.vault(), gate.world, proven.find)[0]
    typed = proven.wanted.typed
    return members.set_passphrase(gate.vault(), typed, passphrase, now=gate.now(), **gate.making())
