"""What a young person says about words from before an alias: yes and no weigh the same."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import tr
from ui.widgets.labels import wrapped
from ui.widgets.segmented import Choice, Segmented

_YES, _NO = "agreed", "declined"


class Agreeing(QWidget):
    """Asks plainly; nothing is chosen before somebody chooses."""

    changed = Signal()

    def __init__(self) -> None:
        """Ask about nobody yet: hidden."""
        super().__init__()
        self._question = wrapped("", "body", "text", "semibold")
        self.answer = Segmented(tr("Kept or destroyed"), _choices())
        self.answer.setObjectName("agreed")
        self._follows = wrapped("", "caption", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._question, self.answer, self._follows):
            column.addWidget(part)
        self.answer.chosen.connect(self._on_chosen)
        self.hide()

    def ask_about(self, alias: str) -> None:
        """Ask, with no answer yet."""
        self._question.setText(
            tr("Has {alias} agreed to keep what was written before?", alias=alias)
        )
        self.answer.setAccessibleName(self._question.text())
        self.answer.choose("")
        self._say("")
        self.show()

    def agreed(self) -> bool | None:
        """Return the answer; None while there is none, or nothing was asked."""
        return {_YES: True, _NO: False}.get(self.answer.key())

    def is_open(self) -> bool:
        """Say whether an answer is still needed."""
        return not self.isHidden() and self.agreed() is None

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._say(key)
        self.changed.emit()

    def _say(self, key: str) -> None:
        follows = {
            _YES: tr("It stays with them, and no day is counted any more."),
            _NO: tr("It is destroyed when you press the button, and cannot be brought back."),
        }
        self._follows.setText(follows.get(key, tr("Ask them first. Both answers are fine.")))


def _choices() -> tuple[Choice, ...]:
    return (Choice(_YES, tr("Yes, keep it")), Choice(_NO, tr("No, destroy it")))
