"""What was answered before, quietly under what is open: when, what was asked, and how."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.own_data import Outcome, Request
from i18n import formats, ntr, tr
from ui.own_data.lines import outcome_words
from ui.request_words import wish_words
from ui.widgets.labels import text, wrapped

_SHOWN = 5


class AnsweredPart(QWidget):
    """Read only; hidden where nothing was answered yet."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.setObjectName("own-data-answered")
        self.rows: tuple[QWidget, ...] = ()
        self.more = wrapped("", "caption", "text3")
        self._list, column = QVBoxLayout(), QVBoxLayout(self)
        self._list.setSpacing(6)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(text(tr("Answered before"), "caption", "text3", "semibold"))
        column.addLayout(self._list)
        column.addWidget(self.more)
        self.hide()

    def show_requests(self, requests: tuple[Request, ...]) -> None:
        """Show the newest of those that were answered."""
        found = [each for each in requests if each.outcome is not Outcome.OPEN]
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = tuple(_row(each) for each in found[:_SHOWN])
        for row in self.rows:
            self._list.addWidget(row)
        rest = len(found) - len(self.rows)
        self.more.setText(
            ntr(
                "{n} earlier one stands in the file.",
                "{n} earlier ones stand in the file.",
                rest,
            )
        )
        self.more.setVisible(rest > 0)
        self.setVisible(bool(found))


def _row(request: Request) -> QWidget:
    row = QWidget()
    head = f"{wish_words(request.wish)}: {outcome_words(request.outcome)}"
    when = _when(request)
    said = "\n".join(part for part in (request.words, request.answer) if part)
    row.setAccessibleName(", ".join(part for part in (head, when, said) if part))
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(wrapped(f"{head} · {when}", "caption", "text2", "medium"))
    if request.words:
        column.addWidget(wrapped(tr("Asked: {words}", words=request.words), "caption", "text3"))
    if request.answer:
        column.addWidget(
            wrapped(tr("Answered: {words}", words=request.answer), "caption", "text3")
        )
    return row


def _when(request: Request) -> str:
    asked, answered = request.asked_at, request.answered_at or request.asked_at
    return tr(
        "asked {asked}, answered {answered}",
        asked=formats.full_day(asked),
        answered=formats.full_day(answered),
    )
