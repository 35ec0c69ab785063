"""Who the note is about, and when and where they were met."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.youths import YouthFile
from i18n import formats, tr
from ui.people import age_words, gender_words
from ui.widgets.labels import IconLabel, Pill, text
from ui.widgets.segmented import Segmented


class NoteHeader(QWidget):
    """Alias first; the risk level at the right end."""

    def __init__(self, risk: Segmented) -> None:
        """Lay out two lines."""
        super().__init__()
        self.alias = text("", "hero")
        self.alias.setMinimumWidth(1)
        self.about = text("", "body", "text2")
        self._time = IconLabel("clock", "", "text2")
        self._place = IconLabel("map-pin", "", "text2")
        self._times = IconLabel("history", "", "text2")
        self._lay_out(risk)

    def _lay_out(self, risk: Segmented) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.alias)
        first.addWidget(Pill(tr("Alias")))
        first.addWidget(self.about)
        first.addStretch()
        first.addWidget(text(tr("Risk level"), "caption", "text2"))
        first.addWidget(risk)
        second.setSpacing(22)
        for part in (self._time, self._place, self._times):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            part.label.setMinimumWidth(1)
            second.addWidget(part)
        second.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)

    def show_file(self, file: YouthFile) -> None:
        """Say who, when, where and how often."""
        youth, meeting = file.youth, file.meeting
        self.alias.setText(youth.alias)
        self.alias.setToolTip(youth.alias)
        parts = (age_words(youth.age), gender_words(youth.gender))
        self.about.setText(" · ".join(part for part in parts if part))
        self._time.setVisible(meeting is not None)
        self._place.setVisible(meeting is not None and bool(meeting.place))
        if meeting is not None:
            time = formats.clock(meeting.met_at)
            self._time.show_words("clock", tr("From {time}", time=time))
            self._place.show_words("map-pin", meeting.place)
        self._times.show_words("history", _times_words(file))


def _times_words(file: YouthFile) -> str:
    if file.times_met <= 1 or file.met_before is None:
        return tr("First meeting")
    day = formats.short_day(file.met_before)
    match file.times_met:
        case 2:
            return tr("Second meeting · last {day}", day=day)
        case 3:
            return tr("Third meeting · last {day}", day=day)
        case times:
            return tr("Meeting no. {times} · last {day}", times=times, day=day)
