"""Another passphrase, once the old one was typed again."""

from desktop.errors import AppError, WrongPassphrase
from desktop.services import members
from i18n import tr
from ui.members.means import Means
from ui.members.task import KeyTask
from ui.widgets.new_passphrase import NewPassphrase, a_secret


class PassphraseTask(KeyTask):
    """Changes the passphrase."""

    def __init__(self, means: Means) -> None:
        """Ask for the old one and the new one."""
        words = tr("Change the passphrase"), tr("Changing…"), "key-passphrase"
        lead = tr("From then on only the new one opens your notes. The recovery code stays.")
        super().__init__(tr("Passphrase"), lead, words)
        self._means = means
        self.old = a_secret(tr("Passphrase until now"))
        self.old.edit.setObjectName("key-old")
        self.new = NewPassphrase(tr("New passphrase"))
        self.body.addWidget(self.old)
        self.body.addWidget(self.new)
        self.old.entered.connect(self.new.first.edit.setFocus)
        self.old.changed.connect(self._show_ready)
        self.new.judging_wanted.connect(self._on_judging_wanted)
        self.new.readiness_changed.connect(self._show_ready)
        self.new.entered.connect(self.act)
        self.setFocusProxy(self.old.edit)

    def begin(self) -> None:
        """Show it fresh."""
        super().begin()
        self._show_ready()

    def forget(self) -> None:
        """Take all three off the screen."""
        self.old.edit.clear()
        self.old.say_wrong("")
        self.new.forget()

    def act(self) -> None:
        """Put the new one in force."""
        if not self._is_ready():
            return
        means, now = self._means, self._means.tasks.moment().now
        old, new = self.old.words(), self.new.words()
        self.old.say_wrong("")
        self.problem.hide()
        self.show_busy(is_busy=True)
        means.tasks.run(
            lambda vault: members.change_passphrase(vault, old, new, now=now, **means.making()),
            self._on_changed,
            self.say_failed,
        )

    def say_failed(self, error: AppError) -> None:
        """Say it where it was typed."""
        if isinstance(error, WrongPassphrase):
            self.show_busy(is_busy=False)
            self.old.say_wrong(tr("This is not your passphrase until now."))
            self.old.edit.selectAll()
            self.old.edit.setFocus()
            self.resized.emit()
        else:
            super().say_failed(error)

    def _on_changed(self, notices: tuple[str, ...]) -> None:
        self.forget()
        words = tr("Your passphrase is changed. It is asked for at the next unlocking.")
        if notices:
            words = tr("Your passphrase is changed. This computer's keyring did not answer, "
                       "so the passphrase alone protects the vault.")  # fmt: skip
        self.done.emit(words)

    def _on_judging_wanted(self, words: str) -> None:
        self._means.tasks.run(lambda _: members.strength(words), self.new.show_strength)

    def _is_ready(self) -> bool:
        return bool(self.old.words()) and self.new.is_ready()

    def _show_ready(self) -> None:
        self.act_button.setEnabled(self._is_ready())
