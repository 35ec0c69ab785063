"""What ends a referral that nobody answers, and what no agency confirms; and how it was ended."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.following import Following, Next
from desktop.domain.referrals import Erasure, Tracking, Word
from desktop.domain.settling import How
from desktop.services import ending_early
from i18n import tr
from sync.protocol.states import has_ended
from ui.referrals import ending_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped
from ui.widgets.twice import SecondButton, TwiceButton


class EndingPart(QWidget):
    """Quiet: a button that is asked about once more, and a line about what came of it."""

    pressed = Signal()
    ended = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Offer nothing yet."""
        super().__init__()
        self._tasks = tasks
        self._tracking: Tracking | None = None
        self.note, self.told = wrapped(""), wrapped("")
        self.call_off_button = TwiceButton(
            tr("Call it off…"), tr("Call it off? Press again"), "quiet", "x"
        )
        self.settle_button = Button(tr("Settled in another way…"), "quiet", "check")
        self.back_button = Button(tr("Back"), "quiet", pressed=self._on_back)
        self.hows = {how: SecondButton(ending_words.how(how), "plain") for how in How}
        self._lay_out()
        self.call_off_button.clicked.connect(self._on_asked)
        self.call_off_button.agreed.connect(self._on_called_off)
        self.settle_button.clicked.connect(self._on_settling)
        for how, button in self.hows.items():
            button.clicked.connect(partial(self._on_settled, how))

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        named = {"call-off": self.call_off_button, "settle": self.settle_button}
        for name, button in named.items():
            button.setObjectName(f"referral-{name}")
            row.addWidget(button)
        row.addStretch()
        column.addWidget(self.note)
        column.addWidget(self.told)
        column.addLayout(row)
        for each in (*self.hows.values(), self.back_button):
            column.addWidget(each)

    def show_standing(self, standing: tuple[Tracking, Following] | None) -> None:
        """Offer what ends this one; None: no referral is shown."""
        self.setHidden(standing is None)
        if standing is None:
            self._tracking = None
            return
        tracking, following = standing
        if _differs(tracking, self._tracking):
            self._rest()
        self._tracking = tracking
        is_said_above = following.next is Next.LOOK and not tracking.problem
        note = "" if is_said_above else ending_words.note(tracking)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        may_call_off = not has_ended(tracking.status) and tracking.calling_off is not Word.WAITS
        self.call_off_button.setVisible(may_call_off)
        is_overdue = following.next is Next.ASK_ERASURE and tracking.erasure is Erasure.OWED
        self.settle_button.setVisible(is_overdue)
        self.setVisible(bool(note) or may_call_off or is_overdue)

    def _rest(self) -> None:
        self.call_off_button.rest()
        for each in (self.told, *self.hows.values(), self.back_button):
            each.hide()

    @Slot()
    def _on_asked(self) -> None:
        if self._tracking is not None:
            self._tell(ending_words.explained(self._tracking))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()

    @Slot()
    def _on_called_off(self) -> None:
        if (tracking := self._tracking) is not None:
            self.pressed.emit()
            ref, moment = tracking.referral.id, self._tasks.moment()
            self._tasks.run(
                lambda vault: ending_early.call_off(vault, ref, moment),
                lambda _: self.ended.emit(ref),
            )

    @Slot()
    def _on_settling(self) -> None:
        self._tell(ending_words.asking())
        for button in (*self.hows.values(), self.back_button):
            button.show()
        # A second Space says nothing of what an agency has done (D-170).
        self.back_button.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._rest()
        self.settle_button.setFocus()

    def _on_settled(self, how: How) -> None:
        if (tracking := self._tracking) is not None:
            self.pressed.emit()
            ref, moment = tracking.referral.id, self._tasks.moment()
            self._tasks.run(
                lambda vault: ending_early.settle_erasure(vault, ref, how, moment),
                lambda _: self.ended.emit(ref),
            )


def _differs(one: Tracking, other: Tracking | None) -> bool:
    """Say whether what was asked about one is no question about the other."""
    return other is None or _standing(one) != _standing(other)


def _standing(tracking: Tracking) -> tuple[object, ...]:
    return tracking.referral.id, tracking.status, tracking.calling_off, tracking.erasure
