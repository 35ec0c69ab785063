"""Beginning practice anew: what that destroys is said first, and it takes two presses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet
from ui.widgets.twice import TwiceButton


class AnewSheet(Sheet):
    """Emits `wanted` at the second press."""

    wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        """Be ready over the window, hidden."""
        super().__init__(window, tr("Begin practice anew"), tr("Close"), 520)
        self.setObjectName("anew-sheet")
        about = tr(
            "You choose a language and a passphrase as on the first evening. "
            "A new week of invented work is laid out then."
        )
        lost = tr(
            "Everything that was practised on this laptop is destroyed, also by colleagues who "
            "share it. What is real stays as it is."
        )
        self.notice = Notice("triangle-alert", lost, "warn")
        self.stay_button = Button(tr("Close"), "quiet", pressed=self.leave)
        self.act_button = TwiceButton(
            tr("Begin anew"), tr("Yes, destroy it and begin"), "danger", "refresh-cw"
        )
        self.act_button.agreed.connect(self.wanted)
        self.act_button.setObjectName("anew-act")
        self.body.addWidget(wrapped(about, "body", "text"))
        self.body.addWidget(self.notice)
        self.foot.addStretch()
        self.foot.addWidget(self.stay_button)
        self.foot.addWidget(self.act_button)

    def begin(self) -> None:
        """Ask for the first press."""
        self.act_button.rest()
        self.open(self.stay_button)
