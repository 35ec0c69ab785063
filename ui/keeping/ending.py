"""Ends soon: what has to go and when, what is decided about it, and what was destroyed."""

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.retention import Expiry, Ground, Policy, Reason, Since
from desktop.services import endings, retention
from desktop.services.endings import Page
from i18n import tr
from ui.keeping.deciding import DecisionPage, DestroyPage, KeepPage
from ui.keeping.ending_list import EndingList, Known
from ui.keeping.policy_page import PolicyPage
from ui.keeping.step import StepPage
from ui.keeping.upkeep import Upkeep
from ui.tasks import Tasks
from ui.widgets.card import Notice
from ui.widgets.sheet import Sheet


class EndingSheet(Sheet):
    """A list, and one page for each decision. `destroying` comes before anything is gone."""

    destroying = Signal(object)
    changed = Signal()

    def __init__(self, tasks: Tasks, upkeep: Upkeep, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Ends soon"), tr("Close"), width=640)
        self.setObjectName("ending-sheet")
        self._tasks, self._upkeep = tasks, upkeep
        self._is_cleaning, self._policy = False, Policy()
        self.list, self.notice = EndingList(), Notice("circle-check", "", "ok")
        self.keep_page, self.destroy_page = KeepPage(), DestroyPage()
        self.policy_page = PolicyPage()
        self._pages = (self.keep_page, self.destroy_page, self.policy_page)
        self._lay_out()
        upkeep.done.connect(self._on_upkeep)

    def begin(self) -> None:
        """Ask what ends, then show it."""
        self.notice.hide()
        self._ask()

    def _ask(self) -> None:
        now = self._tasks.moment().now
        self._tasks.run(
            lambda vault: endings.known(vault, now), lambda known: self._show(known, now)
        )

    @Slot(object)
    def _ask_more(self, after: Page) -> None:
        now, most = self._tasks.moment().now, endings.SHOWN
        add = partial(self.list.add, after, now=now)
        self._tasks.run(lambda vault: endings.page(vault, now, most, after), add)

    def _show(self, known: Known, now: datetime) -> None:
        self._policy = known[0]
        self.list.show_known(known, now)
        self._show_list()

    @Slot()
    def _show_policy(self) -> None:
        self.policy_page.show_policy(self._policy)
        self._turn_to(self.policy_page)

    def _show_page(self, page: DecisionPage, expiry: Expiry) -> None:
        page.show_expiry(expiry)
        self._turn_to(page)

    def _turn_to(self, page: StepPage) -> None:
        self.notice.hide()
        self.list.hide()
        page.show()
        self.fit()
        page.setFocus()

    @Slot()
    def _show_list(self) -> None:
        for page in self._pages:
            page.hide()
        self.list.show()
        first = self.list.list if self.list.cards else self.close_button
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
            lambda _: self._go_on(tr("It is kept longer; your reason was written down.")),
            self.keep_page.say_failed,
        )

    def _go_on(self, words: str) -> None:
        self._say("circle-check", words, "ok")
        self._upkeep.look()
        self._ask()

    @Slot(object)
    def _on_weighed(self, policy: Policy) -> None:
        now = self._tasks.moment().now
        self._tasks.run(
            lambda vault: retention.due_at_once(vault, policy, now),
            lambda due: self.policy_page.show_due(policy, due),
            self.policy_page.say_failed,
        )

    @Slot(object)
    def _on_policy(self, policy: Policy) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: retention.choose_policy(vault, policy, moment),
            lambda _: self._go_on(tr("From now on things are kept that long.")),
            self.policy_page.say_failed,
        )

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
        self._say(*_cleaned_words(is_clean))

    def _say(self, icon: str, words: str, tone: str) -> None:
        self.notice.show_words(icon, words, tone)
        self.notice.show()
        self.fit()

    def _lay_out(self) -> None:
        for part in (self.notice, self.list, *self._pages):
            self.body.addWidget(part)
        self.body.addStretch()
        for page in self._pages:
            page.back_wanted.connect(self._show_list)
            page.resized.connect(self.fit, Qt.ConnectionType.QueuedConnection)
        self.list.keep_wanted.connect(lambda about: self._show_page(self.keep_page, about))
        self.list.destroy_wanted.connect(lambda about: self._show_page(self.destroy_page, about))
        self.list.policy_wanted.connect(self._show_policy)
        self.list.more_wanted.connect(self._ask_more)
        self.list.grown.connect(self.fit)
        self.list.list.reached.connect(partial(self.reveal, self.list.list))
        self.keep_page.decided.connect(self._on_keep)
        self.destroy_page.decided.connect(self._on_destroy)
        self.policy_page.weighed.connect(self._on_weighed)
        self.policy_page.decided.connect(self._on_policy)


def _cleaned_words(is_clean: bool) -> tuple[str, str, str]:
    if is_clean:
        words = tr("It is destroyed, and gone from the file and the backups on this laptop.")
        return "circle-check", words, "ok"
    words = tr("It is destroyed. Cleaning the backups goes on by itself a little later.")
    return "hourglass", words, "info"
