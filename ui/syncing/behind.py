"""What is missing here that the hub has seen, what to do about it, and going on without it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import AppError
from desktop.services import witness
from desktop.services.witness import Behind
from i18n import tr
from ui import messages
from ui.syncing.behind_words import count_words, since_words, to_do, until_words, why_words
from ui.syncing.going_on import GoOnPage
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Notice
from ui.widgets.labels import Rule, text, wrapped
from ui.widgets.sheet import Sheet


class BehindSheet(Sheet):
    """Explains first. Going on takes two steps, and is offered only where it may be done."""

    backups_wanted = Signal()
    gone_on = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Something is missing here"), tr("Close"), width=640)
        self.setObjectName("behind-sheet")
        self._tasks = tasks
        self._lost: Behind | None = None
        self.notice = Notice("shield-alert", "", "warn")
        self.count, self.since, self.until = (wrapped("", "body", "text") for _ in range(3))
        self.why = wrapped("")
        words = tr("Go on without what is missing…")
        self.go_on_button = Button(words, "plain", pressed=self._on_go_on)
        self.go_on_button.setObjectName("behind-go-on")
        self.backups_button = Button(
            tr("See the backups"), "plain", "hard-drive", pressed=self._on_backups
        )
        self.backups_button.setObjectName("behind-backups")
        self.page = GoOnPage()
        self._explanation = QWidget()
        self._lay_out()
        self.page.decided.connect(self._on_decided)
        self.page.back_wanted.connect(self._show_explanation)
        self.page.resized.connect(self.fit, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Ask what is missing, then show it."""
        self._tasks.run(witness.behind, self._show, self._on_failed)

    def _show(self, lost: Behind | None) -> None:
        self._lost = lost
        if lost is None:
            words = tr("Nothing is missing here any more. The line goes on by itself.")
            self._say_only("circle-check", words, "ok")
            return
        words = tr(
            "The Youth Safety Net remembers how much was saved on this laptop, never what. It "
            "remembers more than is here now. Nothing is sent or fetched until somebody decides. "
            "You can go on writing; it is kept here."
        )
        self.notice.show_words("shield-alert", words, "warn")
        self.count.setText(count_words(lost))
        self.since.setText(since_words(lost))
        self.until.setText(until_words(lost))
        self.why.setText(why_words(lost))
        self.go_on_button.setVisible(lost.may_go_on)
        self._show_explanation()

    @Slot()
    def _show_explanation(self) -> None:
        self.page.hide()
        self.notice.show()
        self._explanation.show()
        self._appear()

    @Slot()
    def _on_go_on(self) -> None:
        if self._lost is None:
            return
        self.notice.hide()
        self._explanation.hide()
        self.page.show_lost(self._lost)
        self.page.show()
        self.fit()
        self.page.setFocus()

    @Slot()
    def _on_decided(self) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: witness.go_on(vault, moment),
            lambda _: self._on_gone_on(),
            self.page.say_failed,
        )

    def _on_gone_on(self) -> None:
        self._lost = None
        words = tr(
            "It goes on without what is missing. The Youth Safety Net is told now, and what waits "
            "goes by itself."
        )
        self._say_only("circle-check", words, "ok")
        self.gone_on.emit()

    @Slot()
    def _on_backups(self) -> None:
        self.leave()
        self.backups_wanted.emit()

    def _on_failed(self, error: AppError) -> None:
        self._say_only("circle-alert", messages.sentence(error), "danger")

    def _say_only(self, icon: str, words: str, tone: str) -> None:
        self.notice.show_words(icon, words, tone)
        self.page.hide()
        self._explanation.hide()
        self.notice.show()
        self._appear()

    def _appear(self) -> None:
        if self.isVisible():
            self.close_button.setFocus()
        else:
            self.open(self.close_button)
        self.fit()

    def _lay_out(self) -> None:
        facts, column, buttons = Card(margin=16), QVBoxLayout(self._explanation), QHBoxLayout()
        facts.setProperty("card", "sunken")
        facts.body.setSpacing(6)
        facts.add(self.count, self.since, self.until)
        buttons.addWidget(self.backups_button)
        buttons.addStretch()
        buttons.addWidget(self.go_on_button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(facts)
        column.addWidget(text(tr("What to do now"), "body", weight="semibold"))
        for sentence in to_do():
            column.addWidget(wrapped(sentence))
        column.addWidget(Rule())
        column.addWidget(self.why)
        column.addLayout(buttons)
        for part in (self.notice, self._explanation, self.page):
            self.body.addWidget(part)
        self.body.addStretch()
