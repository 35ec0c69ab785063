"""Handing over to another agency: a record of our own, then the ordinary way, consent and all."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.consents import Item
from desktop.domain.inbox import Received
from desktop.domain.likeness import Sought
from desktop.domain.told_words import about_in
from desktop.domain.youths import Youth
from i18n import tr
from ui.met_before import KnownBefore
from ui.people import age_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped
from ui.widgets.twice import TwiceButton


class HandingCard(Card):
    """Explains before it does anything: by itself nothing of what was told passes on."""

    wanted = Signal(object)
    """Of whom the record is, who was met before; None: somebody new, or as it is already."""
    parted = Signal()
    """The record there is turned out to be somebody else's."""
    grown = Signal()
    """There is more to read and to press than before."""

    def __init__(self, tasks: Tasks) -> None:
        """Offer it, in two steps; whoever may be known is asked about in the second."""
        super().__init__()
        self.setObjectName("inbox-handing")
        name = tr("Hand over to another agency")
        self.setAccessibleName(name)
        self._sought: Sought | None = None
        self._chosen: Youth | None = None
        self.name = text(name, "body", weight="semibold")
        self.about = wrapped("", "body", "text2")
        self.known = KnownBefore(tasks)
        self.open_button = Button(f"{name}…", "quiet", "building-2", pressed=self._on_open)
        self.open_button.setObjectName("inbox-hand-over")
        self.back_button = Button(tr("Back"), "quiet", pressed=self._on_back)
        self.not_them_button = TwiceButton(
            tr("This is not them"), tr("Not them? Press again"), "quiet", "undo-2"
        )
        self.not_them_button.setObjectName("inbox-not-them")
        self.act_button = Button(" ", "primary", "notebook-pen", pressed=self._on_act)
        self.act_button.setObjectName("inbox-hand-over-act")
        self._lay_out()
        self.not_them_button.agreed.connect(self.parted)
        self.known.chosen.connect(self._on_known)
        self.known.changed.connect(self._on_looked)
        self._close()

    def show_case(self, case: Received, *, is_same: bool) -> None:
        """Offer it where a case was accepted; a second time the same record is used again."""
        self.setVisible(case.is_accepted)
        was_known = self._sought is None
        self._sought = None if case.youth is not None else _sought(case)
        is_parted = was_known and self._sought is not None
        if not is_same or is_parted:
            self._close()
        elif self._sought is None:
            self.known.begin_anew()
            self._choose(None)
        self._say_deed()

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press before the first is done."""
        self.act_button.setEnabled(not is_busy)
        self.not_them_button.setEnabled(not is_busy)
        self.known.setEnabled(not is_busy)

    @Slot()
    def _on_open(self) -> None:
        self._show(is_open=True)
        self.grown.emit()
        self.back_button.setFocus()  # the harmless one: a second Space makes no record
        if self._sought is not None:
            self.act_button.setEnabled(False)  # until it is known whom to ask about
            self.known.look_like(self._sought)

    @Slot()
    def _on_looked(self) -> None:
        self._say_deed()
        self.act_button.setEnabled(True)
        if self.known.buttons:
            self.grown.emit()

    @Slot()
    def _on_act(self) -> None:
        self.wanted.emit(self._chosen.id if self._chosen else None)

    @Slot(object)
    def _on_known(self, youth: Youth) -> None:
        self._choose(youth)  # their record is not touched by one press
        self.grown.emit()

    @Slot()
    def _on_back(self) -> None:
        self._close()
        self.open_button.setFocus()

    def _choose(self, youth: Youth | None) -> None:
        self._chosen = youth
        self._say_deed()

    def _say_deed(self) -> None:
        self.about.setText(_about(self._chosen, is_known=self._sought is None))
        if self._sought is None:
            words = tr("Write a referral")
        elif self._chosen is not None:
            words = tr("Yes, it is {alias}: write a referral", alias=self._chosen.alias)
        elif self.known.buttons:
            words = tr("Make a new record, then write a referral")
        else:
            words = tr("Make the record, then write a referral")
        self.act_button.say(words)

    def _close(self) -> None:
        self.known.begin_anew()
        self._choose(None)
        self._show(is_open=False)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for part in (self.open_button, self.back_button, self.not_them_button):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.act_button)
        self.add(self.name, self.about, self.known)
        self.body.addLayout(row)

    def _show(self, *, is_open: bool) -> None:
        self.open_button.setVisible(not is_open)
        for part in (self.name, self.about, self.back_button, self.act_button):
            part.setVisible(is_open)
        self.not_them_button.rest()
        self.not_them_button.setVisible(is_open and self._sought is None)


def _about(chosen: Youth | None, *, is_known: bool) -> str:
    if is_known:
        return tr(
            "There is a record of your own already. Write a referral as always: the young person "
            "is asked first, and only what they say yes to is sent. If that record is somebody "
            "else's, press “This is not them”. Then look on their page at the age and at whether "
            "the guardian may be told: both may come from this case."
        )
    if chosen is not None:
        return tr(
            "From then on this case belongs to the record of {alias} ({age}). What protects them "
            "is added there, and once they ask to be forgotten this case ends too. If you are not "
            "sure, choose “Back”.",
            alias=chosen.alias,
            age=age_words(chosen.age),
        )
    return tr(
        "Nothing you were told passes on by itself. A record of your own is made from alias, "
        "age, gender, language and whether the guardian may be told. Then you write a "
        "referral as always: the young person is asked first, and only what they say yes to "
        "is sent."
    )


def _sought(case: Received) -> Sought:
    about = about_in(case.words)
    alias = case.words.get(Item.ALIAS, "")
    return Sought(alias, about.age, gender=about.gender, language=about.language)
