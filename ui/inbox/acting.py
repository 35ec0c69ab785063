"""What somebody does with the case in front, and what is said when it cannot be done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.ids import YouthId
from desktop.domain.kept_laws import KeptLaw
from desktop.errors import AppError
from desktop.services import agency_keys, inbox, inbox_kept
from desktop.services.agency_keys import KeyChange
from desktop.services.inbox import Doing, Saying
from desktop.trust_errors import AgencyKeyChanged
from i18n import tr
from ui import messages
from ui.inbox.case import CasePart
from ui.tasks import Tasks

if TYPE_CHECKING:
    Act = Callable[..., bool]
    Say = Callable[[str], None]


class Acting(QObject):
    """Takes what `CasePart` emits to the services, one thing at a time."""

    begun = Signal()
    done = Signal()
    failed = Signal()
    """Nothing was done: what is typed stays."""
    handed_on = Signal(object)

    def __init__(self, tasks: Tasks, case: CasePart, chance: Callable[[int], bytes]) -> None:
        """Act on what is shown in `case`; `chance` makes the keys of a seal."""
        super().__init__(case)
        self._tasks, self._case, self._chance = tasks, case, chance
        case.decisions.decided.connect(partial(self._act, inbox.do, case.say_undecided))
        case.answer.said.connect(partial(self._act, inbox.say, case.answer.say_wrong))
        case.handing.wanted.connect(self._on_handing)
        case.handing.parted.connect(self._on_parted)
        case.keeping.said.connect(self._on_kept)
        case.late.left.connect(self._on_left)
        case.key.compared.connect(self._on_compared)

    def _act(self, act: "Act", say_wrong: "Say", what: Doing | Saying) -> None:
        ref, moment, chance = self._case.shown, self._tasks.moment(), self._chance
        if ref is None:
            return
        self.begun.emit()
        self._case.be_busy(is_busy=True)
        self._tasks.run(
            lambda vault: act(vault, ref, what, moment, chance),
            lambda was_done: self._on_done(what, was_done=was_done),
            partial(self._on_failed, say_wrong),
        )

    def _on_done(self, what: Doing | Saying, *, was_done: bool) -> None:
        self._case.be_busy(is_busy=False, is_done=was_done)
        self._case.clear_wrong()
        self._case.say_undone("" if was_done else _overtaken())
        if was_done and isinstance(what, Saying):
            self._case.answer.done(what, self._tasks.moment().now)
        elif was_done and isinstance(what, Doing):
            self._case.decisions.done(what.deed)
        self.done.emit()

    def _on_failed(self, say_wrong: "Say", error: AppError) -> None:
        self._case.be_busy(is_busy=False)
        self._case.clear_wrong()
        say_wrong(messages.sentence(error))
        self.failed.emit()
        ref = self._case.shown
        if isinstance(error, AgencyKeyChanged) and ref is not None:
            self._tasks.run(lambda vault: inbox.key_change(vault, ref), self._show_key)

    def _show_key(self, change: KeyChange | None) -> None:
        if change is not None:
            self._case.show_key(change)

    @Slot(object)
    def _on_compared(self, shown: KeyChange) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: agency_keys.confirm(vault, shown, moment),
            lambda _: self._case.clear_wrong(),
            partial(self._on_failed, self._case.answer.say_wrong),
        )

    @Slot(object)
    def _on_kept(self, law: KeptLaw) -> None:
        ref, moment = self._case.shown, self._tasks.moment()
        if ref is not None:
            self._case.be_busy(is_busy=True)
            self._tasks.run(
                lambda vault: inbox_kept.say(vault, ref, law, moment),
                lambda _: self._on_chosen(),
                partial(self._on_failed, self._case.keeping.say_wrong),
            )

    @Slot()
    def _on_left(self) -> None:
        ref, moment = self._case.shown, self._tasks.moment()
        if ref is not None:
            self._case.be_busy(is_busy=True)
            self._tasks.run(
                lambda vault: inbox.leave(vault, ref, moment),
                lambda _: self._on_chosen(),
                partial(self._on_failed, self._case.late.say_wrong),
            )

    def _on_chosen(self) -> None:
        self._case.be_busy(is_busy=False, is_done=True)
        self._case.clear_wrong()
        self.done.emit()

    @Slot(object)
    def _on_handing(self, known: YouthId | None) -> None:
        ref, moment = self._case.shown, self._tasks.moment()
        if ref is not None:
            self._case.be_busy(is_busy=True)
            self._tasks.run(
                lambda vault: inbox.keep_as_ours(vault, ref, moment, known),
                self._on_handed,
                partial(self._on_failed, self._case.answer.say_wrong),
            )

    @Slot()
    def _on_parted(self) -> None:
        ref, moment = self._case.shown, self._tasks.moment()
        if ref is not None:
            self._case.be_busy(is_busy=True)
            self._tasks.run(
                lambda vault: inbox.not_them(vault, ref, moment),
                lambda _: self._on_chosen(),
                partial(self._on_failed, self._case.answer.say_wrong),
            )

    def _on_handed(self, youth: YouthId | None) -> None:
        self._on_chosen()
        if youth is not None:
            self.handed_on.emit(youth)


def _overtaken() -> str:
    return tr("This was not done: somebody was faster. Here it stands as it is now.")
