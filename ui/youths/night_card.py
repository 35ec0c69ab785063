"""The night under way: how long, where, along which streets, with whom, how many."""

from datetime import datetime, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.outreach import DAY_ROLLS_AT, Outreach
from desktop.services.outreach import Tonight
from i18n import formats, ntr, tr
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import Button, icon_button
from ui.widgets.elided import Elided, ElidedIconLabel
from ui.widgets.labels import Pill, text, wrapped
from ui.youths.tiles import Tiles

_FACES = 4


class NightCard(QWidget):
    """Says what tonight is, and ends it after asking once."""

    ended = Signal()

    def __init__(self) -> None:
        """Lay out an empty card."""
        super().__init__()
        self.setObjectName("night_card")
        self.running = Pill("", "lamp")
        self._day = text("", "caption", "text2")
        self.end_button = icon_button("log-out", tr("End session"), self._on_end)
        self.end_button.setObjectName("end_outreach")
        self.title = Elided(text("", "hero"), lines=2)
        self._route = ElidedIconLabel("map-pin", "")
        self._team_names = QWidget()
        self._team = QHBoxLayout(self._team_names)
        self._team.setContentsMargins(0, 0, 0, 0)
        self._team.setSpacing(5)
        self._faces: tuple[QWidget, ...] = ()
        self._team_words = Elided(text("", "caption", "text2"))
        self.tiles = Tiles()
        self._ask = wrapped(tr("End tonight's outreach?"), "body", "text", "semibold")
        self.yes_button = Button(tr("End session"), "primary", pressed=self._on_yes)
        self.yes_button.sized("small").setObjectName("end_outreach_yes")
        self.no_button = Button(tr("Go on"), "plain", pressed=self._on_no).sized("small")
        self._question = QWidget()
        self._lay_out()

    def show_night(self, tonight: Tonight, now: datetime) -> None:
        """Show a night."""
        outreach = tonight.outreach
        began = outreach.started_at
        self._day.setText(formats.day(began - DAY_ROLLS_AT))
        weekday = formats.weekday(began - DAY_ROLLS_AT)
        title = tr("{weekday} night, {place}", weekday=weekday, place=outreach.place)
        self.title.setText(title)
        self._route.setVisible(bool(outreach.route))
        self._route.label.setText(outreach.route)
        self._show_team(outreach)
        self.tiles.show_night(tonight)
        unfinished = sum(1 for met in tonight.met if met.note_length and not met.is_finished)
        self._ask.setText(_question(unfinished))
        self.show_time(now - began)

    def show_time(self, running: timedelta) -> None:
        """Say how long the night has been under way."""
        minutes = max(0, int(running.total_seconds())) // 60
        hours, minutes = divmod(minutes, 60)
        self.running.setText(
            tr("Out {hours} h {minutes} min", hours=hours, minutes=minutes)
            if hours
            else tr("Out {minutes} min", minutes=minutes)
        )

    def _show_team(self, outreach: Outreach) -> None:
        for face in self._faces:
            self._team.removeWidget(face)
            face.deleteLater()
        self._faces = tuple(Avatar(name, 26) for name in outreach.team[:_FACES])
        for n, face in enumerate(self._faces):
            self._team.insertWidget(n, face)
        count = ntr("{n} person", "{n} people", len(outreach.team)) if outreach.team else ""
        joint = tr("Joint activity") if outreach.is_joint else ""
        self._team_words.setText(" · ".join(part for part in (count, joint) if part))
        self._team_names.setToolTip(formats.names(outreach.team) if outreach.team else "")

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.running)
        first.addStretch()
        first.addWidget(self._day)
        first.addWidget(self.end_button)
        self._team.addWidget(self._team_words, 1)
        self._lay_out_question()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 0)
        column.setSpacing(6)
        column.addLayout(first)
        for widget in (self._question, self.title, self._route, self._team_names):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.tiles)

    def _lay_out_question(self) -> None:
        answers, column = QHBoxLayout(), QVBoxLayout(self._question)
        answers.addWidget(self.no_button)
        answers.addWidget(self.yes_button)
        answers.addStretch()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._ask)
        column.addLayout(answers)
        self._question.hide()

    @Slot()
    def _on_end(self) -> None:
        self._question.show()
        self.no_button.setFocus()

    @Slot()
    def _on_no(self) -> None:
        self._question.hide()
        self.end_button.setFocus()

    @Slot()
    def _on_yes(self) -> None:
        self._question.hide()
        self.ended.emit()


def _question(unfinished: int) -> str:
    if not unfinished:
        return tr("End tonight's outreach?")
    return ntr(
        "End tonight's outreach? {n} note is not finished; it stays as it is.",
        "End tonight's outreach? {n} notes are not finished; they stay as they are.",
        unfinished,
    )
