"""What ends, a card each, under how long what is kept; and below it what was destroyed."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.retention import Expiry, Policy
from desktop.services.endings import Page
from desktop.services.retention import Entry
from i18n import tr
from ui.keeping.destroyed import DestroyedPart
from ui.keeping.expiry_card import DESTROY, expiry_buttons, expiry_row
from ui.keeping.expiry_words import policy_words
from ui.widgets.buttons import Button
from ui.widgets.card_list import CardList
from ui.widgets.card_rows import CardRow
from ui.widgets.labels import Rule, wrapped

Known = tuple[Policy, Page, tuple[Entry, ...]]


class EndingList(QWidget):
    """Emits what something is wanted for."""

    keep_wanted = Signal(object)
    destroy_wanted = Signal(object)
    policy_wanted = Signal()
    more_wanted = Signal(object)
    grown = Signal()

    def __init__(self) -> None:
        """Have nothing to show yet."""
        super().__init__()
        self.lead = wrapped("", "caption", "text2")
        self.list = CardList(tr("Ends soon"), expiry_buttons, are_below=True)
        self.list.setObjectName("ending-list")
        self.more_button = Button(tr("Show more"), "plain", pressed=self._on_more)
        self.more_button.setObjectName("ending-more")
        self._last = Page(())
        self.empty = wrapped(tr("Nothing ends soon."), "body", "text3")
        self.log = DestroyedPart()
        self.change_button = Button(tr("Change…"), "quiet").sized("small")
        self.change_button.setObjectName("policy-change")
        self.change_button.setAccessibleName(tr("Change how long what is kept"))
        self.change_button.clicked.connect(self.policy_wanted)
        self.list.acted.connect(self._on_acted)
        self._lay_out()

    @property
    def cards(self) -> tuple[CardRow, ...]:
        """What is shown."""
        return self.list.cards

    def show_known(self, known: Known, now: datetime) -> None:
        """Show these."""
        policy, page, log = known
        self.lead.setText(policy_words(policy))
        self.empty.setVisible(not page.shown)
        self.log.show_log(log)
        self.list.show_cards(expiry_row(each, now) for each in page.shown)
        self._offer_more(page)

    def add(self, after: Page, page: Page, now: datetime) -> None:
        """Show a page below the one it comes after, with the first of it chosen."""
        if after is not self._last:
            return  # others are shown by now
        before = len(self.cards)
        self.list.add_cards(expiry_row(each, now) for each in page.shown)
        self._offer_more(page)
        self.list.setFocus()
        self.list.choose(before)

    def _offer_more(self, page: Page) -> None:
        self._last = page
        self.more_button.setEnabled(True)
        self.more_button.setVisible(page.rest is not None)
        self.grown.emit()

    @Slot()
    def _on_more(self) -> None:
        self.more_button.setEnabled(False)
        self.more_wanted.emit(self._last)

    @Slot(object, str)
    def _on_acted(self, expiry: Expiry, button: str) -> None:
        wanted = self.destroy_wanted if button == DESTROY else self.keep_wanted
        wanted.emit(expiry)

    def _lay_out(self) -> None:
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(10)
        head.addWidget(self.lead, 1)
        head.addWidget(self.change_button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.list)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Rule())
        column.addWidget(self.log)
