"""One consent of somebody among all of theirs: in force with the way to end it, or ended."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.consents import Article, Consent
from desktop.domain.living import Living
from desktop.domain.referrals import Word
from desktop.services.slips import number_of
from i18n import formats, tr
from ui.consents import living
from ui.consents.ending import EndingPart
from ui.people import left_words
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, Pill, text, wrapped


class LivingRow(QFrame):
    """To whom, which items, what for and until when; ending it takes two clicks."""

    withdrawal_wanted = Signal(object)
    again_wanted, slip_wanted = Signal(object), Signal(object)

    def __init__(self, each: Living, now: datetime) -> None:
        """Say how it stands."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.about, self.consent = each, each.consent
        is_soon = living.ends_soon(each.consent, now)
        name, items = living.recipient_words(each), living.may_leave_words(each)
        day = tr("Until {day}", day=formats.full_day(each.consent.valid_until))
        self.until = Pill(day, "neutral")
        if is_soon:
            self.until.show_words(left_words(each.consent.valid_until, now), "warn")
            self.until.setToolTip(day)
        self.setAccessibleName(f"{name}, {self.until.text()}, {items}")
        self.ending = EndingPart()
        self.again_button = Button(tr("Ask again…"), "quiet", "shield-check").sized("small")
        self.again_button.setObjectName("consent-ask-again")
        self.slip_button = _slip_button(each.consent)
        self._lay_out(name, items)
        is_given_on = each.consent.says_yes_to(Article.PROVIDE)
        self.again_button.setVisible(is_given_on and (is_soon or not each.items))
        self._name_buttons(name)
        self.ending.show_words("", is_on=True)
        self.ending.confirmed.connect(self._on_confirmed)
        self.again_button.clicked.connect(self._on_again)
        self.slip_button.clicked.connect(self._on_slip)

    def _lay_out(self, name: str, items: str) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 6)
        column.setSpacing(3)
        head.setSpacing(10)
        head.addWidget(Icon("shield-check", "ok", 18))
        head.addWidget(Elided(text(name, "body", weight="semibold")), 1)
        head.addWidget(self.until)
        column.addLayout(head)
        column.addWidget(wrapped(items, "caption", "text2"))
        for words in (self.consent.purpose, _answered_by(self)):
            if words:
                column.addWidget(Elided(text(words, "caption", "text3")))
        foot.setSpacing(4)
        foot.addWidget(self.again_button)
        foot.addWidget(self.slip_button)
        foot.addWidget(self.ending, 1)
        column.addLayout(foot)

    def _name_buttons(self, name: str) -> None:
        self.ending.name_buttons(name)
        for button in (self.again_button, self.slip_button):
            button.setAccessibleName(f"{name}: {button.text()}")

    @Slot()
    def _on_confirmed(self) -> None:
        self.ending.confirm_button.setEnabled(False)
        self.withdrawal_wanted.emit(self.consent.id)

    @Slot()
    def _on_again(self) -> None:
        self.again_wanted.emit(self.consent)

    @Slot()
    def _on_slip(self) -> None:
        self.slip_wanted.emit(self.consent)


class EndedRow(QWidget):
    """Quieter: to whom, why it ended, and who has erased and who has not yet.

    Where somebody works on with what was sent, that can be taken back here as well.
    """

    withdrawal_wanted = Signal(object)
    outbox_wanted = Signal()

    def __init__(self, each: Living) -> None:
        """Say how it ended."""
        super().__init__()
        self.about = each
        name, why = living.recipient_words(each), living.end_words(each)
        said = (living.word_words(each.word), living.erased_words(each.erasing))
        self.told = wrapped("\n".join(part for part in said if part), "caption", "text2")
        still = living.still_has_words(each.still_has())
        said_of_it = (name, why, self.told.text(), still)
        self.setAccessibleName(", ".join(part for part in said_of_it if part))
        words = tr("What goes and what comes")
        self.outbox_button = Button(words, "quiet", "circle-alert").sized("small")
        self.outbox_button.setObjectName("consent-outbox")
        self.outbox_button.setAccessibleName(f"{name}: {words}")
        self.outbox_button.clicked.connect(self.outbox_wanted)
        self.ending = EndingPart()
        self._lay_out(name, why)
        self.told.setVisible(bool(self.told.text()))
        self.outbox_button.setVisible(each.word is Word.REFUSED)
        self.ending.name_buttons(name)
        self.ending.show_words(still, is_on=bool(still))
        self.ending.confirmed.connect(self._on_confirmed)

    def _lay_out(self, name: str, why: str) -> None:
        head, column, foot = QHBoxLayout(), QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(14, 2, 8, 2)
        column.setSpacing(0)
        head.addWidget(Elided(text(name, "body", "text2")), 1)
        head.addWidget(text(why, "caption", "text3"))
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.ending)
        foot.addWidget(self.outbox_button)
        foot.addStretch()
        column.addLayout(foot)

    @Slot()
    def _on_confirmed(self) -> None:
        self.ending.confirm_button.setEnabled(False)
        self.withdrawal_wanted.emit(self.about.consent.id)


def _slip_button(consent: Consent) -> Button:
    button = Button(tr("Slip…"), "quiet", "file-text").sized("small")
    button.setObjectName("consent-slip")
    button.setToolTip(tr("Number: {number}", number=number_of(consent.id)))
    return button


def _answered_by(row: LivingRow) -> str:
    guardian = row.consent.guardian
    return tr("Legal guardian · {relation}", relation=guardian.relation) if guardian else ""
