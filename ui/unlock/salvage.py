"""What is asked of a damaged vault, on the vault's own thread. The damaged files stay as they are.

Nothing of the services is loaded before somebody asks.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import BackupDamaged, WrongWorld
from ui.tasks import Failed
from ui.unlock.gate import Gate

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from desktop.services.backups import Found
    from desktop.services.members import Unlocked
    from desktop.services.salvage import Salvaged
    from desktop.services.unlocking import Finder


@dataclass(frozen=True, slots=True, repr=False)
class Chosen:
    """What opens the new vault, and what it is called on the lock screen."""

    passphrase: str
    label: str


@dataclass(frozen=True, slots=True, repr=False)
class Anew:
    """A new vault with what was read, open, and its recovery code to write down."""

    unlocked: "Unlocked"
    left_out: int
    keyring_failed: bool


@dataclass(frozen=True, slots=True, repr=False)
class Left:
    """What is left of a damaged vault, and what opened it: its backups open by it too."""

    found: "Salvaged"
    find: "Finder"


def look(gate: Gate, typed: str, then: Callable[[Left], None], failed: Failed) -> None:
    """Read what is left with a passphrase or a recovery code; wrong tries wait as at the door."""
    folder = gate.vault()

    def work() -> Left:
        from desktop.services import backups, salvage

        find = backups.finder(folder, typed, gate.keychain(), gate.now())
        found = salvage.look(folder, find)
        if found.world != gate.world:
            raise WrongWorld
        return Left(found, find)

    gate.worker.do(work, then, failed)


def make_anew(
    gate: Gate,
    found: "Salvaged",
    chosen: Chosen,
    then: Callable[[Anew], None],
    failed: Failed,
) -> None:
    """Put what was read into a new vault, where nothing is yet, and open it."""

    def work() -> Anew:
        from dataclasses import replace

        from desktop.services import members, salvage

        now = gate.now()
        place = gate.places.new_vault(gate.world, gate.chance)
        making = gate.making()
        making["label"] = chosen.label
        kept = salvage.keep(found, place, chosen.passphrase, now, **making)
        code = kept.recovery_code
        # By the code: a keyring that falls silent now does not stand in the way.
        unlocked = members.unlock_with_recovery(place, code, world=gate.world, now=now)
        unlocked = replace(unlocked, recovery_code=code)
        return Anew(unlocked, len(kept.left_out), kept.keyring_failed)

    gate.worker.do(work, then, failed)


def put_back(
    gate: Gate, left: Left, label: str, then: "Callable[[datetime], None]", failed: Failed
) -> None:
    """Put the newest backup that is whole where nothing is yet; answers when it was made."""
    folder = gate.vault()

    def work() -> "datetime":
        from contextlib import closing

        from desktop.services import backups, members, unlocking

        name = members.checked_label(label)
        place = gate.places.new_vault(gate.world, gate.chance)
        known = backups.found_at(folder)
        made = _restored(gate, left, tuple(f for f in known if _is_its(f, left)), place)
        unlocked, _ = unlocking.opened(place, gate.world, left.find)
        with closing(unlocked.vault) as vault:
            members.rename(vault, name)
        return made.generation.made_at

    gate.worker.do(work, then, failed)


def _is_its(backup: "Found", left: Left) -> bool:
    return backup.path.name in left.found.backups


def _restored(gate: Gate, left: Left, known: "tuple[Found, ...]", place: "Path") -> "Found":
    from desktop.services import backups

    _, keys = backups.opened_by(left.find, known)
    for each in known[:-1]:
        with suppress(BackupDamaged):
            backups.restore(each, place, keys, gate.now())
            return each
    backups.restore(known[-1], place, keys, gate.now())
    return known[-1]
