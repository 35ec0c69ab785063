"""For a coordinator: one agency that has not answered another organisation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.services.silences import Quiet
from i18n import formats, tr
from sync.protocol.states import ERASURE_OVERDUE
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, text, wrapped


class QuietRow(QFrame):
    """Says who asked whom, and whom to call; goes when somebody has seen to it."""

    settled = Signal(str)

    def __init__(self, quiet: Quiet) -> None:
        """Say what is known, which is nothing about the young person."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.quiet = quiet
        names = f"{quiet.asker} → {quiet.asked}"
        self.line = _line(quiet)
        self.done_button = Button(tr("Seen to"), "plain", "check").sized("small")
        self.done_button.setObjectName("silence-done")
        self.done_button.setAccessibleName(f"{names}: {tr('Seen to')}")
        self.done_button.clicked.connect(lambda: self.settled.emit(quiet.silence.referral))
        column, row = QVBoxLayout(), QHBoxLayout(self)
        column.setSpacing(3)
        column.addWidget(Elided(text(names, "body", "text", "semibold")))
        column.addWidget(wrapped(self.line, "caption", "text2"))
        row.setContentsMargins(14, 9, 10, 9)
        row.setSpacing(12)
        row.addWidget(Icon("phone", "warn_text"))
        row.addLayout(column, 1)
        row.addWidget(self.done_button)
        self.setAccessibleName(f"{names}. {self.line}")


def _line(quiet: Quiet) -> str:
    at = formats.day_and_clock(quiet.silence.at)
    call = tr("Call {agency} ({phone}).", agency=quiet.asked, phone=quiet.phone)
    call = call if quiet.phone else tr("Call {agency}.", agency=quiet.asked)
    if quiet.silence.reason == ERASURE_OVERDUE:
        return tr("Destruction not confirmed in time, told {time}. {call}", time=at, call=call)
    return tr(
        "No answer for twice as long as it may take, told {time}. {call}", time=at, call=call
    )
