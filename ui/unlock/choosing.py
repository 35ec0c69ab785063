"""Choosing a passphrase, and for a colleague's own vault the name on the lock screen."""

from PySide6.QtCore import Signal, Slot

from desktop.errors import AppError
from i18n import tr
from ui import messages
from ui.unlock.gate import Gate
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.new_passphrase import NewPassphrase


class ChoosingPage(Stage):
    """Emits `chosen` with a passphrase that is strong enough and was written twice."""

    chosen = Signal(str)
    back_wanted = Signal()

    def __init__(self, gate: Gate, title: str, step: str = "", label: Field | None = None) -> None:
        """Ask for a new passphrase; with `label`, first for the name on the lock screen."""
        lead = tr("Only this passphrase opens your notes. Nobody can look it up for you.")
        super().__init__(title, lead, step)
        self._gate, self._label = gate, label
        self._is_busy = False
        self.busy_words = tr("Making the vault…")
        """What the button says meanwhile; another where a vault is there already."""
        self.both = NewPassphrase()
        self.first, self.again, self.meter = self.both.first, self.both.again, self.both.meter
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next).sized("large")
        self.next_button.setObjectName("passphrase-next")
        self.problem = Notice("circle-alert", "", "danger")
        self.problem.hide()
        self.add(*([label] if label else []), self.both, self.problem, self.next_button)
        self.both.judging_wanted.connect(self._on_judging_wanted)
        self.both.readiness_changed.connect(self._show_ready)
        self.both.entered.connect(self._on_next)
        self.setFocusProxy(label.edit if label else self.both)
        if label is not None:
            label.changed.connect(self._show_ready)
            label.entered.connect(self.first.edit.setFocus)
            self._offer_back()
        self._show_ready()

    def say_failed(self, error: AppError) -> None:
        """Say why it could not be used, and let the person go on."""
        self.problem.show_words("circle-alert", messages.sentence(error), "danger")
        self.problem.show()
        self.show_busy(is_busy=False)

    def show_busy(self, *, is_busy: bool) -> None:
        """Say that it is being worked on."""
        self._is_busy = is_busy
        self.next_button.say(self.busy_words if is_busy else tr("Next"))
        self._show_ready()

    def forget(self) -> None:
        """Take the words off the screen."""
        self.both.forget()

    def _offer_back(self) -> None:
        back = Button(tr("Back"), "quiet", "arrow-left")
        back.setObjectName("choosing-back")
        back.clicked.connect(self.back_wanted)
        self.foot.addWidget(back)
        self.foot.addStretch()

    @Slot(str)
    def _on_judging_wanted(self, words: str) -> None:
        self._gate.judge(words, self.both.show_strength)

    @Slot()
    def _show_ready(self) -> None:
        self.next_button.setEnabled(self._is_ready())

    def _is_ready(self) -> bool:
        is_named = self._label is None or bool(self._label.words())
        return is_named and self.both.is_ready() and not self._is_busy

    @Slot()
    def _on_next(self) -> None:
        if self._is_ready():
            self.problem.hide()
            self.show_busy(is_busy=True)
            self.chosen.emit(self.both.words())
