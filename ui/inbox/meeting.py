"""What goes with words that are written back: an appointment, its end, things to ask for."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from PySide6.QtCore import QDateTime, QTimeZone, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.consents import Item
from desktop.domain.inbox import Received
from desktop.domain.referrals import Appointment
from i18n import formats, tr
from i18n.formats import SEOUL
from sync.protocol.bodies import Meeting
from ui.inbox import words
from ui.meeting_words import MEETINGS
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.labels import text
from ui.widgets.twice import OnePress, SecondButton


class MeetPart(QWidget):
    """When and where the young person is awaited."""

    typed = Signal()

    def __init__(self) -> None:
        """Propose nothing yet."""
        super().__init__()
        self.at = QDateTimeEdit()
        self.at.setObjectName("inbox-meet-at")
        self.at.setAccessibleName(tr("When"))
        self.at.setDisplayFormat("yyyy-MM-dd  HH:mm")
        self.at.setCalendarPopup(False)
        self.at.setTimeZone(_seoul())  # as it is told to whoever asked, wherever this laptop is
        self.place = Field(tr("Where"))
        self.place.edit.setObjectName("inbox-meet-place")
        when = QVBoxLayout()
        when.setSpacing(6)
        when.addWidget(text(tr("When"), "caption", "text2", "semibold"))
        when.addWidget(self.at)
        when.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(when)
        row.addWidget(self.place, 1)
        self.place.changed.connect(lambda _: self.typed.emit())
        self.at.dateTimeChanged.connect(self.typed)

    def propose(self, now: datetime) -> None:
        """Propose the next full hour."""
        hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        self.at.setDateTime(QDateTime.fromSecsSinceEpoch(int(hour.timestamp()), _seoul()))

    def appointment(self) -> Appointment:
        """Return what stands in the fields."""
        at = datetime.fromtimestamp(self.at.dateTime().toSecsSinceEpoch(), UTC)
        return Appointment(at, self.place.words())

    def put(self, at: datetime) -> None:
        """Show this time."""
        zone = self.at.timeZone()
        self.at.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp()), zone))


class AskPart(QWidget):
    """Kinds of thing that were not told and may be asked for: of a number nobody is pressed."""

    def __init__(self) -> None:
        """Offer all of them, none chosen."""
        super().__init__()
        asked = (item for item in words.ITEMS if item is not Item.IDENTIFIER)
        self.chips = {item: self._chip(item) for item in asked}
        self._flow = Flow(self, gap=6)
        for chip in self.chips.values():
            chip.setParent(self)  # shown without one, it would be a window of its own

    def show_case(self, case: Received) -> None:
        """Offer what was not told and not asked for."""
        known = case.words.keys() | case.asked()
        while self._flow.takeAt(0):
            pass
        for item, chip in self.chips.items():
            chip.setVisible(item not in known)
            if item in known:
                chip.setChecked(False)
            else:
                self._flow.addWidget(chip)

    def asks(self) -> frozenset[Item]:
        """Return what is chosen."""
        return frozenset(item for item, chip in self.chips.items() if chip.isChecked())

    def choose(self, asks: Collection[str]) -> None:
        """Choose these, by their codes, as far as they are offered."""
        for item, chip in self.chips.items():
            chip.setChecked(item.value in asks and not chip.isHidden())

    def _chip(self, item: Item) -> Button:
        chip = Button(tr(words.ITEMS[item]), "chip")
        chip.setCheckable(True)
        chip.setObjectName(f"inbox-ask-{item.value}")
        return chip


class AwaitedRow(QWidget):
    """One appointment that is still to come about, and what became of it: one press."""

    said = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Await nobody."""
        super().__init__(parent)
        self._awaited: Appointment | None = None
        self.notice = Notice("calendar-check", "", "info")
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons = {}
        for meeting in (Meeting.KEPT, Meeting.MISSED, Meeting.CANCELLED):
            button = SecondButton(tr(MEETINGS[meeting]), "plain").sized("small")
            button.setObjectName(f"inbox-meeting-{meeting.value}")
            button.clicked.connect(lambda _=False, each=meeting: self._on_pressed(each))
            self.buttons[meeting] = button
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addLayout(row)

    def show_appointment(self, awaited: Appointment | None) -> None:
        """Show when and where somebody is awaited, if anybody."""
        if _time(awaited) != _time(self._awaited):
            # The next one moves up under the hand: a double click is about the one before.
            for button in self.buttons.values():
                OnePress.of(button).begin()
        self._awaited = awaited
        self.setVisible(awaited is not None)
        if awaited is not None:
            said = " · ".join(
                part for part in (formats.day_and_clock(awaited.at), awaited.place) if part
            )
            words_ = tr("Appointment: {when}", when=said)
            self.notice.show_words("calendar-check", words_, "info")
            self.setAccessibleName(words_)

    def _on_pressed(self, meeting: Meeting) -> None:
        if self._awaited is not None:
            self.said.emit(Appointment(self._awaited.at, self._awaited.place, meeting))


class AwaitedPart(QWidget):
    """Every appointment that is still to come about, the earliest first."""

    said = Signal(object)

    def __init__(self) -> None:
        """Await nobody."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.rows: list[AwaitedRow] = []

    def show_case(self, case: Received) -> None:
        """Show who is awaited when, if anybody; a row that is there keeps the keyboard."""
        awaited = case.booked()
        for _ in range(len(self.rows), len(awaited)):
            row = AwaitedRow(self)
            row.said.connect(self.said)
            self._column.addWidget(row)
            self.rows.append(row)
        for row, each in zip_longest(self.rows, awaited):
            row.show_appointment(each)
        self.setVisible(bool(awaited))

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press before the first is done."""
        for row in self.rows:
            for button in row.buttons.values():
                button.setEnabled(not is_busy)


def _time(appointment: Appointment | None) -> datetime | None:
    return appointment.at if appointment else None


def _seoul() -> QTimeZone:
    return QTimeZone.fromSecondsAheadOfUtc(int(SEOUL.utcoffset(None).total_seconds()))
