"""My keys: a list, and one page for each thing that is done."""

from functools import cached_property

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.services import escrow, members
from desktop.services.escrow import State
from i18n import tr
from ui.members import listing
from ui.members.code import CodeTask
from ui.members.escrow import EscrowTask
from ui.members.listing import KeyList
from ui.members.means import Means
from ui.members.name import NameTask
from ui.members.passphrase import PassphraseTask
from ui.members.renewing import RenewTask
from ui.members.task import KeyTask
from ui.widgets.sheet import Sheet


class KeysSheet(Sheet):
    """Shows one page at a time; secrets leave the screen with it."""

    lock_wanted = Signal()

    def __init__(self, means: Means, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("My keys"), tr("Close"), width=600)
        self.setObjectName("keys-sheet")
        self._means = means
        self._name, self._state = "", State(False, "", None)
        self.list = KeyList()
        self.task: KeyTask | None = None
        self.body.addWidget(self.list)
        self.body.addStretch()
        self.list.chosen.connect(self._on_chosen)

    @cached_property
    def tasks(self) -> dict[str, KeyTask]:
        """A page for each row of the list."""
        renew = RenewTask(self._means)
        renew.lock_wanted.connect(self.lock_wanted)
        made: dict[str, KeyTask] = {
            listing.NAME: NameTask(self._means),
            listing.PASSPHRASE: PassphraseTask(self._means),
            listing.CODE: CodeTask(self._means),
            listing.RENEW: renew,
            listing.ESCROW: EscrowTask(self._means),
        }
        for page in made.values():
            page.lay_out_foot()
            page.hide()
            self.body.insertWidget(1, page)
            page.done.connect(self._on_done)
            page.back_wanted.connect(self._on_back)
            page.resized.connect(self.fit, Qt.ConnectionType.QueuedConnection)
        return made

    def begin(self) -> None:
        """Show the list, and how it stands."""
        self.list.say("")
        self._show_list()
        self.open(self.list.buttons[listing.NAME])
        self._ask()

    def may_close(self) -> bool:
        """Not while connections are closed that only a lock opens again."""
        if self.task is not None and not self.task.is_safe_to_leave():
            return False
        self._leave_task()
        return True

    def _ask(self) -> None:
        self._means.tasks.run(
            lambda vault: (members.label(vault), escrow.state(vault)), self._on_state
        )

    def _on_state(self, known: tuple[str, State]) -> None:
        self._name, self._state = known
        self.list.show_state(*known)
        self.fit()

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        page = self.task = self.tasks[key]
        if isinstance(page, NameTask):
            page.show_name(self._name)
        if isinstance(page, EscrowTask):
            page.show_state(self._state)
        page.begin()
        self.list.hide()
        page.show()
        self.fit()
        page.setFocus()

    @Slot(str)
    def _on_done(self, words: str) -> None:
        done = [key for key, page in self.tasks.items() if page is self.task]
        self.list.say(words)
        self._show_list()
        for key in done:  # none: the sheet was closed before it was done
            self.list.buttons[key].setFocus()
        self._ask()

    @Slot()
    def _on_back(self) -> None:
        self._on_done("")

    def _show_list(self) -> None:
        self._leave_task()
        self.list.show()
        self.fit()

    def _leave_task(self) -> None:
        if self.task is not None:
            self.task.forget()
            self.task.hide()
            self.task = None
        self.list.show()
