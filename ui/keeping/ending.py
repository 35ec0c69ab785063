"""Ends soon: what has to go and when, what is decided about it, and what was destroyed."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.retention import Expiry, Ground, Policy, Reason, Since
from desktop.services import retention
from i18n import ntr, tr
from ui.keeping.deciding import DecisionPage, DestroyPage, KeepPage
from ui.keeping.destroyed import DestroyedPart
from ui.keeping.expiry_card import ExpiryCard
from ui.keeping.expiry_words import policy_words
from ui.keeping.upkeep import Upkeep
from ui.tasks import Tasks
from ui.widgets.card import Notice
from ui.widgets.labels import Rule, wrapped
from ui.widgets.sheet import Sheet

_Known = tuple[Policy, tuple[Expiry, ...], tuple[retention.Entry, ...]]
_AT_ONCE = 40
"""Cards shown; what comes first is decided first."""


class EndingSheet(Sheet):
    """A list, and one page for each decision. `destroying` comes before anything is gone."""

    destroying = Signal(object)
    changed = Signal()

    def __init__(self, tasks: Tasks, upkeep: Upkeep, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Ends soon"), tr("Close"), width=640)
        self.setObjectName("ending-sheet")
        self._tasks, self._upkeep = tasks, upkeep
        self._is_cleaning = False
        self.cards: tuple[ExpiryCard, ...] = ()
        self.lead, self.more = wrapped("", "caption", "text2"), wrapped("", "caption", "text3")
        self.notice = Notice("circle-check", "", "ok")
        self.empty = wrapped(tr("Nothing ends soon."), "body", "text3")
        self.log = DestroyedPart()
        self.keep_page, self.destroy_page = KeepPage(), DestroyPage()
        self._list, self._cards = QWidget(), QVBoxLayout()
        self._lay_out()
        self.keep_page.decided.connect(self._on_keep)
        self.destroy_page.decided.connect(self._on_destroy)
        upkeep.done.connect(self._on_upkeep)

    def begin(self) -> None:
        """Ask what ends, then show it."""
        self.notice.hide()
        self._ask()

    def _ask(self) -> None:
        now = self._tasks.moment().now
        self._tasks.run(
            lambda vault: (
                retention.policy(vault), retention.upcoming(vault, now), retention.log(vault)
            ),
            lambda known: self._show(known, now),
        )  # fmt: skip

    def _show(self, known: _Known, now: datetime) -> None:
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
        self._show_list()

    def _card(self, expiry: Expiry, now: datetime) -> ExpiryCard:
        card = ExpiryCard(expiry, now)
        card.keep_wanted.connect(lambda about: self._show_page(self.keep_page, about))
        card.destroy_wanted.connect(lambda about: self._show_page(self.destroy_page, about))
        self._cards.addWidget(card)
        return card

    def _show_page(self, page: DecisionPage, expiry: Expiry) -> None:
        page.show_expiry(expiry)
        self.notice.hide()
        self._list.hide()
        page.show()
        self.fit()
        page.setFocus()

    @Slot()
    def _show_list(self) -> None:
        for page in (self.keep_page, self.destroy_page):
            page.hide()
        self._list.show()
        first = self.cards[0].keep_button if self.cards else self.close_button
        if self.isVisible():
            self.fit()
            first.setFocus()
        else:
            self.open(first)

    @Slot(object, object, object, str)
    def _on_keep(self, expiry: Expiry, longer: timedelta, reason: Reason, words: str) -> None:
        moment = self._tasks.moment()
        until = max(moment.now, expiry.due) + longer
        self._tasks.run(
            lambda vault: retention.keep_longer(vault, expiry, until, (reason, words), moment),
            lambda _: self._on_kept(),
            self.keep_page.say_failed,
        )

    def _on_kept(self) -> None:
        self._say("circle-check", tr("It is kept longer; your reason was written down."), "ok")
        self._upkeep.look()
        self._ask()

    @Slot(object)
    def _on_destroy(self, expiry: Expiry) -> None:
        self.destroying.emit(expiry.youth)
        moment = self._tasks.moment()
        ground = Ground.ERASED if expiry.since is Since.WISH else Ground.EXPIRED
        self._tasks.run(
            lambda vault: retention.purge(vault, (expiry.target,), ground, moment),
            lambda _: self._on_destroyed(),
            self.destroy_page.say_failed,
        )

    def _on_destroyed(self) -> None:
        words = tr("It is destroyed. The file and the backups are being cleaned of it now.")
        self._say("hourglass", words, "info")
        self._is_cleaning = True
        self._upkeep.look()
        self.changed.emit()
        self._ask()

    @Slot(object, bool)
    def _on_upkeep(self, _: object, is_clean: bool) -> None:
        if not self._is_cleaning:
            return
        self._is_cleaning = not is_clean
        if is_clean:
            words = tr("It is destroyed, and gone from the file and the backups on this laptop.")
            self._say("circle-check", words, "ok")
        else:
            words = tr("It is destroyed. Cleaning the backups goes on by itself a little later.")
            self._say("hourglass", words, "info")

    def _say(self, icon: str, words: str, tone: str) -> None:
        self.notice.show_words(icon, words, tone)
        self.notice.show()
        self.fit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._cards.setSpacing(8)
        column.addWidget(self.lead)
        column.addWidget(self.empty)
        column.addLayout(self._cards)
        column.addWidget(self.more)
        column.addWidget(Rule())
        column.addWidget(self.log)
        for part in (self.notice, self._list, self.keep_page, self.destroy_page):
            self.body.addWidget(part)
        self.body.addStretch()
        for page in (self.keep_page, self.destroy_page):
            page.back_wanted.connect(self._show_list)
            page.resized.connect(self.fit, Qt.ConnectionType.QueuedConnection)
