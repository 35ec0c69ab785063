"""The destruction log: how many of what, when and why. Nobody is in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.retention import Entry
from i18n import formats, tr
from ui.keeping.expiry_words import count_words, ground_words
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped

_SHOWN = 30


class DestroyedPart(QWidget):
    """The newest lines of the log, where the keyboard can come to."""

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        title = tr("What was destroyed")
        self.lines = wrapped("", "caption", "text2")
        self.card = Card(margin=14)
        self.card.setProperty("card", "sunken")
        self.card.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.card.setAccessibleName(title)
        self.card.add(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(title, "body", weight="semibold"))
        column.addWidget(self.card)

    def show_log(self, log: tuple[Entry, ...]) -> None:
        """Show these, newest first."""
        words = "\n".join(_words(each) for each in log[:_SHOWN])
        self.lines.setText(words or tr("Nothing was destroyed yet."))
        self.card.setAccessibleDescription(self.lines.text())


def _words(entry: Entry) -> str:
    parts = (
        formats.day_and_clock(entry.at),
        ground_words(entry.ground),
        count_words(entry.counts),
    )
    return " · ".join(parts)
