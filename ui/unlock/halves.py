"""Opening with the organisation's key: two people, half a code each, and a reason."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.domain.looks import Why
from desktop.errors import AppError, WrongPassphrase
from i18n import later, tr
from ui import messages
from ui.unlock.by_two import Halves
from ui.unlock.gate import Gate
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import IconLabel, text

_WHYS: Final = {
    Why.HANDOVER: later("The colleague has left"),
    Why.DANGER: later("Somebody's life is in danger"),
    Why.ABUSE: later("Abuse is suspected"),
    Why.ASKED: later("The young person asked to see it"),
    Why.LAW: later("A law requires it"),
    Why.INSPECTION: later("An inspection"),
}


class HalvesPage(Stage):
    """Emits `entered` with both halves and why; a new passphrase is chosen after it."""

    entered = Signal(object)
    back_wanted = Signal()

    def __init__(self, gate: Gate) -> None:
        """Ask for the halves."""
        lead = tr("Two people each hold half of your organization's key. Both type theirs here. "
                  "Whoever owns this vault will see that it was opened.")  # fmt: skip
        super().__init__(tr("Open with the two halves"), lead)
        self._gate = gate
        self.whose = IconLabel("user-round", "", "text2", "body")
        self.a = Field(tr("First half"), tr("28 letters and numbers. Paste is fine."))
        self.b = Field(tr("Second half"))
        for name, field in (("a", self.a), ("b", self.b)):
            field.edit.setObjectName(f"half-{name}")
            field.edit.setProperty("large", "true")
        self.why = QComboBox()
        self.why.setObjectName("half-why")
        self.why.setAccessibleName(tr("Why it is opened"))
        self.why.addItem(tr("Choose the reason"), None)
        for why, words in _WHYS.items():
            self.why.addItem(tr(words), why)
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next).sized("large")
        self.next_button.setObjectName("halves-next")
        back = Button(tr("Back"), "quiet", "arrow-left")
        back.clicked.connect(self.back_wanted)
        self.add(self.whose, self.a, self.b, _labelled(self.why), self.next_button)
        self.foot.addWidget(back)
        self.foot.addStretch()
        self.a.entered.connect(self.b.edit.setFocus)
        self.b.entered.connect(self._on_next)
        self.setFocusProxy(self.a.edit)

    def show_whose(self, name: str) -> None:
        """Say whose vault this opens, where there are several."""
        self.whose.show_words("user-round", tr("{name}'s vault", name=name))
        self.whose.setVisible(bool(name))

    def forget(self) -> None:
        """Take both halves off the screen."""
        self.a.edit.clear()
        self.b.edit.clear()

    def say_failed(self, error: AppError) -> None:
        """Say what was wrong and let them look again."""
        words = messages.sentence(error)
        if isinstance(error, WrongPassphrase):
            words = tr("These two halves do not open this vault. Compare each letter; the "
                       "organization's way in may be switched off here.")  # fmt: skip
        self.b.say_wrong(words)
        self.a.edit.setFocus()

    @Slot()
    def _on_next(self) -> None:
        self._gate.check_code(self.a.words(), self._on_first)

    def _on_first(self, is_code: bool) -> None:
        self._say_checked(self.a, is_code=is_code)
        self._gate.check_code(self.b.words(), lambda is_too: self._on_both(is_code, is_too))

    def _on_both(self, is_first: bool, is_second: bool) -> None:
        self._say_checked(self.b, is_code=is_second)
        why = self.why.currentData()
        if is_first and is_second and why is None:
            self.why.setFocus()
            self.why.showPopup()
        elif is_first and is_second:
            # Qt gives a plain word back.
            self.entered.emit(Halves(self.a.words(), self.b.words(), Why(why)))

    def _say_checked(self, field: Field, *, is_code: bool) -> None:
        words = tr("A letter is missing or different. Look at the paper again.")
        field.say_wrong("" if is_code else words)


def _labelled(box: QComboBox) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(text(box.accessibleName(), "caption", "text2", "semibold"))
    column.addWidget(box)
    return both
