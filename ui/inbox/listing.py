"""The list of what came in: what waits for us first, then what is under way, then the rest."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain import inbox_news, late_decisions
from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Gone, Received
from i18n import ntr, tr
from sync.protocol.states import TaskStatus
from ui.inbox.row import CaseRow
from ui.widgets.labels import text, wrapped

_MOST_ENDED = 50


class ListingPart(QWidget):
    """Arrow keys move through it; what is chosen is emitted."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setProperty("ground", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Inbox"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes through its rows
        self.rows: tuple[CaseRow, ...] = ()
        self._heads: tuple[QLabel, ...] = ()
        self._group = QButtonGroup(self)
        self.empty = wrapped(
            tr("Nothing has come in. What other agencies send to you appears here by itself.")
        )
        self.more = text("", "caption", "text3")
        self.more.setObjectName("inbox-more")
        self.more.hide()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(10, 12, 10, 12)
        self._column.setSpacing(4)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.more)
        self._column.addStretch(1)
        self._lay_out(inner)

    def show_cases(
        self, cases: tuple[Received, ...], chosen: ReferralId | None, now: datetime
    ) -> None:
        """Show these; the one that is open stays marked, and the keyboard stays where it was."""
        held = next((row.case.id for row in self.rows if row.hasFocus()), None)
        self._clear()
        rows: list[CaseRow] = []
        heads: list[QLabel] = []
        for name, group in _groups(cases, now):
            if not group:
                continue
            heads.append(text(name, "caption", "text3", "semibold"))
            self._put(heads[-1])
            for case in group:
                rows.append(self._row(case, now, is_chosen=case.id == chosen))
                self._put(rows[-1])
        self.rows, self._heads = tuple(rows), tuple(heads)
        self._say_more(len(cases) - len(rows))
        self.empty.setVisible(not cases)
        wanted = [row for key in (held, chosen) for row in rows if row.case.id == key]
        first = next(iter(wanted), None)
        if held is not None and first is not None:
            first.setFocus()
        if rows:
            self.setFocusProxy(first or rows[0])

    def is_marked(self, ref: ReferralId) -> bool:
        """Say whether the row of a case says that there is news of it."""
        return any(row.case.id == ref and row.is_marked for row in self.rows)

    def _lay_out(self, inner: QWidget) -> None:
        inner.setProperty("clear", "true")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _say_more(self, more: int) -> None:
        self.more.setText(ntr("{n} more ended before", "{n} more ended before", more))
        self.more.setVisible(more > 0)

    def _row(self, case: Received, now: datetime, *, is_chosen: bool) -> CaseRow:
        row = CaseRow(case, now)
        row.setChecked(is_chosen)
        row.clicked.connect(lambda: self.chosen.emit(case.id))
        self._group.addButton(row)
        return row

    def _put(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 2, part)

    def _clear(self) -> None:
        for part in (*self.rows, *self._heads):
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        for row in self.rows:
            self._group.removeButton(row)


def _groups(
    cases: tuple[Received, ...], now: datetime
) -> tuple[tuple[str, tuple[Received, ...]], ...]:
    asked = tuple(c for c in cases if c.is_open and c.status is TaskStatus.REQUESTED)
    urgent_first = tuple(sorted(asked, key=lambda case: case.answer_due()))
    under_way = tuple(c for c in cases if c.is_accepted)
    ended = _ended(tuple(c for c in cases if not c.is_open), now)
    return (
        (tr("Waits for a yes or no"), urgent_first),
        (tr("With us"), under_way),
        (tr("Ended"), ended),
    )


def _ended(cases: tuple[Received, ...], now: datetime) -> tuple[Received, ...]:
    """Return what ended last, and whatever somebody still has to see."""
    newest_first = sorted(cases, key=_moved_at, reverse=True)
    return tuple(
        case
        for number, case in enumerate(newest_first)
        if number < _MOST_ENDED or _is_news(case, now)
    )


def _is_news(case: Received, now: datetime) -> bool:
    is_taken_back = case.gone is Gone.WITHDRAWN and now - _moved_at(case) < inbox_news.NEWS
    is_untaken = any(not each.is_left for each in case.refused)
    is_new = is_taken_back or inbox_news.is_unseen(case, now)
    return is_new or is_untaken or late_decisions.contested(case) is not None


def _moved_at(case: Received) -> datetime:
    moved = (case.received_at, *(at for _, at in case.steps))
    return max(moved) if case.gone_at is None else max(*moved, case.gone_at)
