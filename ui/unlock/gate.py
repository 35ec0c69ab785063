"""The one way to a vault. It loads the database only after the first window is painted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.paths import Places
from ui.tasks import Failed, Worker

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.keychain import Keychain
    from desktop.services.members import Cost, Created, Strength, Unlocked


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

    def create(self, passphrase: str, then: "Callable[[Created], None]", failed: Failed) -> None:
        """Make the vault."""

        def work() -> "Created":
            from desktop.services import members

            return members.create(
                self.places.vault(self.world),
                passphrase,
                world=self.world,
                chance=self.chance,
                keychain=self.keychain(),
                cost=self.cost or members.USUAL,
            )

        self.worker.do(work, then, failed)

    def unlock(self, passphrase: str, then: "Callable[[Unlocked], None]", failed: Failed) -> None:
        """Open the vault with its passphrase."""

        def work() -> "Unlocked":
            from desktop.services import members

            return members.unlock(
                self.places.vault(self.world),
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
                self.places.vault(self.world),
                code,
                passphrase,
                now=self.now(),
                world=self.world,
                chance=self.chance,
                keychain=self.keychain(),
                cost=self.cost or members.USUAL,
            )

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


def _load() -> None:
    from desktop.services import members

    members.strength("")


def _nothing(_: None) -> None:
    return None
