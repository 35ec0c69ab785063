"""The one way to a vault. It loads the database only after the first window is painted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.paths import Places, refuse_copied
from ui.tasks import Failed, Worker

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.keychain import Keychain
    from desktop.services.members import Cost, Created, Making, Person, Strength, Unlocked
    from ui.unlock.by_two import Halves


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Gate:
    """Asks `services.members` on the vault's own thread."""

    worker: Worker
    places: Places
    world: str
    now: "Callable[[], datetime]"
    chance: Callable[[int], bytes]
    keychain: "Callable[[], Keychain]"
    cost: "Cost | None" = None
    """Tests and the tour pass the floor; None is what a laptop should bear."""
    folder: Path | None = None
    """Whose vault; None is the one that was used last."""
    is_told: bool = False
    """Whether somebody knows that a service copies the vault's folder, and opens it (D-185)."""

    def at(self, folder: Path) -> "Gate":
        """Return the way to one of several vaults."""
        return replace(self, folder=folder)

    def told(self) -> "Gate":
        """Return the way to the same vault for somebody who knows that a service copies it."""
        return replace(self, is_told=True)

    def folders(self) -> tuple[Path, ...]:
        """Return everybody's vault on this laptop, the one used last first. Loads nothing."""
        return tuple(sorted(self.places.vaults(self.world), key=_last_used, reverse=True))

    def people(self, then: "Callable[[tuple[Person, ...]], None]") -> None:
        """Read what everybody is called on the lock screen."""

        def work() -> "tuple[Person, ...]":
            from desktop.services import members

            return members.people(self.places, self.world)

        self.worker.do(work, then)

    def is_empty(self) -> bool:
        """Tell whether nobody has made a vault here yet."""
        return not self.places.has_vault(self.world)

    def warm_up(self) -> None:
        """Load the database and the keys while a person is still looking at the window."""
        self.worker.do(_load, _nothing)

    def judge(self, passphrase: str, then: "Callable[[Strength], None]") -> None:
        """Say how hard a passphrase is to guess."""

        def work() -> "Strength":
            from desktop.services import members

            return members.strength(passphrase)

        self.worker.do(work, then)

    def create(
        self, passphrase: str, label: str, then: "Callable[[Created], None]", failed: Failed
    ) -> None:
        """Make another vault; `label` may be empty where it is the first."""

        def work() -> "Created":
            from desktop.services import members

            making, folder = self.making(), self.places.new_vault(self.world, self.chance)
            if label:
                making["label"] = label
            return members.create(folder, passphrase, **making)

        self.worker.do(work, then, failed)

    def unlock(self, passphrase: str, then: "Callable[[Unlocked], None]", failed: Failed) -> None:
        """Open the vault with its passphrase."""

        def work() -> "Unlocked":
            from desktop.services import members

            return members.unlock(
                _asked_for(self),
                passphrase,
                world=self.world,
                keychain=self.keychain(),
                now=self.now(),
                chance=self.chance,
            )

        self.worker.do(work, then, failed)

    def recover(
        self, code: str, passphrase: str, then: "Callable[[Unlocked], None]", failed: Failed
    ) -> None:
        """Open with the recovery code and put a new passphrase in force."""

        def work() -> "Unlocked":
            from desktop.services import members

            return members.set_passphrase(
                _asked_for(self), code, passphrase, now=self.now(), **self.making()
            )

        self.worker.do(work, then, failed)

    def open_with_two(
        self, halves: "Halves", passphrase: str, then: "Callable[[Unlocked], None]", failed: Failed
    ) -> None:
        """Open with the organisation's two halves, write down why, and set a new passphrase."""

        def work() -> "Unlocked":
            from ui.unlock.by_two import opened

            return opened(_asked_for(self), halves, passphrase, self.now(), self.making())

        self.worker.do(work, then, failed)

    def prove_code(
        self, opened: "Created | Unlocked", then: Callable[[None], None], failed: Failed
    ) -> None:
        """Remember that the recovery code is on paper."""

        def work() -> None:
            from desktop.services import members

            members.prove_code(opened.vault)

        self.worker.do(work, then, failed)

    def check_code(self, code: str, then: Callable[[bool], None]) -> None:
        """Tell whether this can be a recovery code at all."""

        def work() -> bool:
            from desktop.services import members

            return members.looks_like_a_code(code)

        self.worker.do(work, then)

    def making(self) -> "Making":
        """Return what a new passphrase needs. Asks the keyring: on the vault's thread only."""
        from desktop.services import members

        return {
            "world": self.world, "chance": self.chance, "keychain": self.keychain(),
            "cost": self.cost or members.USUAL,
        }  # fmt: skip

    def vault(self) -> Path:
        """Return the folder of the vault that is to be opened."""
        known = self.folder or next(iter(self.folders()), None)
        return known or self.places.vault(self.world)


def _asked_for(gate: Gate) -> Path:
    folder = gate.vault()
    if not gate.is_told:
        refuse_copied(folder)
    return folder


def _last_used(folder: Path) -> int:
    try:
        return max(file.stat().st_mtime_ns for file in folder.iterdir())
    except (OSError, ValueError):  # somebody is just putting a backup back: last in the row
        return 0


def _load() -> None:
    from desktop.services import members

    members.strength("")


def _nothing(_: None) -> None:
    return None
