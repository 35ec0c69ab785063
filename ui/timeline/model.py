"""What happened as rows under the heads of its nights."""

from dataclasses import dataclass
from datetime import date

from desktop.domain.timeline import Event
from i18n import formats
from ui.timeline import words
from ui.widgets.headed import ROOT, HeadedModel


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the column; the head of a night has a title alone."""

    title: str
    time: str = ""
    detail: str = ""
    icon: str = ""
    tone: str = "text2"
    event: Event | None = None

    @property
    def is_head(self) -> bool:
        """Whether it is the name of a night."""
        return self.event is None

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(part for part in (self.time, self.title, self.detail) if part)


class TimelineModel(HeadedModel):
    """What happened; what is older comes after it."""

    rows: list[Row]

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.rows = []
        self._night: date | None = None

    def clear(self) -> None:
        """Show nothing any more."""
        self.beginResetModel()
        self.rows, self._night = [], None
        self.endResetModel()

    def add(self, events: tuple[Event, ...]) -> None:
        """Show what comes next, under the head of its night."""
        rows = list(self._rows_of(events))
        if rows:
            self.beginInsertRows(ROOT, len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def _rows_of(self, events: tuple[Event, ...]) -> list[Row]:
        rows = []
        for event in events:
            if event.day() != self._night:
                self._night = event.day()
                rows.append(Row(words.day_title(event)))
            rows.append(_row(event))
        return rows


def _row(event: Event) -> Row:
    return Row(
        words.title(event),
        formats.clock(event.at),
        words.detail(event),
        words.ICONS[event.kind],
        words.tone(event),
        event,
    )
