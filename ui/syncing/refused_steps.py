"""What can be done about what was not taken or stays here: write it again, look, or leave it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.exchange import Waiting
from i18n import tr
from sync.protocol.messages import Kind
from ui.refusal_words import Side, side_of
from ui.widgets.buttons import Button
from ui.widgets.twice import TwiceButton


class RefusedSteps(QWidget):
    """A row of buttons under one message; what is left is asked about twice."""

    again_wanted, left = Signal(object), Signal(object)
    """Each with the `Waiting` that it is about."""

    def __init__(self, waiting: Waiting) -> None:
        """Offer what leads on from `waiting`."""
        super().__init__()
        self.waiting = waiting
        self.again_button = Button(_again_words(waiting), "plain", "pencil").sized("small")
        self.again_button.setObjectName("refused-again")
        self.leave_button = TwiceButton(
            tr("Leave it"), tr("Leave it? It stays unsaid. Press again"), "quiet", "check"
        )
        self.leave_button.sized("small")
        self.leave_button.setObjectName("refused-leave")
        self.again_button.clicked.connect(self._on_again)
        self.leave_button.agreed.connect(self._on_leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addStretch()
        row.addWidget(self.again_button)
        row.addWidget(self.leave_button)
        self.again_button.setVisible(_leads_somewhere(waiting))
        self.leave_button.setVisible(waiting.may_be_left)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All of them, shown or not."""
        return self.again_button, self.leave_button

    @Slot()
    def _on_again(self) -> None:
        self.again_wanted.emit(self.waiting)

    @Slot()
    def _on_leave(self) -> None:
        self.left.emit(self.waiting)


def _leads_somewhere(waiting: Waiting) -> bool:
    # A report is written again where the young person is; nothing here knows who that was. What
    # ended a consent of a colleague's laptop has no referral, and so no agency, in this vault.
    is_elsewhere = waiting.kind is Kind.CONSENT_WITHDRAWN and not waiting.agency_name
    return side_of(waiting.kind, is_law=waiting.is_law) is not Side.LAW and not is_elsewhere


def _again_words(waiting: Waiting) -> str:
    return tr("Write again…") if waiting.kind is Kind.TASK_NOTE else tr("Open the referral…")
