"""Looks that a full disk could not take yet: said quietly, until they are written down."""

from PySide6.QtCore import Slot

from desktop.services import looks
from i18n import ntr
from ui.tasks import Tasks
from ui.widgets.card import Notice


class OwedLooks(Notice):
    """Hidden while nothing is owed."""

    def __init__(self, tasks: Tasks) -> None:
        """Say nothing yet."""
        super().__init__("hard-drive", "", "warn")
        self.setObjectName("owed-looks")
        self._tasks = tasks
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Ask how many are owed: somebody looked just now."""
        self._tasks.run(looks.owed, self._show, _nothing)

    @Slot()
    def settle(self) -> None:
        """Something could be saved again: what is owed may be, too."""
        if not self.isHidden():
            self._tasks.run(looks.settle, lambda _: self.ask(), _nothing)

    def _show(self, owed: int) -> None:
        words = ntr(
            "{n} look waits for room on the disk. Free some space; it is written down by itself.",
            "{n} looks wait for room on the disk. Free some space; they are written down by "
            "themselves.",
            owed,
        )
        self.show_words("hard-drive", words, "warn")
        self.setVisible(owed > 0)


def _nothing(_: object) -> None:
    return None
