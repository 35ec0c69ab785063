"""Handing over to another agency: a record of our own, then the ordinary way, consent and all."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.inbox import Received
from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped


class HandingCard(Card):
    """Explains before it does anything: by itself nothing of what was told passes on."""

    wanted = Signal()

    def __init__(self) -> None:
        """Offer it, in two steps."""
        super().__init__()
        self.setObjectName("inbox-handing")
        name = tr("Hand over to another agency")
        self.setAccessibleName(name)
        self.name = text(name, "body", weight="semibold")
        self.about = wrapped("", "body", "text2")
        self.open_button = Button(f"{name}…", "quiet", "building-2", pressed=self._on_open)
        self.open_button.setObjectName("inbox-hand-over")
        self.back_button = Button(tr("Back"), "quiet", pressed=self._on_back)
        self.act_button = Button(" ", "primary", "notebook-pen", pressed=self.wanted.emit)
        self.act_button.setObjectName("inbox-hand-over-act")
        row = QHBoxLayout()
        for part in (self.open_button, self.back_button):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.act_button)
        self.add(self.name, self.about)
        self.body.addLayout(row)
        self._close()

    def show_case(self, case: Received, *, is_same: bool) -> None:
        """Offer it where a case was accepted; a second time the same record is used again."""
        self.setVisible(case.is_accepted)
        is_known = case.youth is not None
        words = tr(
            "Nothing you were told passes on by itself. A record of your own is made from the "
            "alias and the age, and then you write a referral as always: the young person is "
            "asked first, and only what they say yes to is sent."
        )
        known = tr(
            "There is a record of your own already. Write a referral as always: the young person "
            "is asked first, and only what they say yes to is sent."
        )
        self.about.setText(known if is_known else words)
        self.act_button.say(
            tr("Write a referral") if is_known else tr("Make the record, then write a referral")
        )
        if not is_same:
            self._close()

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press before the first is done."""
        self.act_button.setEnabled(not is_busy)

    @Slot()
    def _on_open(self) -> None:
        self._show(is_open=True)
        self.back_button.setFocus()  # the harmless one: a second Space makes no record

    @Slot()
    def _on_back(self) -> None:
        self._close()
        self.open_button.setFocus()

    def _close(self) -> None:
        self._show(is_open=False)

    def _show(self, *, is_open: bool) -> None:
        self.open_button.setVisible(not is_open)
        for part in (self.name, self.about, self.back_button, self.act_button):
            part.setVisible(is_open)
