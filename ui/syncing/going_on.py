"""The second step: what follows from going on without what is missing."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import AppError
from desktop.services.witness import Behind
from i18n import tr
from ui import messages
from ui.syncing.behind_words import count_words
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped


class GoOnPage(QWidget):
    """Has the keyboard on the way back, so that Enter decides nothing."""

    decided = Signal()
    back_wanted = Signal()
    resized = Signal()

    def __init__(self) -> None:
        """Lay out what follows, and the button that does it."""
        super().__init__()
        self.warning = Notice("triangle-alert", tr("This cannot be taken back."), "warn")
        self.count = wrapped("", "body", "text")
        self.problem = Notice("circle-alert", "", "danger")
        self.back_button = Button(tr("Back"), "plain", "arrow-left", pressed=self.back_wanted.emit)
        self.act_button = Button(tr("Go on without it"), "danger", pressed=self._on_act)
        self.act_button.setObjectName("behind-act")
        foot, column = QHBoxLayout(), QVBoxLayout(self)
        foot.addWidget(self.back_button)
        foot.addStretch()
        foot.addWidget(self.act_button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.warning, self.count, *map(wrapped, _what_follows()), self.problem):
            column.addWidget(part)
        column.addLayout(foot)
        self.setFocusProxy(self.back_button)
        self.hide()

    def show_lost(self, lost: Behind) -> None:
        """Be about this."""
        self.count.setText(count_words(lost))
        self.problem.hide()
        self._be_busy(is_busy=False)

    def say_failed(self, error: AppError) -> None:
        """Say why it was not done."""
        self._be_busy(is_busy=False)
        self.problem.show_words("circle-alert", messages.sentence(error), "danger")
        self.problem.show()
        self.back_button.setFocus()
        self.resized.emit()

    @Slot()
    def _on_act(self) -> None:
        self._be_busy(is_busy=True)
        self.decided.emit()

    def _be_busy(self, *, is_busy: bool) -> None:
        for button in (self.act_button, self.back_button):
            button.setEnabled(not is_busy)


def _what_follows() -> tuple[str, ...]:
    return (
        tr("What is here now counts from now on. What is missing stays missing on this laptop."),
        tr(
            "The Youth Safety Net is told that somebody here decided so, and keeps that. It does "
            "not learn what was in it."
        ),
        tr("A newer vault that is found later cannot use the line any more: keep it, and call "
           "your center."),
    )  # fmt: skip
