"""What ends, a card each, under how long what is kept; and below it what was destroyed."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.retention import Expiry, Policy
from desktop.services.retention import Entry
from i18n import ntr, tr
from ui.keeping.destroyed import DestroyedPart
from ui.keeping.expiry_card import ExpiryCard
from ui.keeping.expiry_words import policy_words
from ui.widgets.buttons import Button
from ui.widgets.labels import Rule, wrapped

Known = tuple[Policy, tuple[Expiry, ...], tuple[Entry, ...]]
_AT_ONCE = 40
"""Cards shown; what comes first is decided first."""


class EndingList(QWidget):
    """Emits what something is wanted for."""

    keep_wanted = Signal(object)
    destroy_wanted = Signal(object)
    policy_wanted = Signal()

    def __init__(self) -> None:
        """Have nothing to show yet."""
        super().__init__()
        self.cards: tuple[ExpiryCard, ...] = ()
        self.lead, self.more = wrapped("", "caption", "text2"), wrapped("", "caption", "text3")
        self.empty = wrapped(tr("Nothing ends soon."), "body", "text3")
        self.log = DestroyedPart()
        self.change_button = Button(tr("Change…"), "quiet").sized("small")
        self.change_button.setObjectName("policy-change")
        self.change_button.setAccessibleName(tr("Change how long what is kept"))
        self.change_button.clicked.connect(self.policy_wanted)
        self._cards = QVBoxLayout()
        self._lay_out()

    def show_known(self, known: Known, now: datetime) -> None:
        """Show these."""
        policy, expiries, log = known
        for card in self.cards:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = tuple(self._card(each, now) for each in expiries[:_AT_ONCE])
        rest = len(expiries) - len(self.cards)
        self.lead.setText(policy_words(policy))
        self.more.setText(ntr("{n} more after these.", "{n} more after these.", rest))
        self.more.setVisible(rest > 0)
        self.empty.setVisible(not expiries)
        self.log.show_log(log)

    def _card(self, expiry: Expiry, now: datetime) -> ExpiryCard:
        card = ExpiryCard(expiry, now)
        card.keep_wanted.connect(self.keep_wanted)
        card.destroy_wanted.connect(self.destroy_wanted)
        self._cards.addWidget(card)
        return card

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
        column.addWidget(self.more)
        column.addWidget(Rule())
        column.addWidget(self.log)
