"""A code that belongs on paper: written down or printed, then proven by typing two groups."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import text


class PaperCode(QWidget):
    """Shows the code once. We write it to no file and no clipboard; printing spools it briefly."""

    confirmed = Signal()

    def __init__(self, code: str, chance: Callable[[int], bytes], name: str) -> None:
        """Show `code`, on paper called `name`; ask for two groups of it, chosen by chance."""
        super().__init__()
        self._code, self._name = code, name
        self.groups = groups_of(code)
        self.asked = _two_of(len(self.groups), chance)
        self.print_button = Button(tr("Print"), "plain", "printer", pressed=self._on_print)
        self.print_button.setObjectName("recovery-print")
        self.fields = tuple(self._field(number) for number in self.asked)
        self.done_button = Button(tr("I have it on paper"), "primary", pressed=self._on_done)
        self.done_button.sized("large").setObjectName("recovery-done")
        self.done_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(big_code(code))
        column.addLayout(self._proof())
        column.addWidget(self.done_button)
        self.setFocusProxy(self.fields[0].edit)

    def _field(self, number: int) -> Field:
        field = Field(tr("Group {number}", number=number + 1))
        field.edit.setObjectName(f"recovery-group-{number + 1}")
        field.edit.setMaxLength(len(self.groups[number]))
        field.changed.connect(self._on_typed)
        field.entered.connect(self._on_done)
        return field

    def _proof(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in self.fields:
            row.addWidget(field)
        row.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _is_proven(self) -> bool:
        return all(
            field.words().upper() == self.groups[number]
            for field, number in zip(self.fields, self.asked, strict=True)
        )

    @Slot()
    def _on_typed(self) -> None:
        for field, number in zip(self.fields, self.asked, strict=True):
            group = self.groups[number]
            is_wrong = bool(field.words()) and not group.startswith(field.words().upper())
            field.say_wrong(tr("Look at the paper again.") if is_wrong else "")
        self.done_button.setEnabled(self._is_proven())

    @Slot()
    def _on_done(self) -> None:
        if self._is_proven():
            self.confirmed.emit()

    @Slot()
    def _on_print(self) -> None:
        # Printing is rare; its library is loaded only for the one who prints.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        self._dialog = QPrintDialog(printer, self)
        self._dialog.accepted.connect(lambda: self._document().print_(printer))
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.show()

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        note = tr("Keep it away from the laptop.")
        document.setPlainText(f"{self._name}\n\n{self._code}\n\n{note}")
        return document


def groups_of(code: str) -> tuple[str, ...]:
    """Return the groups in which a code is read aloud."""
    return tuple(code.replace(" ", "-").split("-"))


def big_code(code: str) -> QFrame:
    """Return a code large, its groups numbered, to be read or written down."""
    paper = QFrame()
    paper.setProperty("card", "sunken")
    paper.setAccessibleName(tr("Recovery code: {code}", code=code))
    grid = QGridLayout(paper)
    grid.setContentsMargins(18, 16, 18, 16)
    grid.setVerticalSpacing(10)
    for number, group in enumerate(groups_of(code)):
        cell = QHBoxLayout()
        cell.setSpacing(8)
        cell.addWidget(text(f"{number + 1}", "caption", "text3"))
        cell.addWidget(text(group, "title", weight="semibold"))
        cell.addStretch()
        grid.addLayout(cell, number // 4, number % 4)
    return paper


def _two_of(count: int, chance: Callable[[int], bytes]) -> tuple[int, int]:
    first, apart = chance(2)
    one = first % count
    other = (one + 1 + apart % (count - 1)) % count
    return (min(one, other), max(one, other))
