"""One thing that is not finished, and the way to it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, text


class LooseRow(QFrame):
    """Says what and whose it is; its button opens it."""

    def __init__(self, icon: tuple[str, str], whose: str, words: str) -> None:
        """Show an icon in its colour, a name, and what is left to do."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.open_button = Button(tr("Open"), "plain").sized("small")
        self.open_button.setObjectName("loose-open")
        self.open_button.setAccessibleName(f"{whose}, {words}: {tr('Open')}")
        self.setAccessibleName(f"{whose}. {words}")
        column, row = QVBoxLayout(), QHBoxLayout(self)
        column.setSpacing(1)
        column.addWidget(text(whose, "body", weight="semibold"))
        column.addWidget(Elided(text(words, "caption", "text2")))
        row.setContentsMargins(14, 7, 10, 7)
        row.setSpacing(12)
        row.addWidget(Icon(*icon))
        row.addLayout(column, 1)
        row.addWidget(self.open_button)
