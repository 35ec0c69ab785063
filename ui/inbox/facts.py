"""What is asked, by whom and until when; and, once it was accepted, all that was told."""

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Received
from i18n import formats, tr
from sync.protocol.states import TaskStatus
from ui.inbox import words
from ui.item_words import told as told_whole
from ui.item_words import told_covered
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.labels import Pill, text, wrapped

_NAMES = 120


class FactsCard(Card):
    """All that may be seen before somebody says yes."""

    def __init__(self) -> None:
        """Lay out empty lines."""
        super().__init__(tr("What is asked"))
        self.setObjectName("inbox-facts")
        self.state = Pill()
        self.header.addWidget(self.state)
        self.pills = QWidget()
        self._flow = Flow(self.pills, gap=6)
        self.asker, self.person = wrapped("", tone="text"), wrapped("", tone="text")
        self.came, self.until = wrapped("", tone="text"), wrapped("", tone="text")
        self.only = wrapped("", "caption", "text3")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, _NAMES)
        rows = {
            tr("Asked by"): self.asker, tr("Services"): self.pills, tr("For whom"): self.person,
            tr("Came in"): self.came, tr("Consent until"): self.until,
        }  # fmt: skip
        self._names = {value: text(name, "caption", "text3") for name, value in rows.items()}
        for number, (value, name) in enumerate(self._names.items()):
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1)
        self.body.addLayout(grid)
        self.add(self.only)

    def show_case(self, case: Received, now: datetime) -> None:
        """Show one case."""
        self.state.show_words(words.standing(case, now), words.tone(case, now))
        self.asker.setText(case.asker_name)
        self.came.setText(_came(case))
        until = formats.full_day(case.valid_until) if case.valid_until else tr("Not told")
        self.until.setText(until)
        glimpse = case.glimpse
        known = [words.ages(glimpse.ages), glimpse.language] if glimpse else []
        self.person.setText(" · ".join(part for part in known if part))
        for value in (self.pills, self.person, self.until):
            is_told = glimpse is not None and not (value is self.until and glimpse.basis)
            value.setVisible(is_told)
            self._names[value].setVisible(is_told)
        self._show_pills(case)
        is_asked = case.is_open and case.status is TaskStatus.REQUESTED
        self.only.setVisible(is_asked)
        self.only.setText(
            tr("Who it is about, and what was written, is shown once you take it on.")
        )

    def _show_pills(self, case: Received) -> None:
        while item := self._flow.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if case.is_urgent:
            self._flow.addWidget(Pill(tr("Urgent referral"), "danger"))
        for category in sorted(case.glimpse.categories if case.glimpse else ()):
            self._flow.addWidget(Pill(tr(words.CATEGORIES[category]), "info"))


class WordsCard(Card):
    """Everything that was told, item by item."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(tr("What was told"))
        self.setObjectName("inbox-words")
        self.said: dict[Item, QLabel] = {}
        self.names = {item: text(tr(name), "caption", "text3") for item, name in
                      words.ITEMS.items()}  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, _NAMES)
        for number, (item, name) in enumerate(self.names.items()):
            said = wrapped("", "body", "text")
            said.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            said.setAccessibleName(name.text())
            self.said[item] = said
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, number, 1)
        self._number = ""
        self._shown: ReferralId | None = None
        self._read_out: ReferralId | None = None
        self.show_button = Button(tr("Show the number"), "quiet", "eye", pressed=self._on_show)
        self.show_button.sized("small").setObjectName("inbox-show-number")
        self.body.addLayout(grid)
        self.body.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_case(self, case: Received) -> None:
        """Show what was told, or nothing of it; of a number the end."""
        for item, label in self.said.items():
            told = told_covered(item, case.words.get(item, ""))
            _say(label, told)
            label.setVisible(bool(told))
            self.names[item].setVisible(bool(told))
        is_read_out = self._read_out == case.id
        self._shown, self._number = case.id, case.words.get(Item.IDENTIFIER, "")
        self._cover()
        if is_read_out and self._number:
            self._on_show()
        self.setVisible(bool(case.words))

    def hideEvent(self, event: QHideEvent) -> None:
        """Cover what nobody looks at."""
        super().hideEvent(event)
        self._cover()

    def _cover(self) -> None:
        self._read_out = None
        _say(self.said[Item.IDENTIFIER], told_covered(Item.IDENTIFIER, self._number))
        self.show_button.setVisible(bool(self._number))

    @Slot()
    def _on_show(self) -> None:
        """Show the number whole, until another case is shown or nobody looks."""
        self._read_out, said = self._shown, self.said[Item.IDENTIFIER]
        _say(said, told_whole(Item.IDENTIFIER, self._number))
        if self.show_button.hasFocus():
            said.setFocus()  # else Qt would move the keyboard to a button of what comes next
        self.show_button.hide()


def _say(label: QLabel, told: str) -> None:
    label.setText(told)
    label.setAccessibleDescription(told)


def _came(case: Received) -> str:
    came = formats.day_and_clock(case.received_at)
    if case.status is not TaskStatus.REQUESTED or not case.is_open:
        return came
    due = formats.day_and_clock(case.answer_due())
    return tr("{time} · answer until {due}", time=came, due=due)
