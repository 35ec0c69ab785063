"""What was said back, and everything that happened, newest first."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.inbox import Received, Told
from i18n import formats, tr
from sync.protocol.messages import Kind
from ui import meeting_words
from ui.inbox import words
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped


class ToldCard(Card):
    """A line for each step, a few for each word said back."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(tr("What happened"))
        self.setObjectName("inbox-told")
        self.rows: tuple[QWidget, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addLayout(self._list)

    def show_case(self, case: Received) -> None:
        """Show one case's way."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        untaken = {(each.kind, each.at) for each in case.refused}
        said = [(Kind.TASK_NOTE, told.at, _told(told)) for told in case.told]
        steps = [
            (Kind.TASK_STATUS, at, wrapped(words.step(name), tone="text2"))
            for name, at in case.steps
        ]
        found = sorted((*said, *steps), key=lambda each: each[1], reverse=True)
        self.rows = tuple(
            _row(formats.day_and_clock(at), part, is_untaken=(kind, at) in untaken)
            for kind, at, part in found
        )
        for row in self.rows:
            self._list.addWidget(row)


def _row(at: str, part: QWidget, *, is_untaken: bool) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(text(at, "caption", "text3"))
    column.addWidget(part)
    if is_untaken:
        column.addWidget(text(tr("Not taken. It did not reach them."), "caption", "danger"))
    return row


def _told(told: Told) -> QWidget:
    lines = [told.text] if told.text else []
    if told.appointment is not None:
        lines.append(meeting_words.line(told.appointment))
    if told.asks:
        items = tuple(tr(words.ITEMS[item]) for item in words.ITEMS if item in told.asks)
        lines.append(tr("Asked for: {items}", items=formats.names(items)))
    return wrapped("\n".join(lines), "body", "text")
