"""What was counted, step by step, so that steps can be taken back."""

from desktop.domain.moment import Moment
from desktop.domain.outreach import Tally
from desktop.services.outreach import Counted, count, under_way
from desktop.vault import outreach
from desktop.vault.database import Vault

_STEPS = 100


class Steps:
    """What was counted since the vault was opened, to be taken back the last one first.

    Used from the vault's own thread: steps are done in the order they were asked for.
    """

    def __init__(self) -> None:
        """Nothing was counted yet."""
        self._done: list[Counted] = []

    def count(self, vault: Vault, tally: Tally, by: int, moment: Moment) -> Counted | None:
        """Count, and remember it."""
        step = count(vault, tally, by, moment)
        if step is not None and step.moved:
            self._done = [*self._done[1 - _STEPS :], step]
        return step

    def take_back(self, vault: Vault, moment: Moment) -> Counted | None:
        """Undo the last step; None when there is none, or its night is over."""
        if not self._done:
            return None
        step = self._done[-1]
        with vault.transaction() as db:
            night = under_way(db, moment)
            if night is not None and night.id == step.night:
                number, moved = outreach.count(db, night.id, step.tally, -step.moved, moment.now)
                undone = Counted(night.id, step.tally, number, moved)
            else:
                undone = None
        # Only now: what the disk refused can be taken back again.
        self._done = self._done[:-1] if undone else []
        return undone
