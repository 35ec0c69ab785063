"""An age as it is really known on the street: said, guessed, between two, or not at all."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktop.domain.youths import OLDEST, Age, AgeBasis
from desktop.errors import AgeUnlikely
from i18n import tr
from ui.messages import sentence
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.youths.birth_line import BirthLine

_MOST, _USUAL = 99, (15, 17)
# The sheet dresses every line edit, the one inside a spin box too: two borders hide the number.
_BARE = "QSpinBox QLineEdit { border: none; margin: 0; padding: 0; min-height: 0; }"


class AgeField(QWidget):
    """Four ways to say it; as many numbers as the way needs."""

    changed = Signal()
    entered = Signal()
    """Enter was pressed in it."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Begin with an age that was told; `today` is asked when a birth date is typed."""
        super().__init__()
        self.basis = Segmented(tr("How the age is known"), _choices())
        self.basis.setObjectName("age_basis")
        self.lowest, self.highest = self._number("age"), self._number("age_highest")
        self.lowest.setAccessibleName(tr("Age"))
        self.highest.setAccessibleName(tr("Oldest it may be"))
        self.lowest.setValue(_USUAL[0])
        self.highest.setValue(_USUAL[1])
        self._to = text("–", "body", "text2")
        self.born = BirthLine(today)
        self.born.read.connect(self._on_born)
        self.hint = wrapped("", "caption", "warn")
        self._lay_out()
        self.lowest.valueChanged.connect(self._on_number)
        self.basis.chosen.connect(self._on_changed)
        self.basis.choose(AgeBasis.STATED.value)
        self._on_changed()

    def age(self) -> Age:
        """Return what was entered; a range put in backwards is still a range.

        Raises `AgeUnlikely`.
        """
        low, high = self.lowest.value(), self.highest.value()
        match AgeBasis(self.basis.key()):
            case AgeBasis.STATED:
                return Age.stated(low)
            case AgeBasis.ESTIMATED:
                return Age.estimated(low)
            case AgeBasis.RANGE:
                return Age.between(min(low, high), max(low, high))
            case AgeBasis.UNKNOWN:
                return Age.unknown()

    def show_age(self, age: Age) -> None:
        """Show an age."""
        self.born.clear()
        self.basis.choose(age.basis.value)
        is_known = age.basis is not AgeBasis.UNKNOWN
        lowest, highest = (age.lowest, age.highest) if is_known else _USUAL
        self.lowest.setValue(lowest)
        self.highest.setValue(highest)
        self._on_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no number and no choice: it is for whoever shows this."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def wrong(self) -> str:
        """Say what is wrong with it, and what to do; nothing where it is an age."""
        try:
            self.age()
        except AgeUnlikely as error:
            return self.born.wrong or sentence(error)
        return self.born.wrong

    def typed(self) -> str:
        """Return what stands there, also where it is no age anybody has; never a birth date."""
        return f"{self.basis.key()} {self.lowest.value()} {self.highest.value()}"

    def fill(self, words: str) -> None:
        """Put back what `typed` returned."""
        self.born.clear()
        basis, lowest, highest = words.split()
        self.basis.choose(basis)
        if basis != AgeBasis.UNKNOWN.value:
            self.lowest.setValue(int(lowest))
            self.highest.setValue(int(highest))
        self._on_changed()

    def _number(self, name: str) -> QSpinBox:
        box = QSpinBox()
        box.setObjectName(name)
        box.setRange(0, _MOST)  # what cannot be is answered with a sentence, not swallowed
        box.setFixedWidth(76)
        box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.setStyleSheet(_BARE)
        box.valueChanged.connect(self._on_changed)
        return box

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(self.basis)
        row.addSpacing(4)
        for widget in (self.lowest, self._to, self.highest):
            row.addWidget(widget)
        row.addWidget(self.born, 1)
        row.addStretch()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(text(tr("Age"), "caption", "text2", "semibold"))
        column.addLayout(row)
        column.addWidget(self.hint)

    @Slot()
    def _on_changed(self) -> None:
        key = self.basis.key()
        if not key:
            return
        basis = AgeBasis(key)
        self.lowest.setVisible(basis is not AgeBasis.UNKNOWN)
        self.born.setVisible(basis is AgeBasis.STATED)
        if basis is not AgeBasis.STATED and self.born.text():
            self.born.clear()  # comes back here
            return
        for widget in (self.highest, self._to):
            widget.setVisible(basis is AgeBasis.RANGE)
        # Where nothing is known, nothing is pointed out yet: it can be told at any time.
        words = "" if basis is AgeBasis.UNKNOWN else self._words()
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.changed.emit()

    @Slot(int)
    def _on_number(self, years: int) -> None:
        if 0 < years <= OLDEST:
            self.born.yield_to(years)
        else:
            self.born.clear()

    @Slot(object)
    def _on_born(self, age: Age) -> None:
        if age.basis is AgeBasis.STATED:
            self.lowest.setValue(age.lowest)
        self._on_changed()

    def _words(self) -> str:
        wrong = self.wrong()
        is_young = not wrong and self.age().may_be_under_14()
        return tr("May be under 14: a legal guardian gives consent.") if is_young else wrong


def _choices() -> tuple[Choice, ...]:
    return (
        Choice(AgeBasis.STATED.value, tr("Told")),
        Choice(AgeBasis.ESTIMATED.value, tr("Estimated")),
        Choice(AgeBasis.RANGE.value, tr("Range")),
        Choice(AgeBasis.UNKNOWN.value, tr("Unknown")),
    )
