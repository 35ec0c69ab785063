"""What goes in, for whom and why: nothing is chosen beforehand."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from desktop.domain.looks import Why
from desktop.domain.summaries import REASONS, Chosen, Section
from desktop.errors import NothingWritten
from i18n import tr
from ui.printing.words import reason_words, section_words
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice, Segmented

_COUNTS = ("1", "5", "10000")


class ChoosingPart(QWidget):
    """Says by `changed` whether everything that is needed was chosen."""

    changed = Signal(bool)
    grown = Signal()

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self.boxes = {each: QCheckBox(section_words(each)) for each in Section}
        self.count = Segmented(tr("How many notes"), _counts())
        self.sensitive = QCheckBox(tr("With passages marked as sensitive"))
        self.sensitive.setObjectName("summary-sensitive")
        self.reason = QComboBox()
        self.reason.setObjectName("summary-reason")
        self.reason.setAccessibleName(tr("Why it is printed"))
        self.reader = Field(tr("Who gets it"), tr("A person or a place. It stands on every page."))
        self.reader.edit.setObjectName("summary-reader")
        self.printer = Field(tr("Your name"), tr("It stands on every page."))
        self.printer.edit.setObjectName("summary-printer")
        self._notes = QWidget()
        self._lay_out()
        self._connect()
        self.rest()

    def rest(self) -> None:
        """Choose nothing any more; one's own name stays."""
        for box in (*self.boxes.values(), self.sensitive):
            box.setChecked(False)
        self.count.choose(_COUNTS[0])
        self.reason.clear()
        self.reason.addItem(tr("Choose the reason"), None)
        for why in REASONS:
            self.reason.addItem(reason_words(why), why.value)
        self.reader.edit.clear()
        self._on_changed()

    def chosen(self) -> Chosen | None:
        """Return what was chosen; None while something is missing."""
        why = self.reason.currentData()
        sections = frozenset(each for each, box in self.boxes.items() if box.isChecked())
        if why is None:
            return None
        try:
            return Chosen(
                sections, Why(why), self.reader.words(), self.printer.words(),
                int(self.count.key() or _COUNTS[0]),
                with_sensitive=self.sensitive.isChecked() and Section.NOTES in sections,
            )  # fmt: skip
        except NothingWritten:
            return None

    @Slot()
    def _on_changed(self) -> None:
        has_notes = self.boxes[Section.NOTES].isChecked()
        if self._notes.isVisibleTo(self) != has_notes:
            self._notes.setVisible(has_notes)
            self.grown.emit()
        self.changed.emit(self.chosen() is not None)

    def _connect(self) -> None:
        for box in (*self.boxes.values(), self.sensitive):
            box.toggled.connect(self._on_changed)
        self.reason.currentIndexChanged.connect(self._on_changed)
        for field in (self.reader, self.printer):
            field.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        column, grid, notes = QVBoxLayout(self), QGridLayout(), QVBoxLayout(self._notes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(text(tr("What goes in"), "body", weight="semibold"))
        for n, (section, box) in enumerate(self.boxes.items()):
            box.setObjectName(f"summary-{section.value}")
            grid.addWidget(box, n // 2, n % 2)
        column.addLayout(grid)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.addWidget(self.count)
        notes.addWidget(self.sensitive)
        column.addWidget(self._notes)
        column.addWidget(text(tr("For whom and why"), "body", weight="semibold"))
        column.addWidget(self.reason)
        people = QGridLayout()
        people.addWidget(self.reader, 0, 0)
        people.addWidget(self.printer, 0, 1)
        column.addLayout(people)
        told = tr("The record of looks keeps who printed what, when and why: no word of it.")
        column.addWidget(wrapped(told, "caption", "text3"))


def _counts() -> tuple[Choice, ...]:
    words = (tr("The newest note"), tr("The newest five"), tr("All of them"))
    return tuple(Choice(key, word) for key, word in zip(_COUNTS, words, strict=True))
