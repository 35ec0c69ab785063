"""Where each report about a young person stands, until it has been received."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.disclosures import Disclosure, Stage
from desktop.domain.following_reports import (
    every_followed,
    may_be_seen_to,
    may_be_written_again,
)
from i18n import formats, tr
from sync.protocol.states import Delivery
from ui import report_words
from ui.disclosures import seen, words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.in_place import filled, keyboard_at, keyboard_to
from ui.widgets.labels import Pill, text, wrapped
from ui.widgets.twice import TwiceButton

_TAKEN_BACK = (Stage.REFUSED, Stage.ENDED)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A report, and all that its card says and offers beside."""

    report: Disclosure
    line: tuple[str, str]
    advice: str
    may_be_seen_to: bool
    may_be_written_again: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One card as it stands, and for what."""

    shown: _Shown
    card: Card
    buttons: tuple[QWidget, ...]


class Standing(QWidget):
    """One card a report, the newest first."""

    call_off_wanted = Signal(object)
    seen_to = Signal(object)
    again_wanted = Signal(object)

    def __init__(self) -> None:
        """Show none."""
        super().__init__()
        self._rows: tuple[_Row, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    @property
    def cards(self) -> tuple[Card, ...]:
        """What is shown, in order."""
        return tuple(row.card for row in self._rows)

    def show_reports(
        self, reports: tuple[Disclosure, ...], now: datetime, otherwise: QWidget
    ) -> None:
        """Show these as they stand at `now`.

        The keyboard goes to `otherwise` if the button that had it is gone.
        """
        place, before = keyboard_at(self._buttons()), self._rows
        # What is said and offered as before stays as it is, and so does what was pressed once.
        self._rows = tuple(
            next((row for row in before if row.shown == shown), None) or self._new(shown)
            for shown in _as_shown(reports, now)
        )
        filled(self._column, tuple(row.card for row in before), self.cards)
        self.setVisible(bool(reports))
        if place is not None:
            keyboard_to(place, self._buttons(), otherwise)

    def _buttons(self) -> dict[str, tuple[QWidget, ...]]:
        # Each by its own name: what stands in its place then takes no second press of it.
        return {each.objectName(): (each,) for row in self._rows for each in row.buttons}

    def _new(self, shown: _Shown) -> _Row:
        report, (line, tone) = shown.report, shown.line
        card = Card(margin=14)
        card.setProperty("card", "sunken")
        card.setObjectName(f"report-{report.id}")
        card.body.setSpacing(6)
        card.body.addLayout(_head(report))
        card.add(text(report.agency_name, "caption", "text2"))
        if report.stage is Stage.ASKED and report.asked_from is not None:
            card.add(seen.asker(report.asked_from))
        buttons = self._offered(shown)
        card.body.addLayout(_row(Pill(line, tone), buttons))
        if _is_waiting(report) and not report.may_be_called_off:
            gone = tr("It may have left already, so it cannot be taken back any more.")
            card.add(wrapped(gone, "caption", "text2"))
        if shown.advice:
            card.add(wrapped(shown.advice, "body", "text"))
        for reply in report.replies:
            said = f"“{reply.text}”" if reply.text.strip() else _unread(report)
            card.add(wrapped(said, "body", "text"))
        parts = (words.ground(report.ground), line, shown.advice)
        card.setAccessibleName(". ".join(part for part in parts if part))
        return _Row(shown, card, buttons)

    def _offered(self, shown: _Shown) -> tuple[QWidget, ...]:
        report, buttons = shown.report, []
        if shown.may_be_seen_to:
            buttons.append(self._seen_to(report))
        if _is_waiting(report) and report.may_be_called_off:
            buttons.append(self._call_off(report))
        if shown.may_be_written_again:
            buttons.append(self._again(report))
        return tuple(buttons)

    def _again(self, report: Disclosure) -> Button:
        button = Button(tr("Write it again…"), "plain", "pencil")
        button.setObjectName(f"again-{report.id}")
        button.clicked.connect(lambda: self.again_wanted.emit(report))
        return button

    def _seen_to(self, report: Disclosure) -> Button:
        button = Button(tr("Seen to"), "quiet", "check")
        button.setObjectName(f"seen-to-{report.id}")
        button.clicked.connect(lambda: self.seen_to.emit(report.id))
        return button

    def _call_off(self, report: Disclosure) -> Button:
        # What was taken back is not sent.
        button = TwiceButton(tr("Take it back"), tr("Take it back? Press again"))
        button.setObjectName(f"call-off-{report.id}")
        button.agreed.connect(lambda: self.call_off_wanted.emit(report.id))
        return button


def _as_shown(reports: tuple[Disclosure, ...], now: datetime) -> Iterator[_Shown]:
    for report, following in zip(reports, every_followed(reports, now), strict=True):
        yield _Shown(
            report,
            report_words.state(report, now),
            report_words.advice(report, following),
            may_be_seen_to(report, following),
            may_be_written_again(report, now, reports),
        )


def _row(pill: Pill, buttons: tuple[QWidget, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(pill)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    return row


def _unread(report: Disclosure) -> str:
    # A program of before let the receiver ask for more or name a time, which nobody here can read.
    agency = report_words.reach(report)
    return tr("They asked for something, or named a time: call {agency}.", agency=agency)


def _is_waiting(report: Disclosure) -> bool:
    return report.delivery is Delivery.QUEUED and report.stage not in _TAKEN_BACK


def _head(report: Disclosure) -> QHBoxLayout:
    head = QHBoxLayout()
    head.addWidget(text(words.ground(report.ground), "body", weight="semibold"))
    head.addStretch()
    head.addWidget(text(formats.day_and_clock(report.asked_at), "caption", "text3"))
    return head
