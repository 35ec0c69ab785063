"""The lines of one screen of a consent text: what stands in Korean, and the words beside it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.consent_errors import Fault
from desktop.domain.consent_texts import Path, required
from ui import style
from ui.consents.fault_words import law_words, line_words, why_words
from ui.widgets.labels import repaint, wrapped

_HEIGHT = 62


class WordingRow(QWidget):
    """One place: its name, the law behind it, the Korean, a box, and what is wrong with it."""

    def __init__(self, path: Path, beside: str, words: str) -> None:
        """Show `words`."""
        super().__init__()
        self.path = path
        self.problem = wrapped("", "caption", "danger")
        self.problem.hide()
        self.box = _box(path, line_words(path) or beside, words)
        about = wrapped(_about(path), "caption", "text2", "semibold")
        if not about.text():
            about.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addLayout(_side(about, wrapped(beside, "body", "text")), 2)
        row.addLayout(_side(self.box, self.problem), 3)

    def say_wrong(self, fault: Fault | None) -> None:
        """Say what is wrong here, or that nothing is."""
        words = why_words(fault) if fault else ""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.box.setAccessibleDescription(words)
        repaint(self.box, wrong="true" if words else "false")


class WordingRows(QWidget):
    """All lines of one screen. `written` is for what a person writes."""

    written = Signal(object, str)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.rows: dict[Path, WordingRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)

    def show_lines(self, lines: Mapping[Path, tuple[str, str]]) -> None:
        """Show each place with the Korean beside it and its words."""
        self.commit()
        for old in self.rows.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        for path, (beside, words) in lines.items():
            row = WordingRow(path, beside, words)
            self.rows[path] = row
            self._column.addWidget(row)
            row.box.textChanged.connect(partial(self._on_written, row))

    def commit(self) -> None:
        """Take in the syllable that is being composed."""
        QGuiApplication.inputMethod().commit()

    def say_wrong(self, faults: Mapping[Path, Fault]) -> None:
        """Say at each place what is wrong there."""
        for path, row in self.rows.items():
            row.say_wrong(faults.get(path))

    def go_to(self, path: Path) -> None:
        """Bring the keyboard to a place."""
        if path in self.rows:
            self.rows[path].box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_written(self, row: WordingRow) -> None:
        self.written.emit(row.path, row.box.toPlainText())


def _side(*parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return column


def _about(path: Path) -> str:
    """Name a place, the law behind it and the blanks it must have."""
    blanks = " ".join(f"{{{blank}}}" for blank in sorted(required()[path]))
    return " · ".join(each for each in (line_words(path), law_words(path), blanks) if each)


def _box(path: Path, name: str, words: str) -> QPlainTextEdit:
    box = QPlainTextEdit(words)
    box.setObjectName("wording-" + "-".join(map(str, path)))
    box.setAccessibleName(name)
    box.setTabChangesFocus(True)
    box.setFixedHeight(style.scaled(_HEIGHT))
    box.setProperty("written", "true")
    return box
