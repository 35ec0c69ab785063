"""The list of what came in: what waits for us first, then what is under way, then the rest."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Received
from i18n import tr
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
        inner = QWidget()
        inner.setProperty("clear", "true")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(10, 12, 10, 12)
        self._column.setSpacing(4)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_cases(
        self, cases: tuple[Received, ...], chosen: ReferralId | None, now: datetime
    ) -> None:
        """Show these; the one that is open stays marked, and the keyboard stays where it was."""
        held = next((row.case.id for row in self.rows if row.hasFocus()), None)
        self._clear()
        rows: list[CaseRow] = []
        heads: list[QLabel] = []
        for name, group in _groups(cases):
            if not group:
                continue
            heads.append(text(name, "caption", "text3", "semibold"))
            self._put(heads[-1])
            for case in group:
                rows.append(self._row(case, now, is_chosen=case.id == chosen))
                self._put(rows[-1])
        self.rows, self._heads = tuple(rows), tuple(heads)
        self.empty.setVisible(not cases)
        first = next((row for row in rows if row.case.id in (held, chosen)), None)
        if held is not None and first is not None:
            first.setFocus()
        if rows:
            self.setFocusProxy(first or rows[0])

    def _row(self, case: Received, now: datetime, *, is_chosen: bool) -> CaseRow:
        row = CaseRow(case, now)
        row.setChecked(is_chosen)
        row.clicked.connect(lambda: self.chosen.emit(case.id))
        self._group.addButton(row)
        return row

    def _put(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, part)

    def _clear(self) -> None:
        for part in (*self.rows, *self._heads):
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        for row in self.rows:
            self._group.removeButton(row)


def _groups(cases: tuple[Received, ...]) -> tuple[tuple[str, tuple[Received, ...]], ...]:
    asked = tuple(c for c in cases if c.is_open and c.status is TaskStatus.REQUESTED)
    urgent_first = tuple(sorted(asked, key=lambda case: case.answer_due()))
    under_way = tuple(c for c in cases if c.is_accepted)
    ended = tuple(c for c in cases if not c.is_open)[:_MOST_ENDED]
    return (
        (tr("Waits for a yes or no"), urgent_first),
        (tr("With us"), under_way),
        (tr("Ended"), ended),
    )
