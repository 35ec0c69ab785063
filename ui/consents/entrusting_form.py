"""What a paper says that entrusts the organisation: nothing is filled in, nothing chosen."""

from collections.abc import Mapping
from datetime import date, datetime, time

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.consent_errors import EntrustmentUnclear
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment, day_in
from desktop.services.entrustments import Standing
from i18n import formats, tr
from i18n.formats import SEOUL
from ui.widgets.field import Field
from ui.widgets.labels import text
from ui.widgets.segmented import Choice, Segmented

_NAMES = ("article", "document", "dated", "last-day")


class EntrustingForm(QWidget):
    """Who, by which article, which paper, from when, until when."""

    def __init__(self) -> None:
        """Lay out empty lines."""
        super().__init__()
        self.by = Segmented(
            tr("Entrusted by"), tuple(Choice(each, by_words(each)) for each in EntrustedBy)
        )
        self.article = Field(tr("Article"), tr("For example: {article}", article=ARTICLE))
        self.document = Field(tr("Number of the document"), tr("As it stands on the paper"))
        self.dated = Field(tr("Its date"), tr("For example: {day}", day="2026-11-02"))
        self.last_day = Field(tr("Last day"), tr("Empty: until it is taken back"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for number, (name, field) in enumerate(self._lines()):
            field.edit.setObjectName(f"entrusting-{name}")
            grid.addWidget(field, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(tr("Entrusted by"), "caption", "text2", "semibold"))
        column.addWidget(self.by)
        column.addLayout(grid)

    def said(self) -> Entrustment:
        """Return what stands there; raises `EntrustmentUnclear`, `ResidentNumberFound`."""
        chosen = self.by.key()
        if not chosen:
            raise EntrustmentUnclear
        last_day = day_in(self.last_day.words()) if self.last_day.words() else None
        return Entrustment(
            EntrustedBy(chosen), self.article.words(), self.document.words(),
            day_in(self.dated.words()), last_day,
        )  # fmt: skip

    def typed(self) -> dict[str, str]:
        """Return what stands in it, by field."""
        return {"by": self.by.key(), **{name: line.words() for name, line in self._lines()}}

    def fill(self, words: Mapping[str, str]) -> None:
        """Let this stand in it; without words it is empty again."""
        self.by.choose(words.get("by", ""))
        for name, line in self._lines():
            line.edit.setText(words.get(name, ""))

    def _lines(self) -> tuple[tuple[str, Field], ...]:
        lines = (self.article, self.document, self.dated, self.last_day)
        return tuple(zip(_NAMES, lines, strict=True))


def by_words(by: EntrustedBy) -> str:
    """Say who entrusts."""
    return {
        EntrustedBy.MINISTRY: tr("The ministry"),
        EntrustedBy.LOCAL: tr("Local government"),
    }[by]


def told_words(standing: Standing) -> str:
    """Say how it stands, in one paragraph."""
    held = standing.held
    if held is None:
        return tr("Off. No number is asked for, and there is no room to write one.")
    told = held.entrustment
    paper = " · ".join((by_words(told.by), told.article, told.document, _day(told.dated)))
    if not standing.is_on:
        when = (
            formats.full_day(held.at) if held.is_taken_back else _day(told.last_day or told.dated)
        )
        off = tr("Off: it ended on {day}.", day=when)
        return f"{off} {paper}"
    until = tr("until it is taken back")
    if told.last_day is not None:
        until = tr("until {day}", day=_day(told.last_day))
    on = tr("On, {until}. Recorded by {who}.", until=until, who=held.who)
    return f"{on} {paper}"


def _day(day: date) -> str:
    return formats.full_day(datetime.combine(day, time(12), SEOUL))
