"""What waits on this computer, why, and what needs a person."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services import exchange
from desktop.services.exchange import Waiting
from i18n import formats, tr
from sync.protocol.messages import Kind
from ui.syncing.words import LineWords, needs_a_person, what_waits, why_it_waits
from ui.tasks import Tasks
from ui.widgets.card import Card, Notice
from ui.widgets.labels import Icon, Pill, text, wrapped
from ui.widgets.sheet import Sheet

_ICONS = {
    Kind.CONSENT_GIVEN: "shield-check",
    Kind.CONSENT_WITHDRAWN: "undo-2",
    Kind.REFERRAL_REQUEST: "send",
    Kind.REFERRAL_CANCEL: "x",
}


class OutboxSheet(Sheet):
    """Lists the outbox in the order it will go; what needs a person comes first."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("What waits to be sent"), tr("Close"), width=620)
        self._tasks = tasks
        self._line: LineWords | None = None
        self.line = Notice("cloud", "", "neutral")
        self.empty = wrapped("", "body", "text2")
        self.rows: tuple[QWidget, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addWidget(self.line)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._list)
        self.body.addStretch()

    def open_with(self, line: LineWords) -> None:
        """Ask what waits, then show it."""
        self._line = line
        self._tasks.run(exchange.outbox, self._show)

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        if self._line is None:
            return
        self.line.show_words(self._line.icon, self._line.why, self._line.tone)
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        ordered = sorted(waiting, key=lambda each: not needs_a_person(each))
        self.rows = tuple(_row(each, self._line) for each in ordered)
        for row in self.rows:
            self._list.addWidget(row)
        self.empty.setText(
            tr("Nothing waits. Everything released has reached the Youth Safety Net.")
        )
        self.empty.setVisible(not waiting)
        self.open(self.close_button)


def _row(waiting: Waiting, line: LineWords) -> Card:
    card = Card(margin=14)
    card.setProperty("card", "sunken")
    title = wrapped(what_waits(waiting), "body", "text", "semibold")
    why = wrapped(why_it_waits(waiting, line), "caption", "text2")
    at = text(formats.day_and_clock(waiting.queued_at), "caption", "text3")
    state = Pill(
        *((tr("Needs you"), "danger") if needs_a_person(waiting) else (tr("Waiting"), "warn"))
    )
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(Icon(_ICONS.get(waiting.kind, "inbox"), "text2"))
    head.addWidget(title, 1)
    head.addWidget(at)
    head.addWidget(state)
    card.body.setSpacing(4)
    card.body.addLayout(head)
    card.add(why)
    card.setAccessibleName(f"{title.text()}. {why.text()}")
    return card
