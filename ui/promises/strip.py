"""What is promised, on the young person's own page: two lines at most, and how quiet it is."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.promises import Promise, When
from desktop.services.promises import Listed, OfYouth
from i18n import ntr, tr
from ui.promises import words
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, text

_SHOWN = 2


class PromiseStrip(QFrame):
    """Hidden while nothing is open; a press on the rest opens the list."""

    done = Signal(object)
    list_wanted = Signal()

    def __init__(self) -> None:
        """Be hidden."""
        super().__init__()
        self.setObjectName("promise-strip")
        self.setProperty("card", "true")
        self.setAccessibleName(tr("Promises"))
        self.lines: tuple[PromiseLine, ...] = ()
        self.more = Button("", "quiet", pressed=self.list_wanted.emit).sized("small")
        self.more.setObjectName("promise-more")
        self.quiet = text("", "caption", "warn")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 6, 10, 6)
        self._column.setSpacing(2)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.quiet)
        self._foot.addStretch()
        self._foot.addWidget(self.more)
        self._column.addLayout(self._foot)
        self.hide()

    def show_open(self, found: OfYouth, now: datetime) -> None:
        """Show what is open about one young person."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = tuple(PromiseLine(each, now) for each in found.promises[:_SHOWN])
        for at, line in enumerate(self.lines):
            self._column.insertWidget(at, line)
            line.done_button.clicked.connect(partial(self.done.emit, line.promise))
        rest = len(found.promises) - len(self.lines)
        self.more.say(ntr("{n} more promise", "{n} more promises", rest))
        self.more.setVisible(rest > 0)
        since = found.quiet_since
        self.quiet.setText(words.quiet_words(since, now) if since else "")
        self.quiet.setVisible(since is not None)
        self.setVisible(bool(found.promises) or since is not None)


class PromiseLine(QWidget):
    """When and what, and that it is done."""

    def __init__(self, listed: Listed, now: datetime) -> None:
        """Say one promise."""
        super().__init__()
        self.promise: Promise = listed.promise
        is_late = self.promise.when(now) is When.OVERDUE
        due = words.due_words(self.promise.due, now, listed.holiday)
        due = tr("Overdue: {when}", when=due) if is_late else due
        what = words.what_words(self.promise)
        tone = "danger" if is_late else "lamp" if self.promise.due.opens() <= now else "text2"
        self.setAccessibleName(f"{due}. {what}")
        self.done_button = Button(tr("It is done"), "quiet", "check").sized("small")
        self.done_button.setObjectName("promise-line-done")
        self.done_button.setAccessibleName(f"{what}: {tr('Done')}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("calendar-check", "text2", 16))
        row.addWidget(Elided(text(due, "caption", tone, "semibold")))
        row.addWidget(Elided(text(what, "body")), 1)
        row.addWidget(self.done_button)
