"""What one young person asks for, its answer, and what to know before it becomes a file."""

from datetime import datetime, time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.own_data import Outcome, Request
from i18n import formats, ntr, tr
from ui.own_data.answered import AnsweredPart
from ui.own_data.answering import AnsweringPart
from ui.own_data.asking import AskingPart
from ui.own_data.lines import outcome_words
from ui.request_words import wish_words
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped


class AboutPart(QWidget):
    """What is open is answered first; another request is one press away."""

    grown = Signal()

    def __init__(self) -> None:
        """Be about nobody yet."""
        super().__init__()
        self.title = text("", "note", weight="semibold")
        self.answering, self.another_button = AnsweringPart(), _another()
        self.asking, self.answered = AskingPart(), AnsweredPart()
        self.more = wrapped("", "caption", "text3")
        self.another_button.clicked.connect(self._on_another)
        self.notice = Notice("circle-check", "", "ok")
        self.warning = wrapped(
            tr(
                "A file of their data is not protected: whoever finds it can read it. Put it on "
                "no shared folder, and delete it when it has been handed over. Where a guardian "
                "must not be told, put it into nobody's hands but theirs."
            ),
            "caption",
            "text2",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.title, self.notice, self.answering, self.more):
            column.addWidget(part)
        column.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignLeft)
        for below in (self.asking, self.answered, self.warning):
            column.addWidget(below)
        self.asking.grown.connect(self.grown)
        self.answering.grown.connect(self.grown)
        self.notice.hide()

    def rest(self) -> None:
        """Hold nothing of anybody any more."""
        self.asking.rest()
        self.answering.rest()

    def show_requests(self, alias: str, requests: tuple[Request, ...], now: datetime) -> None:
        """Show the most urgent that is open, or ask; under it what was answered before."""
        self.title.setText(alias)
        is_open = [each for each in requests if each.outcome is Outcome.OPEN]
        if is_open:
            first = min(is_open, key=lambda each: (each.due_on, each.asked_at))
            self.answering.show_request(first, now)
        self.answering.setVisible(bool(is_open))
        others = len(is_open) - 1
        self.more.setText(
            ntr("{n} more waits after this one.", "{n} more wait after this one.", others)
        )
        self.more.setVisible(others > 0)
        is_asking = not is_open or self.asking.is_begun
        self.answered.show_requests(requests)
        self.another_button.setVisible(not is_asking)
        self.asking.setVisible(is_asking)

    def say_kept(self, request: Request) -> None:
        """Say what was written down; its words are kept and go from here."""
        wish = wish_words(request.wish)
        if request.outcome is Outcome.OPEN:
            self.asking.rest()
            day = formats.full_day(datetime.combine(request.due_on, time(), formats.SEOUL))
            told = tr("Written down: {wish}. Answer by {day}.", wish=wish, day=day)
        else:
            self.answering.rest()
            outcome = outcome_words(request.outcome)
            told = tr("Written down: {wish}, {outcome}.", wish=wish, outcome=outcome)
        self.say("circle-check", told, "ok")

    def say(self, icon: str, words: str, tone: str) -> None:
        """Say what came of it."""
        self.notice.show_words(icon, words, tone)
        self.notice.show()
        self.grown.emit()

    @Slot()
    def _on_another(self) -> None:
        self.another_button.hide()
        self.asking.show()
        next(iter(self.asking.choice.buttons.values())).setFocus()
        self.grown.emit()


def _another() -> Button:
    button = Button(tr("They ask for something else…"), "quiet", "plus")
    button.setObjectName("own-data-another")
    return button
