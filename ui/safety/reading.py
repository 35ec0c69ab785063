"""The plan in large letters, for reading it together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.safety import Step
from desktop.services.safety import Words
from i18n import tr
from ui.safety.steps import words
from ui.widgets.labels import text, wrapped


class ReadingPart(QWidget):
    """Only the steps that have words; large, and nothing else on it."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("plan-reading")
        self.setAccessibleName(tr("Safety plan"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inner: QWidget | None = None

    def show_words(self, said: Words) -> None:
        """Show these."""
        if self._inner is not None:
            self._inner.hide()
            self._column.removeWidget(self._inner)
            self._inner.deleteLater()
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        shown = [step for step in Step if said.get(step, "").strip()]
        for number, step in enumerate(shown, start=1):
            column.addWidget(_step(number, step, said[step].strip()))
        if not shown:
            column.addWidget(wrapped(tr("Nothing is written yet."), "title", "text2"))
        self._column.addWidget(self._inner)
        told = (f"{words(step).title}: {said[step].strip()}" for step in shown)
        self.setAccessibleDescription("\n".join(told))


def _step(number: int, step: Step, said: str) -> QFrame:
    made = QFrame()
    made.setProperty("card", "sunken")
    column = QVBoxLayout(made)
    column.setContentsMargins(18, 12, 18, 14)
    column.setSpacing(4)
    column.addWidget(text(f"{number}. {words(step).title}", "note", "accent", "semibold"))
    column.addWidget(wrapped(said, "hero", "text"))
    return made
