"""Writing back: in words, with an appointment, or asking for more. Sealed to whoever asked."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop.domain.half_said import ASKS, MODE, PLACE, REPLY, WHEN
from desktop.domain.inbox import Received
from desktop.domain.referrals import ITEM_LIMIT, Appointment
from desktop.services.inbox import Saying
from i18n import tr
from sync.protocol.bodies import Meeting
from ui import style
from ui.inbox.meeting import AskPart, AwaitedPart, MeetPart
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import wrapped
from ui.widgets.segmented import Choice, Segmented

WORDS, MEET, ASK = REPLY, "meet", "ask"


class AnswerCard(Card):
    """One field for words and what goes with them; emits a `Saying`, and when words were typed."""

    said = Signal(object)
    typed = Signal()

    def __init__(self) -> None:
        """Begin with words alone."""
        super().__init__(tr("Write back"))
        self.setObjectName("inbox-answer")
        self.mode = Segmented(tr("Write back"), _modes())
        self.words = QPlainTextEdit()
        self.words.setObjectName("inbox-reply")
        self.words.setAccessibleName(tr("Write back"))
        self.words.setProperty("written", "true")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(style.scaled(92))
        self.awaited, self.meet, self.ask = AwaitedPart(), MeetPart(), AskPart()
        self._proposed = self.meet.appointment().at
        self.about = wrapped("", "caption", "text3")
        self.by_law = wrapped(_by_law(), "body", "text2")
        self.wrong = wrapped("", "caption", "danger")
        self.send_button = Button(tr("Send"), "primary", "send", pressed=self.send)
        self.send_button.setObjectName("inbox-send")
        self._lay_out()
        self.mode.chosen.connect(self._on_mode)
        chips = (chip.clicked for chip in self.ask.chips.values())
        for changed in (self.mode.chosen, self.words.textChanged, self.meet.typed, *chips):
            changed.connect(self.typed)
        self.awaited.said.connect(self._on_meeting)
        self._on_mode(WORDS)

    def show_case(self, case: Received, now: datetime, *, is_same: bool) -> None:
        """Be about a case; what is typed about the same one stays."""
        self.awaited.show_case(case)
        self.ask.show_case(case)
        if not is_same:
            self._propose(now)
            self._fill(case.typed)
        self._show_ways(is_by_law=case.glimpse is not None and bool(case.glimpse.basis))
        self.setVisible(case.is_accepted)

    def typed_words(self) -> dict[str, str]:
        """Return what stands in the fields, the time as soon as it is meant."""
        mode, place, at = self.mode.key(), self.meet.place.words(), self.meet.appointment().at
        is_meant = mode == MEET or bool(place.strip()) or at != self._proposed
        return {
            WORDS: self.words.toPlainText(),
            PLACE: place,
            WHEN: at.isoformat() if is_meant else "",
            ASKS: " ".join(sorted(item.value for item in self.ask.asks())),
            MODE: mode if mode != WORDS else "",
        }

    def done(self, said: Saying, now: datetime) -> None:
        """Be empty of what was said; what else is half typed stays."""
        left, is_booked = self.typed_words(), _is_booked(said)
        if left[WORDS] == said.words:
            del left[WORDS]
        for field in (PLACE, WHEN) if is_booked else (ASKS,) if said.asks else ():
            del left[field]
        if is_booked or said.asks:
            del left[MODE]
        if is_booked:
            self._propose(now)
        self._fill(left)

    def let_go(self) -> None:
        """Be empty: what stands here will not be said."""
        self._fill({})

    def say_wrong(self, words: str) -> None:
        """Say what went wrong, or with "" that nothing did."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press before the first is done."""
        self.send_button.setEnabled(not is_busy)
        self.awaited.be_busy(is_busy=is_busy)

    @Slot()
    def send(self) -> None:
        """Say what stands here, if something does."""
        QGuiApplication.inputMethod().commit()
        mode, said = self.mode.key(), self.words.toPlainText()
        asks = self.ask.asks() if mode == ASK else frozenset()
        if len(said) > ITEM_LIMIT:
            self.say_wrong(tr("{n} of {limit} characters", n=len(said), limit=ITEM_LIMIT))
        elif mode == WORDS and not said.strip():
            self.say_wrong(tr("Write a few words first."))
            self.words.setFocus()
        elif mode == ASK and not asks:
            self.say_wrong(tr("Choose what you would need to know."))
        else:
            meant = self.meet.appointment() if mode == MEET else None
            self.say_wrong("")
            self.said.emit(Saying(said, meant, asks))

    def _show_ways(self, *, is_by_law: bool) -> None:
        self.mode.setHidden(is_by_law)
        self.by_law.setVisible(is_by_law)
        if is_by_law:  # whoever reports hears nothing but words
            self._on_mode(WORDS)
            self.awaited.hide()

    def _propose(self, now: datetime) -> None:
        self.blockSignals(True)
        self.meet.propose(now)
        self._proposed = self.meet.appointment().at
        self.blockSignals(False)

    def _fill(self, kept: Mapping[str, str]) -> None:
        self.blockSignals(True)
        if kept.get(WORDS, "") != self.words.toPlainText():
            self.words.setPlainText(kept.get(WORDS, ""))
        self.meet.place.edit.setText(kept.get(PLACE, ""))
        at = kept.get(WHEN)
        self.meet.put(datetime.fromisoformat(at) if at else self._proposed)
        self.ask.choose(kept.get(ASKS, "").split())
        self._on_mode(kept.get(MODE) or WORDS)
        self.blockSignals(False)
        self.say_wrong("")

    def _on_meeting(self, meant: Appointment) -> None:
        QGuiApplication.inputMethod().commit()
        # Beside a new appointment, or what is asked for, the words are about that.
        words = self.words.toPlainText() if self.mode.key() == WORDS else ""
        self.said.emit(Saying(words, meant))

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        self.mode.choose(mode)
        self.meet.setVisible(mode == MEET)
        self.ask.setVisible(mode == ASK)
        self.words.setPlaceholderText(_hint(mode))
        self.about.setText(
            tr("More is told only if the young person agrees to it: their counselor asks them.")
            if mode == ASK
            else tr("Sealed: only whoever asked can read it.")
        )

    def _lay_out(self) -> None:
        self.add(self.awaited, self.mode, self.by_law, self.meet, self.ask, self.words, self.wrong)
        row = QHBoxLayout()
        row.addWidget(self.about, 1)
        row.addWidget(self.send_button)
        self.body.addLayout(row)


def _is_booked(said: Saying) -> bool:
    return said.appointment is not None and said.appointment.meeting is Meeting.BOOKED


def _by_law() -> str:
    return tr(
        "Only words reach whoever reported this by law. If you need to know more, or name a time "
        "and a place, write it here in words."
    )


def _modes() -> tuple[Choice, ...]:
    return (
        Choice(WORDS, tr("Words")),
        Choice(MEET, tr("Appointment")),
        Choice(ASK, tr("Ask for more")),
    )


def _hint(mode: str) -> str:
    return {
        WORDS: tr("What should their counselor know?"),
        MEET: tr("Anything to bring, or whom to ask for"),
        ASK: tr("Why you would need it"),
    }[mode]
