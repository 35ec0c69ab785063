"""What ends, a card each, under how long what is kept; and below it what was destroyed."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.retention import Policy
from desktop.services import endings
from desktop.services.endings import Page
from desktop.services.retention import Entry
from i18n import tr
from ui.keeping.destroyed import DestroyedPart
from ui.keeping.expiry_card import ExpiryCard
from ui.keeping.expiry_words import policy_words
from ui.widgets.buttons import Button
from ui.widgets.filling import FIRST, Filling
from ui.widgets.labels import Rule, wrapped

Known = tuple[Policy, Page, tuple[Entry, ...]]


class EndingList(QWidget):
    """Emits what something is wanted for."""

    keep_wanted = Signal(object)
    destroy_wanted = Signal(object)
    policy_wanted = Signal()
    more_wanted = Signal(int)
    grown = Signal()

    def __init__(self) -> None:
        """Have nothing to show yet."""
        super().__init__()
        self.cards: tuple[ExpiryCard, ...] = ()
        self.lead = wrapped("", "caption", "text2")
        self.more_button = Button(tr("Show more"), "plain")
        self.more_button.setObjectName("ending-more")
        self.more_button.clicked.connect(self._on_more)
        self.empty = wrapped(tr("Nothing ends soon."), "body", "text3")
        self.log = DestroyedPart()
        self.change_button = Button(tr("Change…"), "quiet").sized("small")
        self.change_button.setObjectName("policy-change")
        self.change_button.setAccessibleName(tr("Change how long what is kept"))
        self.change_button.clicked.connect(self.policy_wanted)
        self._cards = QVBoxLayout()
        self._is_more = False
        self._filling = Filling(self, self._add, self._on_filled)
        self._lay_out()

    def show_known(self, known: Known, now: datetime) -> None:
        """Show these."""
        policy, page, log = known
        for card in self.cards:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = ()
        self.lead.setText(policy_words(policy))
        self.empty.setVisible(not page.shown)
        self.log.show_log(log)
        self.add(page, now)

    def add(self, page: Page, now: datetime) -> None:
        """Show what is not shown yet below the rest, and give the keyboard to the first of it."""
        before = len(self.cards)
        known = {card.expiry.target for card in self.cards}
        self._is_more = page.is_more
        self.more_button.hide()
        fresh = (each for each in page.shown if each.target not in known)
        self._filling.fill((ExpiryCard(each, now) for each in fresh), 1 if before else FIRST)
        if 0 < before < len(self.cards):
            self.cards[before].keep_button.setFocus()

    def _on_filled(self) -> None:
        self.more_button.setEnabled(True)
        self.more_button.setVisible(self._is_more)
        self.grown.emit()

    @Slot()
    def _on_more(self) -> None:
        self.more_button.setEnabled(False)
        self.more_wanted.emit(len(self.cards) + endings.SHOWN)

    def _add(self, card: ExpiryCard) -> None:
        card.keep_wanted.connect(self.keep_wanted)
        card.destroy_wanted.connect(self.destroy_wanted)
        self._cards.addWidget(card)
        self.cards += (card,)

    def _lay_out(self) -> None:
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(10)
        head.addWidget(self.lead, 1)
        head.addWidget(self.change_button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._cards.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addLayout(self._cards)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Rule())
        column.addWidget(self.log)
