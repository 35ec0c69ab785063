"""The exact words that would leave, one box for each kind of thing."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.consents import SENSITIVE_ITEMS, Item
from desktop.domain.identifiers import spared
from desktop.domain.text import masked
from desktop.domain.youths import Youth
from i18n import tr
from ui.people import age_words, gender_words, language_words
from ui.referrals import words
from ui.referrals.identifier import IdentifierPart
from ui.widgets.field import Field
from ui.widgets.labels import Pill, text

KNOWN = (Item.ALIAS, Item.AGE, Item.GENDER, Item.LANGUAGE)
FREE = (Item.NEED, Item.SITUATION, Item.HEALTH, Item.REACH)


def known_words(youth: Youth) -> dict[Item, str]:
    """Return what is known already, as it would be told."""
    return {
        Item.ALIAS: youth.alias,
        Item.AGE: age_words(youth.age),
        Item.GENDER: gender_words(youth.gender),
        Item.LANGUAGE: language_words(youth.language),
    }


# The sheet takes frames from everything that scrolls; a box to write in needs one.
_FRAME: Final = """
QPlainTextEdit { border: 1px solid palette(dark); border-radius: 10px; background: palette(base); }
QPlainTextEdit:focus { border: 2px solid palette(highlight); }
"""


class FreeBox(QWidget):
    """A few lines of free words."""

    def __init__(self, item: Item, hint: str) -> None:
        """Show an empty box called after the item."""
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(words.item(item))
        self.edit.setObjectName(f"item-{item}")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(70)
        self.edit.setStyleSheet(_FRAME)
        head = QHBoxLayout()
        head.addWidget(text(words.item(item), "caption", "text2", "semibold"))
        if item in SENSITIVE_ITEMS:
            head.addWidget(Pill(tr("Sensitive: asked on its own"), "warn"))
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.edit)


class ItemsPart(QWidget):
    """Eight boxes, and a number where one may be asked for; an empty one is not sent."""

    changed = Signal()

    def __init__(self) -> None:
        """Lay out empty boxes."""
        super().__init__()
        self.known = {item: Field(words.item(item)) for item in KNOWN}
        self.free = {item: FreeBox(item, _hint(item)) for item in FREE}
        self.number = IdentifierPart()
        self.number.changed.connect(self.changed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for number, (item, field) in enumerate(self.known.items()):
            field.edit.setObjectName(f"item-{item}")
            field.edit.textChanged.connect(self.changed)
            grid.addWidget(field, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        for box in self.free.values():
            box.edit.textChanged.connect(self.changed)
            column.addWidget(box)
        column.addWidget(self.number)

    def show_words(self, said: dict[Item, str]) -> None:
        """Fill the boxes without announcing a change."""
        self.blockSignals(True)
        self.number.show_words(said.get(Item.IDENTIFIER, ""))
        for item, field in self.known.items():
            field.edit.setText(said.get(item, ""))
        for item, box in self.free.items():
            box.edit.setPlainText(said.get(item, ""))
        self.blockSignals(False)

    def blot_out(self) -> None:
        """Blot out every resident number."""
        QGuiApplication.inputMethod().commit()
        self.show_words(
            {
                item: spared(words) if item is Item.IDENTIFIER else masked(words)
                for item, words in self.words().items()
            }
        )

    def words(self) -> dict[Item, str]:
        """Return what is written, empty boxes left out."""
        said = {item: field.words() for item, field in self.known.items()}
        said |= {item: box.edit.toPlainText() for item, box in self.free.items()}
        said[Item.IDENTIFIER] = self.number.words()
        return {item: text for item, text in said.items() if text.strip()}


def _hint(item: Item) -> str:
    return {
        Item.NEED: tr("What help was agreed on together"),
        Item.SITUATION: tr("Only what the agency needs to know"),
        Item.HEALTH: tr("Only what the agency needs to know"),
        Item.REACH: tr("How and when to reach them safely"),
    }.get(item, "")
