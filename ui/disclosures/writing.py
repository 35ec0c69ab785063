"""Why the law allows it, and what is told: only what this law needs, in one's own words."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.consents import Item
from desktop.domain.disclosures import Ground
from i18n import tr
from ui import style
from ui.disclosures import words
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped

_FEW = (Item.ALIAS, Item.AGE, Item.GENDER, Item.LANGUAGE)
"""A word or two each: side by side."""


class Box(QWidget):
    """A label above a few lines to write on."""

    changed = Signal()

    def __init__(self, key: str, label: str, height: int, hint: str = "") -> None:
        """Be empty."""
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setObjectName(f"report-{key}")
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(hint)
        self.edit.setProperty("written", "true")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(style.scaled(height))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(text(label, "caption", "text2", "semibold"))
        column.addWidget(self.edit)
        self.edit.textChanged.connect(self.changed)

    def words(self) -> str:
        """Return what is written."""
        return self.edit.toPlainText()

    def fill(self, words: str) -> None:
        """Show these words."""
        self.edit.setPlainText(words)


class Line(Field):
    """A label above one line."""

    def __init__(self, key: str, label: str) -> None:
        """Be empty."""
        super().__init__(label)
        self.edit.setObjectName(f"report-{key}")

    def fill(self, words: str) -> None:
        """Show these words."""
        self.edit.setText(words)


class WritingPart(QWidget):
    """The reason, then one box for each thing this law lets be told."""

    changed = Signal()

    def __init__(self) -> None:
        """Lay out every box; those that a law does not name are hidden."""
        super().__init__()
        hint = tr("What you saw or heard that makes you think so")
        self.reason = Box("reason", tr("Why the law allows it here"), 62, hint)
        self.items: dict[Item, Box | Line] = {
            Item.REACH: Line(Item.REACH.value, words.item(Item.REACH)),
            Item.SITUATION: Box(Item.SITUATION.value, words.item(Item.SITUATION), 62),
            Item.HEALTH: Box(Item.HEALTH.value, words.item(Item.HEALTH), 60),
            **{each: Line(each.value, words.item(each)) for each in _FEW},
        }
        column, few = QVBoxLayout(self), QGridLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        few.setSpacing(10)
        for place, each in enumerate(_FEW):
            few.addWidget(self.items[each], place // 2, place % 2)
        column.addWidget(self.reason)
        least = tr("Tell only what they need to act. Leave the rest empty.")
        column.addWidget(wrapped(least, "caption", "text3"))
        for each in (Item.REACH, Item.SITUATION, Item.HEALTH):
            column.addWidget(self.items[each])
        column.addLayout(few)
        for box in (self.reason, *self.items.values()):
            box.changed.connect(self.changed)

    def show_ground(self, ground: Ground) -> None:
        """Offer what this law lets be told; what was typed elsewhere stays, unseen and unsent."""
        for item, box in self.items.items():
            box.setVisible(item in ground.items)

    def fill(self, typed: Mapping[str, str]) -> None:
        """Show what was typed before."""
        self.reason.fill(typed.get("reason", ""))
        for item, box in self.items.items():
            box.fill(typed.get(item.value, ""))

    def typed(self) -> dict[str, str]:
        """Return everything that is written, by field."""
        written = {item.value: box.words() for item, box in self.items.items()}
        return {"reason": self.reason.words(), **written}

    def told(self, ground: Ground) -> dict[Item, str]:
        """Return what would be told under this law."""
        return {each: box.words() for each, box in self.items.items() if each in ground.items}
