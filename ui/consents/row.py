"""One row of the consent card."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.consents.standing import Said
from ui.widgets.labels import Icon, Pill, text, wrapped


class AnswerRow(QWidget):
    """One article: what it is about, and what was said."""

    def __init__(self, title: str) -> None:
        """Show `title` with nothing said yet."""
        super().__init__()
        self.icon = Icon("circle-dashed", "warn", 20)
        self.title = text(title, weight="semibold")
        self.about = wrapped("", "caption", "text3")  # English is longer than Korean
        self.pill = Pill()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        row.addWidget(self.icon)
        row.addLayout(words, 1)
        row.addWidget(self.pill)

    def show_said(self, what: Said, about: str) -> None:
        """Say what was answered, and under the title what it is about."""
        self.icon.show_icon(what.icon, what.colour)
        self.pill.show_words(what.words, what.tone)
        self.about.setText(about)
        self.setAccessibleName(f"{self.title.text()}: {what.words}")
