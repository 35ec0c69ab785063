"""Asks before a round takes much away at once. Two presses; nothing is chosen beforehand."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.exchange import HubState, Round
from i18n import ntr, tr
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.twice import SecondButton


class RemovingPart(QWidget):
    """Hidden while nothing is asked."""

    agreed = Signal(int)
    """That so many go, and no more."""

    def __init__(self) -> None:
        """Ask nothing yet."""
        super().__init__()
        self._count = 0
        self.notice = Notice("triangle-alert", "", "warn")
        self.go_button = Button(tr("Let them go…"), "plain")
        self.sure_button = SecondButton(tr("Yes, destroy what they told us"), "danger", "eraser")
        self.keep_button = Button(tr("Not now"), "plain")
        self.keep_button.setObjectName("removing-keep")
        self.go_button.setObjectName("removing-go")
        self.sure_button.setObjectName("removing-sure")
        self.go_button.clicked.connect(self._on_go)
        self.keep_button.clicked.connect(self._on_keep)
        self.sure_button.clicked.connect(self._on_sure)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        for button in (self.go_button, self.keep_button, self.sure_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.setSpacing(8)
        column.setSpacing(10)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addLayout(buttons)
        self.hide()

    def show_round(self, done: Round | None) -> None:
        """Ask, if the last round stopped for it."""
        if done is None or done.state is not HubState.WOULD_REMOVE:
            self.hide()
            return
        count = int(done.problem or 0)
        if self.isHidden() or count != self._count:  # whoever has pressed once keeps their place
            self._count = count
            self.show()
            self._step(is_second=False)
            self.notice.show_words("triangle-alert", _asking(count, done.removed), "warn")

    @Slot()
    def _on_go(self) -> None:
        self._step(is_second=True)
        self.keep_button.setFocus()

    @Slot()
    def _on_keep(self) -> None:
        self._step(is_second=False)
        self.go_button.setFocus()

    def _step(self, *, is_second: bool) -> None:
        self.go_button.setVisible(not is_second)
        for button in (self.keep_button, self.sure_button):
            button.setVisible(is_second)

    @Slot()
    def _on_sure(self) -> None:
        self.hide()
        self.agreed.emit(self._count)


def _asking(count: int, before: int) -> str:
    going = ntr(
        "What came would take away the words of {n} received referral.",
        "What came would take away the words of {n} received referrals.",
        count,
    )
    gone = ntr(
        "Those of {n} have gone just before.", "Those of {n} have gone just before.", before
    )
    ask = tr("If you did not expect it, call the other side or your center first.")
    rest = tr(
        "Until you let them go nothing else that came is shown: answers, new referrals,"
        " signatures."
    )
    return " ".join((going, gone, ask, rest) if before else (going, ask, rest))
