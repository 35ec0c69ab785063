"""A passport, alien registration or licence number, where a law lets the organisation ask it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.consents import Item
from desktop.domain.identifiers import IdentifierKind, covered, halves, read
from desktop.errors import AppError
from i18n import tr
from ui.item_words import IDENTIFIERS
from ui.messages import sentence
from ui.referrals import words
from ui.widgets.field import Field
from ui.widgets.labels import Pill, text
from ui.widgets.segmented import Choice, Segmented


class IdentifierPart(QWidget):
    """A kind and a number. The number is seen only while it is typed."""

    changed = Signal()

    def __init__(self) -> None:
        """Lay out an empty line that is not offered."""
        super().__init__()
        name = words.item(Item.IDENTIFIER)
        self.kind = Segmented(
            tr("Kind"), tuple(Choice(each, tr(said)) for each, said in IDENTIFIERS.items())
        )
        self.field = Field(tr("Number"), _hint())
        self.field.edit.setObjectName(f"item-{Item.IDENTIFIER}")
        self.field.edit.setAccessibleName(name)
        head = QHBoxLayout()
        head.addWidget(text(name, "caption", "text2", "semibold"))
        head.addWidget(Pill(tr("Asked on its own"), "warn"))
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.field)
        self.kind.chosen.connect(self._on_changed)
        self.field.edit.textChanged.connect(self._on_changed)
        self.field.edit.installEventFilter(self)
        self._cover(is_covered=True)
        self.hide()

    def show_words(self, said: str) -> None:
        """Show what is kept of it."""
        kind, number = halves(said)
        self.kind.choose(kind or IdentifierKind.PASSPORT)
        self.field.edit.setText(number)
        self._say_how_it_stands()

    def words(self) -> str:
        """Return it as a referral tells it; empty where nothing is typed or may be."""
        number = self.field.words()
        return f"{self.kind.key()} {number}" if number and not self.isHidden() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the number as soon as nobody types."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._cover(is_covered=event.type() is QEvent.Type.FocusOut)
        return super().eventFilter(watched, event)

    @Slot()
    def _on_changed(self) -> None:
        self.field.say(_hint())
        self.changed.emit()

    def _cover(self, *, is_covered: bool) -> None:
        mode = QLineEdit.EchoMode.Password if is_covered else QLineEdit.EchoMode.Normal
        self.field.edit.setEchoMode(mode)
        if is_covered:
            self._say_how_it_stands()

    def _say_how_it_stands(self) -> None:
        """Say the end of it, or what is wrong with it."""
        number = self.field.words()
        if not number:
            self.field.say(_hint())
            return
        try:
            found = read(f"{self.kind.key()} {number}")
        except AppError as error:
            self.field.say_wrong(sentence(error))
        else:
            self.field.say(tr("Written: {number}", number=covered(found.number)))


def _hint() -> str:
    return tr("Only if they wish it told. Without it they get the same help.")
