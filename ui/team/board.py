"""The team's board: notices that go by themselves, and the line on which one is written."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.team import Notice
from desktop.domain.text import LINE_LIMIT
from desktop.errors import AppError
from desktop.services import board
from i18n import later, tr
from ui import messages, style
from ui.team.notice_card import NoticeCard
from ui.team.worker import TeamTasks
from ui.widgets.buttons import Button
from ui.widgets.labels import repaint, text, wrapped
from ui.widgets.segmented import Choice, Segmented

_DAYS: Final = {
    "1": later("One day"), "3": later("Three days"), "7": later("A week"), "31": later("A month"),
}  # fmt: skip


class BoardPart(QWidget):
    """Emits `posted` when a notice was put up, and `changed` then or when one was taken down."""

    posted, changed = Signal(), Signal()
    resized = Signal()

    def __init__(self, tasks: TeamTasks) -> None:
        """Begin without notices."""
        super().__init__()
        self._tasks = tasks
        self.words = QPlainTextEdit()
        self.words.setObjectName("board-words")
        self.words.setAccessibleName(tr("New notice"))
        self.words.setPlaceholderText(tr("What should the next shift know?"))
        self.words.setProperty("written", "true")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(style.scaled(72))
        self.until = Segmented(tr("Stays up for"), _choices())
        self.count = text("", "caption", "text3")
        self.post_button = Button(tr("Put it up"), "primary", pressed=self.post)
        self.post_button.setObjectName("board-post")
        self.about = wrapped("", "caption", "text3")
        self.empty = wrapped(tr("Nothing is on the board."), "body", "text3")
        self.cards: tuple[NoticeCard, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._lay_out()
        self.fill({})
        self.words.textChanged.connect(self._on_typed)
        self._say_about("")
        self._on_typed()
        self.setFocusProxy(self.words)

    def show_notices(self, notices: tuple[Notice, ...]) -> None:
        """Show what is up, newest first."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = tuple(NoticeCard(notice, partial(self._take_down, notice.id))
                           for notice in notices)  # fmt: skip
        for card in self.cards:
            self._list.addWidget(card)
        self.empty.setVisible(not notices)
        self.resized.emit()

    def typed(self) -> dict[str, str]:
        """Return what is written and not put up, and for how long it should stay."""
        words = self.words.toPlainText()
        return {"words": words, "until": self.until.key()} if words.strip() else {}

    def fill(self, words: Mapping[str, str]) -> None:
        """Let this be written; without words the line is empty again."""
        self.words.setPlainText(words.get("words", ""))
        self.until.choose(words.get("until", "3"))

    @Slot()
    def post(self) -> None:
        """Put up what is written."""
        QGuiApplication.inputMethod().commit()
        words, moment = self.words.toPlainText(), self._tasks.moment()
        if not self._is_fit():
            return
        until = moment.now + timedelta(days=int(self.until.key()))
        self.post_button.setEnabled(False)
        self._tasks.run(
            lambda own, team: board.post(own, team, words, until, moment),
            self._on_posted,
            self._on_failed,
        )

    def _take_down(self, notice: str) -> None:
        now = self._tasks.moment().now
        self._tasks.run(
            lambda _, team: board.take_down(team, notice, now),
            lambda _: self.changed.emit(),
            self._on_failed,
        )

    def _on_posted(self, _: Notice) -> None:
        self.posted.emit()
        self.words.setFocus()
        self.changed.emit()

    def _on_failed(self, error: AppError) -> None:
        self._say_about(messages.sentence(error))
        self.post_button.setEnabled(self._is_fit())

    def _is_fit(self) -> bool:
        return 0 < self._length() <= LINE_LIMIT

    def _length(self) -> int:
        return len(" ".join(self.words.toPlainText().split()))

    @Slot()
    def _on_typed(self) -> None:
        length = self._length()
        self.count.setText(tr("{n} of {limit} characters", n=length, limit=LINE_LIMIT))
        repaint(self.count, tone="danger" if length > LINE_LIMIT else "text3")
        self.post_button.setEnabled(self._is_fit())
        self._say_about("")

    def _say_about(self, wrong: str) -> None:
        usual = tr("Everybody in the team reads it. Write nothing about a young person.")
        if (wrong or usual) != self.about.text():
            self.about.setText(wrong or usual)
            repaint(self.about, tone="danger" if wrong else "text3")
            self.resized.emit()

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        beneath = QHBoxLayout()
        beneath.addWidget(self.about, 1)
        beneath.addWidget(self.count)
        column.addLayout(beneath)
        row.addWidget(text(self.until.accessibleName(), "caption", "text2", "semibold"))
        row.addWidget(self.until)
        row.addStretch()
        row.addWidget(self.post_button)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.empty)
        column.addLayout(self._list)


def _choices() -> tuple[Choice, ...]:
    return tuple(Choice(days, tr(words)) for days, words in _DAYS.items())
