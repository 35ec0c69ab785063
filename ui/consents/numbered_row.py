"""One consent of a colleague's laptop, found by the number of its slip."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.domain.referrals import Word
from desktop.services.elsewhere import Called
from i18n import formats, tr
from ui.consents.ending import EndingPart
from ui.consents.living import erased_words, word_words
from ui.widgets.labels import Icon, Pill, text, wrapped


class NumberedRow(QFrame):
    """Who was told and when; ending it takes two clicks, then it says how far the word is."""

    withdrawal_wanted = Signal(object)

    def __init__(self, called: Called, now: datetime) -> None:
        """Say how it stands."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.called = called
        is_on = called.ended_at is None
        self.told = wrapped(_told_words(called), "body", "text")
        self.state = wrapped(_state_words(called, now), "caption", "text2")
        self.ending = EndingPart()
        self.ending.confirmed.connect(self._on_confirmed)
        self._lay_out(is_on=is_on)
        self.state.setVisible(not is_on)
        self.ending.show_words("", is_on=is_on)
        said = (self.told.text(), self.state.text())
        self.setAccessibleName(", ".join(part.replace("\n", ", ") for part in said if part))

    def _lay_out(self, *, is_on: bool) -> None:
        head, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(14, 10, 8, 8)
        column.setSpacing(4)
        head.setSpacing(10)
        head.addWidget(Icon(*(("shield-check", "ok") if is_on else ("undo-2", "text3"))))
        words = tr("A colleague asked for it") if is_on else tr("This consent has ended")
        head.addWidget(text(words, "body", weight="semibold"), 1)
        head.addWidget(Pill(_pill_words(self.called)))
        column.addLayout(head)
        for part in (self.told, self.state, self.ending):
            column.addWidget(part)

    @Slot()
    def _on_confirmed(self) -> None:
        self.ending.confirm_button.setEnabled(False)
        self.withdrawal_wanted.emit(self.called.consent)


def _told_words(called: Called) -> str:
    return "\n".join(
        tr("{agency} · told on {day}", agency=name, day=formats.full_day(at))
        for name, at in called.told
    )


def _pill_words(called: Called) -> str:
    if called.ended_at is None:
        return tr("Until {day}", day=formats.full_day(called.until))
    return tr("Withdrawn {time}", time=formats.full_day(called.ended_at))


def _state_words(called: Called, now: datetime) -> str:
    words = word_words(called.word)
    if called.word is Word.PROVEN:
        words = tr("The Youth Safety Net has taken the word, and asks them to destroy it.")
    said = (words, erased_words(called.erasing), _owed_words(called.erase_by, now))
    return "\n".join(part for part in said if part)


def _owed_words(by: datetime | None, now: datetime) -> str:
    if by is None:
        return ""
    if now < by:
        return tr("A word is expected by {time}.", time=formats.day_and_clock(by))
    return tr("Overdue since {day}. Please call them.", day=formats.full_day(by))
