"""Where the steps are written: a box each, and one press for the numbers."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.safety import Step
from desktop.services.safety import Words
from ui import style
from ui.safety.steps import numbers, words
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow
from ui.widgets.labels import text

_HEIGHT = 62


class StepBoxes(QWidget):
    """Says `changed` only for what a person writes."""

    changed = Signal()

    def __init__(self) -> None:
        """Lay out empty boxes."""
        super().__init__()
        self.boxes = {step: _box(step) for step in Step}
        self.chips: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for number, (step, box) in enumerate(self.boxes.items(), start=1):
            column.addWidget(text(f"{number}. {words(step).title}", "body", weight="semibold"))
            column.addWidget(box)
            if step is Step.CALL:
                column.addWidget(self._chips())
            column.addSpacing(6)
            box.textChanged.connect(self.changed)

    def show_words(self, said: Words) -> None:
        """Fill the boxes without announcing a change."""
        self.blockSignals(True)
        for step, box in self.boxes.items():
            box.setPlainText(said.get(step, ""))
        self.blockSignals(False)

    def words(self) -> dict[Step, str]:
        """Return what is written, the syllable being composed included."""
        QGuiApplication.inputMethod().commit()
        said = {step: box.toPlainText() for step, box in self.boxes.items()}
        return {step: written for step, written in said.items() if written.strip()}

    def _chips(self) -> QWidget:
        made = QWidget()
        flow = Flow(made, gap=6)
        for line in numbers():
            chip = Button(line, "chip", "plus", pressed=partial(self._write, line))
            chip.setObjectName("plan-number")
            self.chips.append(chip)
            flow.addWidget(chip)
        return made

    def _write(self, line: str) -> None:
        box = self.boxes[Step.CALL]
        cursor = box.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText(("\n" if box.toPlainText().strip() else "") + line)
        box.setFocus()


def _box(step: Step) -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setObjectName(f"plan-{step.value}")
    box.setAccessibleName(words(step).title)
    box.setPlaceholderText(words(step).hint)
    box.setTabChangesFocus(True)
    box.setFixedHeight(style.scaled(_HEIGHT))
    box.setProperty("written", "true")
    return box
