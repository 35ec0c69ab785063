"""Opening with the recovery code, which sets a new passphrase."""

from PySide6.QtCore import Signal, Slot

from desktop.errors import AppError
from i18n import tr
from ui import messages
from ui.unlock.gate import Gate
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import IconLabel


class RecoveringPage(Stage):
    """Takes the code from paper; lines, spaces and small letters do not matter."""

    entered = Signal(str)
    back_wanted = Signal()
    halves_wanted = Signal()

    def __init__(self, gate: Gate) -> None:
        """Ask for the code."""
        lead = tr("Type the code from the paper. You then choose a new passphrase.")
        super().__init__(tr("Open with the recovery code"), lead)
        self._gate = gate
        self.code = Field(tr("Recovery code"), tr("28 letters and numbers. Paste is fine."))
        self.code.edit.setObjectName("recovery-code")
        self.code.edit.setProperty("large", "true")
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next).sized("large")
        self.next_button.setObjectName("recovery-next")
        back = Button(tr("Back"), "quiet", "arrow-left")
        back.setObjectName("recovery-back")
        back.clicked.connect(self.back_wanted)
        words = tr("Open with the organization's two halves")
        self.halves_button = Button(words, "quiet", "users", pressed=self.halves_wanted.emit)
        self.halves_button.sized("small").setObjectName("recovery-halves")
        self.whose = IconLabel("user-round", "", "text2", "body")
        self.add(self.whose, self.code, self.next_button)
        self.foot.addWidget(back)
        self.foot.addStretch()
        self.foot.addWidget(self.halves_button)
        self.code.entered.connect(self._on_next)
        self.setFocusProxy(self.code.edit)

    def show_whose(self, name: str) -> None:
        """Say whose vault this opens, where there are several."""
        self.whose.show_words("user-round", tr("{name}'s vault", name=name))
        self.whose.setVisible(bool(name))

    def forget(self) -> None:
        """Take the code off the screen."""
        self.code.edit.clear()

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
