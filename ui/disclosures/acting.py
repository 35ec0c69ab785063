"""What a press beside a report does: it is taken back, seen to, or read to be written again."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.disclosures import UNHELPED, Disclosure, Writing
from desktop.domain.ids import AgencyId, ReferralId
from desktop.services import disclosures
from ui.disclosures.states import Standing
from ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.domain.moment import Moment
    from ui.tasks import OpenVault

    Settling = Callable[[OpenVault, ReferralId, Moment], object]


class Acting(QObject):
    """Asks the vault, and says when it has answered."""

    settled = Signal()
    read = Signal(object)
    """What a report says, word for word: a `Writing`."""

    def __init__(self, tasks: Tasks, standing: Standing) -> None:
        """Listen to the cards; it lives as long as whoever holds it."""
        super().__init__()
        self._tasks = tasks
        standing.call_off_wanted.connect(partial(self._settle, disclosures.call_off))
        standing.seen_to.connect(partial(self._settle, disclosures.seen_to))
        standing.again_wanted.connect(self._on_again)

    def _settle(self, how: "Settling", report: ReferralId) -> None:
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: how(vault, report, moment), lambda _: self.settled.emit())

    @Slot(object)
    def _on_again(self, report: Disclosure) -> None:
        moment, is_no = self._tasks.moment(), report.status in UNHELPED

        def show(found: Writing) -> None:
            # Whoever could not take it on is not chosen once more unseen.
            self.read.emit(replace(found, agency=AgencyId("")) if is_no else found)

        self._tasks.run(lambda vault: disclosures.written(vault, report.id, moment), show)
