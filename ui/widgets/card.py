"""A white sheet of paper with a title, or a soft notice."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import Icon, text, wrapped


class Card(QFrame):
    """Put widgets into `body`; whatever belongs beside the title goes into `header`."""

    def __init__(self, title: str = "", margin: int = 20) -> None:
        """Draw a card, titled if there is a title."""
        super().__init__()
        self.setProperty("card", "true")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - 4, margin, margin - 2)
        self.body.setSpacing(10)
        self.header = QHBoxLayout()
        self.title = text(title, "note", weight="semibold")
        if title:
            self.header.addWidget(self.title)
            self.header.addStretch()
            self.body.addLayout(self.header)
            self.setAccessibleName(title)

    def add(self, *widgets: QWidget) -> None:
        """Put widgets below each other."""
        for widget in widgets:
            self.body.addWidget(widget)


class Notice(QFrame):
    """A state that lasts, said once: tones ok|warn|danger|info|neutral."""

    def __init__(self, icon: str, words: str, tone: str = "info") -> None:
        """Say `words` beside icon `icon`."""
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(14, 10, 14, 10)
        self.row.setSpacing(10)
        self.icon = Icon(icon, "text2")
        self.label = wrapped(words, tone="text")
        self.row.addWidget(self.icon)
        self.row.addWidget(self.label, 1)
        self.show_words(icon, words, tone)

    def show_words(self, icon: str, words: str, tone: str) -> None:
        """Change all three."""
        token = "text2" if tone == "neutral" else f"{tone}_text"
        self.icon.show_icon(icon, token)
        self.label.setText(words)
        self.label.setProperty("tone", "text" if tone == "neutral" else tone)
        self.setProperty("notice", tone)
        self.setAccessibleName(words)
        for each in (self, self.label):
            each.style().unpolish(each)
            each.style().polish(each)
