"""Exactly what would leave, read back from the bytes that would be sealed."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.consents import Item
from desktop.domain.referrals import Draft, Tracking
from desktop.errors import AppError, PreviewChanged
from desktop.services import referrals
from desktop.services.youths import YouthFile
from i18n import formats, tr
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from ui.messages import sentence
from ui.new_key import NewKey
from ui.referrals.leaving import LeavingCard, StayingCard
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import IconLabel
from ui.widgets.sheet import Sheet


class PreviewSheet(Sheet):
    """Left: every word that leaves, each of which can be taken out. Right: what stays here."""

    released = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget, chance: Callable[[int], bytes]) -> None:
        """Be ready over `window`; `chance` makes the keys of the seal."""
        super().__init__(window, tr("See what would be sent"), tr("Close"), width=1000)
        self._tasks, self._chance = tasks, chance
        self._draft: Draft | None = None
        self._taken_out: tuple[Item, ...] = ()
        self._preview: referrals.Preview | None = None
        self.to = Notice("building-2", "", "info")
        self.leaving, self.staying = LeavingCard(), StayingCard()
        self.problem = Notice("triangle-alert", "", "danger")
        self.new_key = NewKey(tasks)
        self.release_button = Button(tr("Send exactly this"), "primary", "send")
        self.release_button.setObjectName("preview-release")
        self.back_button = Button(tr("Do not send yet"), "plain", pressed=self.leave)
        self.back_button.setObjectName("preview-back")
        self._lay_out()
        self.release_button.clicked.connect(self._on_release)
        self.leaving.moved.connect(self._on_taken_out)
        self.staying.moved.connect(self._on_put_back)
        self.new_key.changed.connect(self.release_button.setDisabled)
        self.new_key.failed.connect(self._say_wrong)

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.leaving, 3)
        sides.addWidget(self.staying, 2)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.new_key)
        self.body.addWidget(self.to)
        self.body.addLayout(sides)
        self.body.addStretch()
        seal = tr("It is sealed so that only this agency can open it.")
        self.foot.addWidget(IconLabel("lock", seal, size="caption"), 1)
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.release_button)

    def open_for(self, file: YouthFile) -> None:
        """Ask what would leave, then show it."""
        self._draft, self._taken_out = file.draft, ()
        self._ask()

    def shown_words(self) -> dict[Item, str]:
        """Return the words on the left, by item."""
        return dict(self._preview.rows) if self._preview else {}

    def _ask(self, moved: Item | None = None) -> None:
        if self._draft is None:
            return
        self._be_ready(is_ready=False)  # until what is shown is what would leave
        moment, whole, out = self._tasks.moment(), self._draft, self._taken_out
        words = {item: said for item, said in whole.words.items() if item not in out}
        draft = replace(whole, words=words)
        self._tasks.run(
            lambda vault: referrals.preview(vault, draft, moment),
            lambda preview: self._show(preview, whole, moved),
            self._say_wrong,
        )

    def _be_ready(self, *, is_ready: bool) -> None:
        for part in (self.leaving, self.staying, self.release_button):
            part.setEnabled(is_ready)

    def _show(self, preview: referrals.Preview, whole: Draft, moved: Item | None) -> None:
        if whole is not self._draft:
            return  # another one was opened meanwhile
        self._preview = preview
        self.problem.hide()
        for part in (self.to, self.leaving, self.staying):
            part.show()
        self.to.show_words("building-2", _to_whom(preview), "info")
        self.leaving.show_packet(read_json(Packet, preview.packet))
        self.staying.show_staying(preview.staying, self._taken_out)
        self._be_ready(is_ready=True)
        self.new_key.look_at(preview.referral.agency)
        if moved is None or not self.isVisible():
            self.open(self.close_button)  # nothing is under Enter: sending is a person's move
            return
        self.fit()
        both = {**self.leaving.buttons, **self.staying.buttons}
        both.get(moved, self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_taken_out(self, item: Item) -> None:
        self._taken_out = (*self._taken_out, item)
        self._ask(item)

    @Slot(object)
    def _on_put_back(self, item: Item) -> None:
        self._taken_out = tuple(each for each in self._taken_out if each is not item)
        self._ask(item)

    def _say_wrong(self, error: AppError) -> None:
        self.problem.show_words("triangle-alert", sentence(error), "danger")
        self.problem.show()
        is_stale = isinstance(error, PreviewChanged)
        for part in (self.to, self.leaving, self.staying):
            part.setVisible(is_stale)
        self.release_button.setEnabled(False)
        self.open(self.close_button)

    @Slot()
    def _on_release(self) -> None:
        preview, moment, chance = self._preview, self._tasks.moment(), self._chance
        if preview is None:
            return
        self.release_button.setEnabled(False)
        self._tasks.run(
            lambda vault: referrals.release(vault, preview, moment, chance),
            self._on_released,
            self._say_wrong,
        )

    def _on_released(self, tracking: Tracking) -> None:
        self._preview = None
        self.leave()
        self.released.emit(tracking)


def _to_whom(preview: referrals.Preview) -> str:
    return tr(
        "To {agency}, under the consent of {asked}, valid until {until}.",
        agency=preview.agency_name,
        asked=formats.day_and_clock(preview.consent.asked_at),
        until=formats.full_day(preview.consent.valid_until),
    )
