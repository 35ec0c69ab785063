"""Opening with the recovery code, which sets a new passphrase."""

from PySide6.QtCore import Signal, Slot

from desktop.errors import AppError
from i18n import tr
from ui import messages
from ui.unlock.gate import Gate
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.field import Field


class RecoveringPage(Stage):
    """Takes the code from paper; lines, spaces and small letters do not matter."""

    entered = Signal(str)
    back_wanted = Signal()

    def __init__(self, gate: Gate) -> None:
        """Ask for the code."""
        lead = tr("Type the code from the paper. You then choose a new passphrase.")
        super().__init__(tr("Open with the recovery code"), lead)
        self._gate = gate
        self.code = Field(tr("Recovery code"), tr("26 letters and numbers. Paste is fine."))
        self.code.edit.setObjectName("recovery-code")
        self.code.edit.setProperty("large", "true")
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next).sized("large")
        self.next_button.setObjectName("recovery-next")
        back = Button(tr("Back"), "quiet", "arrow-left")
        back.setObjectName("recovery-back")
        back.clicked.connect(self.back_wanted)
        self.add(self.code, self.next_button)
        self.foot.addWidget(back)
        self.foot.addStretch()
        self.code.entered.connect(self._on_next)
        self.setFocusProxy(self.code.edit)

    def say_failed(self, error: AppError) -> None:
        """Say what was wrong and let the person look again."""
        self.code.say_wrong(messages.sentence(error))
        self.code.edit.setFocus()

    @Slot()
    def _on_next(self) -> None:
        if self.code.words():
            self._gate.check_code(self.code.words(), self._on_checked)

    def _on_checked(self, is_code: bool) -> None:
        if is_code:
            self.code.say_wrong("")
            self.entered.emit(self.code.words())
        else:
            self.code.say_wrong(tr("A letter is missing or different. Look at the paper again."))
