"""Who the note is about, and when and where they were met."""

from datetime import datetime

from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.youths import YouthFile
from i18n import formats, tr
from ui.people import age_words, gender_words, jotting_words
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided, ElidedIconLabel
from ui.widgets.labels import Pill, text
from ui.widgets.segmented import Segmented
from ui.widgets.word_button import WordButton

_GAP, _BETWEEN = 12, 22
_ALIAS, _WHEN, _WHERE, _ABOUT = 140, 190, 90, 40
"""Pixels that words keep when there is little room; what is shorter keeps all of itself."""


class NoteHeader(QWidget):
    """Alias first; the risk level at the right end."""

    def __init__(self, risk: Segmented) -> None:
        """Lay out two lines."""
        super().__init__()
        self.alias = Elided(text("", "hero"), least=_ALIAS)
        self.about = WordButton()
        self.about.setObjectName("age-laws")
        self._risk_name = text(tr("Risk level"), "caption", "text2")
        self._time = ElidedIconLabel("clock", "", least=_WHEN)
        self._place = ElidedIconLabel("map-pin", "", least=_WHERE)
        self._times = ElidedIconLabel("history", "", least=_WHEN)
        self._pill, self._risk = Pill(tr("Alias")), risk
        self._shapes = tuple((button, button.icon()) for button in risk.buttons.values())
        self.alias_button = Button(tr("Give an alias"), "quiet", "user-round-check").sized("small")
        self.alias_button.setObjectName("give-alias")
        self.alias_button.setToolTip(tr("F2 gives an alias, or puts this to somebody known"))
        self.alias_button.hide()
        self.looks_button = _button("who-looked", tr("Who looked"), "eye", tr("Who looked"))
        self.plan_button = _button(
            "safety-plan", tr("Safety plan"), "hand-heart", tr("Safety plan (F8)")
        )
        self.promise_button = _button("promise", tr("Promise"), "calendar-check", "Ctrl+D")
        self.timeline_button = _button(
            "timeline", tr("So far"), "git-commit-vertical", tr("What happened so far (F7)")
        )
        self._lay_out()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(_GAP)
        first.addWidget(self.alias)
        first.addWidget(self._pill)
        first.addWidget(self.about)
        first.addStretch()
        first.addWidget(self._risk_name)
        first.addWidget(self._risk)
        second.setSpacing(_BETWEEN)
        for part in (self._time, self._place, self._times):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            second.addWidget(part)
        second.addStretch()
        second.addWidget(self.alias_button)
        second.addWidget(self.timeline_button)
        second.addWidget(self.promise_button)
        second.addWidget(self.plan_button)
        second.addWidget(self.looks_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the risk level to its shapes and words when the alias needs the room."""
        self._make_room(event.size().width())
        super().resizeEvent(event)

    def _make_room(self, width: int) -> None:
        parts = (self.alias, self._pill, self.about, self._risk_name, self._risk)
        needed = sum(part.sizeHint().width() + _GAP for part in parts)
        self._risk_name.setVisible(needed <= width)
        self._spare_level(width)
        self._name_buttons(width)

    def _spare_level(self, width: int) -> None:
        """Cut no level off: age and gender go to the tooltip of the pill, then shapes go."""
        for button, shape in self._shapes:
            button.setIcon(shape)
        kept = (self.alias.minimumSizeHint(), self._pill.sizeHint(), self._risk.sizeHint())
        needed = sum(size.width() + _GAP for size in kept) - _GAP
        self.about.setVisible(needed + _GAP + _ABOUT <= width)
        self._pill.setToolTip("" if self.about.isVisibleTo(self) else self.about.words())
        if needed > width:
            for button, _ in self._shapes:
                button.setIcon(QIcon())

    def _name_buttons(self, width: int) -> None:
        """Leave the buttons to their icons where time, place and times need the room."""
        buttons, times = (
            (self.timeline_button, self.promise_button, self.plan_button, self.looks_button),
            (self._time, self._place, self._times),
        )
        for button in buttons:
            button.setText(button.accessibleName())
        shown = [p for p in (*times, self.alias_button, *buttons) if not p.isHidden()]
        if sum(part.sizeHint().width() + _BETWEEN for part in shown) <= width:
            return
        for button in (*buttons, self.alias_button):
            button.setText("")

    def show_file(self, file: YouthFile, now: datetime) -> None:
        """Say who, when, where and how often, and when what is noted goes."""
        youth, meeting = file.youth, file.meeting
        self._pill.show_words(*_standing(file, now))
        self.alias_button.setVisible(file.jotting is not None)
        self.alias.setText(youth.alias)
        parts = (age_words(youth.age), gender_words(youth.gender))
        about = " · ".join(part for part in parts if part)
        self.about.show_words(about, tr("What their age decides"))
        self._time.setVisible(meeting is not None)
        self._place.setVisible(meeting is not None and bool(meeting.place))
        if meeting is not None:
            time = formats.clock(meeting.met_at)
            self._time.show_words("clock", tr("From {time}", time=time))
            self._place.show_words("map-pin", meeting.place)
        self._times.show_words("history", _times_words(file))
        self._make_room(self.width())


def _button(name: str, words: str, icon: str, tip: str) -> Button:
    button = Button(words, "quiet", icon).sized("small")
    button.setObjectName(name)
    button.setToolTip(tip)
    return button


def _standing(file: YouthFile, now: datetime) -> tuple[str, str]:
    if file.jotting is None:
        is_case = bool(file.consents or file.trackings or file.judgement)
        return tr("Alias · case") if is_case else tr("Alias"), "neutral"
    if file.trackings or not (file.jotting.given or file.jotting.is_noted):
        return tr("No alias"), "neutral"
    return jotting_words(file.jotting, now), "lamp"


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
