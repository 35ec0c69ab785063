"""What is promised, on the young person's own page: the next one, how many more, how quiet."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.domain.promises import Promise, When
from desktop.services.promises import Listed, OfYouth
from i18n import ntr, tr
from ui.promises import words
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, repaint, text


class PromiseStrip(QFrame):
    """One line, hidden while nothing is open; the rest is in the list."""

    done = Signal(object)
    list_wanted = Signal()

    def __init__(self) -> None:
        """Be hidden."""
        super().__init__()
        self.setObjectName("promise-strip")
        self.setProperty("card", "true")
        self.promise: Promise | None = None
        self._icon = Icon("calendar-check", "text2", 16)
        self.due = Elided(text("", "caption", "text2", "semibold"), least=120)
        self.what = Elided(text("", "body"))
        self.quiet = Elided(text("", "caption", "warn"), least=90)
        self.more = Button("", "quiet", pressed=self.list_wanted.emit).sized("small")
        self.more.setObjectName("promise-more")
        self.done_button = Button(tr("It is done"), "quiet", "check", pressed=self._on_done)
        self.done_button.sized("small").setObjectName("promise-line-done")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 8, 2)
        row.setSpacing(8)
        for part in (self._icon, self.due):
            row.addWidget(part)
        row.addWidget(self.what, 1)
        for last in (self.quiet, self.more, self.done_button):
            row.addWidget(last)
        self._has_room, self._is_open = True, False
        self.hide()

    def make_room(self, *, is_needed: bool) -> None:
        """Step aside while something else is being written."""
        self._has_room = not is_needed
        self.setVisible(self._is_open and self._has_room)

    def show_open(self, found: OfYouth, now: datetime) -> None:
        """Show what is open about one young person."""
        since, listed = found.quiet_since, found.promises
        self.promise = listed[0].promise if listed else None
        for part in (self.due, self.what, self.done_button):
            part.setVisible(bool(listed))
        if listed:
            self._say(listed[0], now)
        else:
            self.setAccessibleName(words.quiet_words(since, now) if since else "")
        rest = len(listed) - 1
        self.more.say(ntr("{n} more promise", "{n} more promises", rest))
        self.more.setVisible(rest > 0)
        self.quiet.setText(words.quiet_words(since, now) if since else "")
        self.quiet.setVisible(since is not None)
        self._is_open = bool(listed) or since is not None
        self.setVisible(self._is_open and self._has_room)

    def _say(self, listed: Listed, now: datetime) -> None:
        promise = listed.promise
        is_late = promise.when(now) is When.OVERDUE
        due, what = words.due_words(promise.due, now, listed.holiday), words.what_words(promise)
        self.due.setText(tr("Overdue: {when}", when=due) if is_late else due)
        tone = "danger" if is_late else "lamp" if promise.due.opens() <= now else "text2"
        repaint(self.due, tone=tone)
        self._icon.show_icon("calendar-check", tone if tone == "text2" else f"{tone}_text")
        self.what.setText(what)
        self.setAccessibleName(f"{self.due.text()}. {what}")
        self.done_button.setAccessibleName(f"{what}: {tr('It is done')}")

    @Slot()
    def _on_done(self) -> None:
        if self.promise is not None:
            self.done.emit(self.promise)
