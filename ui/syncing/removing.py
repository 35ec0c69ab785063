"""Asks before a round takes much away at once. Two presses; nothing is chosen beforehand."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.exchange import HubState, Round
from i18n import ntr, tr
from ui.widgets.buttons import Button
from ui.widgets.card import Notice


class RemovingPart(QWidget):
    """Hidden while nothing is asked."""

    agreed = Signal()

    def __init__(self) -> None:
        """Ask nothing yet."""
        super().__init__()
        self.notice = Notice("triangle-alert", "", "warn")
        self.go_button = Button(tr("Let them go…"), "plain")
        self.sure_button = Button(tr("Yes, destroy what they told us"), "danger", "eraser")
        self.go_button.setObjectName("removing-go")
        self.sure_button.setObjectName("removing-sure")
        self.go_button.clicked.connect(self._on_go)
        self.sure_button.clicked.connect(self._on_sure)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.addWidget(self.go_button)
        buttons.addWidget(self.sure_button)
        buttons.addStretch()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addLayout(buttons)
        self.hide()

    def show_round(self, done: Round | None) -> None:
        """Ask, if the last round stopped for it."""
        if done is None or done.state is not HubState.WOULD_REMOVE:
            self.hide()
        elif self.isHidden():  # whoever has pressed once keeps their place
            self.show()
            self.go_button.show()
            self.sure_button.hide()
            words = ntr(
                "What came would take away the words of {n} received referral.",
                "What came would take away the words of {n} received referrals.",
                int(done.problem or 0),
            )
            ask = tr("If you did not expect it, call the other side or your center first.")
            self.notice.show_words("triangle-alert", f"{words} {ask}", "warn")

    @Slot()
    def _on_go(self) -> None:
        self.go_button.hide()
        self.sure_button.show()
        self.sure_button.setFocus()

    @Slot()
    def _on_sure(self) -> None:
        self.hide()
        self.agreed.emit()
