"""The bar at the top of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from i18n import ntr, tr
from ui import style
from ui.widgets.buttons import Button, icon_button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, repaint, text


class Header(QWidget):
    """Name, search, and what is always at hand."""

    def __init__(self) -> None:
        """Lay out the bar."""
        super().__init__()
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(60)
        self.search_button = _search()
        self.theme_button = icon_button("moon", tr("Change between day and night"))
        self.settings_button = icon_button("settings", tr("Settings"))
        self.inbox_button = Button(tr("Inbox"), "quiet", "inbox")
        self.lock_button = Button(tr("Lock"), "plain", "lock")
        self.new_button = Button(tr("New contact"), "soft", "plus")
        self.lock_button.setToolTip("Ctrl+L")
        self.new_button.setToolTip("Ctrl+N")
        self._lay_out()
        self.show_theme()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(10)
        row.addWidget(Icon("logo", "text", 30))
        row.addWidget(text(tr("Bammajung"), "note", weight="bold"))
        row.addWidget(Elided(text(tr("Street counseling notes"), "caption", "text2")))
        row.addStretch(1)
        row.addWidget(self.search_button, 2)
        row.addStretch(1)
        named = {
            "inbox": self.inbox_button,
            "theme": self.theme_button,
            "settings": self.settings_button,
            "lock": self.lock_button,
            "new-meeting": self.new_button,
        }
        for name, button in named.items():
            button.setObjectName(name)
            row.addWidget(button)

    def show_inbox(self, unanswered: int, late: int, news: int) -> None:
        """Say how many that came in wait for a yes or no, which are overdue, and where is news."""
        n = unanswered + news
        self.inbox_button.say(f"{tr('Inbox')} {n}" if n else tr("Inbox"))
        words = ntr("{n} waits for a yes or no", "{n} wait for a yes or no", unanswered)
        overdue = ntr("{n} is overdue", "{n} are overdue", late)
        new = ntr("{n} has news", "{n} have news", news)
        parts = ((words, unanswered), (overdue, late), (new, news))
        said = " · ".join(part for part, count in parts if count)
        self.inbox_button.setToolTip(said)
        self.inbox_button.setAccessibleDescription(said)
        kind = "danger" if late else "soft" if n else "quiet"
        repaint(self.inbox_button, kind=kind)

    def show_theme(self) -> None:
        """Offer the other theme."""
        self.theme_button.show_icon("sun" if style.current().is_dark else "moon")


def _search() -> Button:
    button = Button(tr("Search alias or note"), "search", "search")
    button.setObjectName("search")
    button.setToolTip("Ctrl+K")
    button.setMinimumWidth(style.scaled(340))
    button.setMaximumWidth(style.scaled(420))
    keys = text("Ctrl K")
    keys.setProperty("keycap", "true")
    keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    inside = QHBoxLayout(button)
    inside.addStretch()
    inside.addWidget(keys)
    return button
