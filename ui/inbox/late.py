"""Two decisions about one case, side by side: a person chooses which one holds."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from desktop.domain import late_decisions
from desktop.domain.inbox import Deed, Received
from i18n import tr
from ui.inbox import late_words, words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped


class LateCard(Card):
    """Hidden but where ours came too late; nothing is chosen before a person does."""

    left = Signal()
    wanted = Signal(object)
    """A `Deed`: ours after all, or what can be done in its place."""

    def __init__(self) -> None:
        """Lay out both, and the ways out."""
        super().__init__(tr("Two decisions about this referral"))
        self.setObjectName("inbox-late")
        self.ours, self.stands = wrapped("", "body", "text"), wrapped("", "body", "text")
        self.about = wrapped("", "body", "text2")
        self.wrong = wrapped("", "caption", "danger")
        self.leave_button = Button(tr("Leave it as it stands"), "plain", "check")
        self.leave_button.setObjectName("inbox-late-leave")
        self.act_button = Button(" ", "plain")
        self.act_button.setObjectName("inbox-late-act")
        self._deed: Deed | None = None
        self._lay_out()
        self.say_wrong("")
        self.leave_button.clicked.connect(self.left)
        self.act_button.clicked.connect(self._on_act)
        self.hide()

    def show_case(self, case: Received) -> None:
        """Show both decisions where there are two."""
        late = late_decisions.contested(case)
        self.setVisible(late is not None)
        if late is None:
            return
        self.ours.setText(late_words.ours(late))
        self.stands.setText(late_words.stands(case))
        self.about.setText(late_words.about(case))
        after_all = late_decisions.after_all(case)
        self._deed = after_all or late_decisions.instead(case)
        self.act_button.setVisible(self._deed is not None)
        if self._deed is not None:
            deed = tr(words.DEEDS[self._deed])
            self.act_button.say(tr("Do ours after all: {deed}", deed=deed) if after_all else deed)

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press before the first is done."""
        for button in (self.leave_button, self.act_button):
            button.setEnabled(not is_busy)

    def say_wrong(self, words: str) -> None:
        """Say what went wrong, or with "" that nothing did."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    @Slot()
    def _on_act(self) -> None:
        self.wanted.emit(self._deed)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        named = {tr("Decided here"): self.ours, tr("Already so"): self.stands}
        for number, (name, said) in enumerate(named.items()):
            said.setAccessibleName(name)
            grid.addWidget(text(name, "caption", "text3"), number, 0)
            grid.addWidget(said, number, 1)
        self.body.addLayout(grid)
        self.add(self.about, self.wrong)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.act_button)
        row.addWidget(self.leave_button)
        self.body.addLayout(row)
