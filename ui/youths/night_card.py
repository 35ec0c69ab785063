"""The night under way: how long, where, along which streets, with whom, how many."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.outreach import DAY_ROLLS_AT, Outreach
from desktop.services.outreach import Tonight
from i18n import formats, ntr, tr
from ui.night_words import hours_words
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import icon_button
from ui.widgets.elided import Elided, ElidedIconLabel
from ui.widgets.labels import Pill, text
from ui.youths.tiles import Tiles

_FACES = 4


class NightCard(QWidget):
    """Says what tonight is; a rest, another plan and the end are one press away."""

    ended = Signal()
    paused = Signal(bool)
    plan_wanted = Signal()

    def __init__(self) -> None:
        """Lay out an empty card."""
        super().__init__()
        self.setObjectName("night_card")
        self._is_paused = False
        self.running = Pill("", "lamp")
        self._day = text("", "caption", "text2")
        self.pause_button = icon_button("pause", tr("Pause"), self._on_pause)
        self.pause_button.setObjectName("pause_outreach")
        self.end_button = icon_button("log-out", tr("End session"), self.ended.emit)
        self.end_button.setObjectName("end_outreach")
        self.plan_button = icon_button("pencil", tr("Change the plan"), self.plan_wanted.emit)
        self.plan_button.setObjectName("change_plan")
        self.title = Elided(text("", "hero"), lines=2)
        self._route = ElidedIconLabel("map-pin", "")
        self._team_names = QWidget()
        self._team = QHBoxLayout(self._team_names)
        self._team.setContentsMargins(0, 0, 0, 0)
        self._team.setSpacing(5)
        self._faces: tuple[QWidget, ...] = ()
        self._team_words = Elided(text("", "caption", "text2"))
        self.tiles = Tiles()
        self._lay_out()

    def show_night(self, tonight: Tonight, now: datetime) -> None:
        """Show a night."""
        outreach = tonight.outreach
        evening = outreach.started_at - DAY_ROLLS_AT
        self._day.setText(formats.day(evening))
        weekday = formats.weekday(evening)
        title = tr("{weekday} night, {place}", weekday=weekday, place=outreach.place)
        self.title.setText(title)
        self._route.label.setText(outreach.route or outreach.place)
        self._show_team(outreach)
        self.tiles.show_night(tonight)
        self.show_time(outreach, now)

    def show_time(self, outreach: Outreach, now: datetime) -> None:
        """Say how long the night has been under way, or how long the pause has lasted."""
        self._is_paused = outreach.is_paused
        name = tr("Go on") if self._is_paused else tr("Pause")
        self.pause_button.show_icon("play" if self._is_paused else "pause")
        self.pause_button.setAccessibleName(name)
        self.pause_button.setToolTip(f"{name} (Alt+P)")
        self.end_button.setToolTip(tr("End session") + " (Alt+E)")
        if self._is_paused:
            rest = outreach.pauses[-1].length(max(now, outreach.latest()))
            self.running.show_words(tr("Pause, {time}", time=hours_words(rest)), "neutral")
        else:
            out = hours_words(outreach.length(now))
            self.running.show_words(tr("Out {time}", time=out), "lamp")

    def _show_team(self, outreach: Outreach) -> None:
        for face in self._faces:
            self._team.removeWidget(face)
            face.deleteLater()
        self._faces = tuple(Avatar(name, 26) for name in outreach.team[:_FACES])
        for n, face in enumerate(self._faces):
            self._team.insertWidget(n, face)
        size = len(outreach.team)
        count = ntr("{n} counselor", "{n} counselors", size) if size else ""
        joint = tr("Joint activity") if outreach.is_joint else ""
        with_whom = formats.names(outreach.partners) if outreach.partners else joint
        self._team_words.setText(" · ".join(part for part in (count, with_whom) if part))
        self._team_names.setToolTip(formats.names(outreach.team) if outreach.team else "")

    def _on_pause(self) -> None:
        self.paused.emit(not self._is_paused)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.running)
        first.addStretch()
        first.addWidget(self.pause_button)
        first.addWidget(self.end_button)
        streets = QHBoxLayout()
        streets.setSpacing(8)
        streets.addWidget(self._route, 1)
        streets.addWidget(self._day)
        self._team.addWidget(self._team_words, 1)
        self._team.addWidget(self.plan_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.title)
        column.addLayout(streets)
        column.addWidget(self._team_names)
        column.addSpacing(4)
        column.addWidget(self.tiles)
