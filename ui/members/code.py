"""Another recovery code: shown once, and proven to be on paper."""

from desktop.errors import AppError, WrongPassphrase
from desktop.services import members
from i18n import tr
from ui.members.means import Means
from ui.members.task import KeyTask
from ui.widgets.new_passphrase import a_secret
from ui.widgets.paper_code import PaperCode


class PassphraseAsked(KeyTask):
    """Asks for the passphrase once more, and shows a code once it was done."""

    def __init__(self, means: Means, title: str, lead: str, action: tuple[str, str, str]) -> None:
        """Ask for it."""
        super().__init__(title, lead, action)
        self._means = means
        self.passphrase = a_secret(tr("Your passphrase"))
        self.passphrase.edit.setObjectName(f"{action[2]}-passphrase")
        self.body.addWidget(self.passphrase)
        self.paper: PaperCode | None = None
        self.passphrase.entered.connect(self.act)
        self.setFocusProxy(self.passphrase.edit)

    def begin(self) -> None:
        """Ask for it again; a code that was shown before is gone."""
        super().begin()
        self.forget()
        if self.paper is not None:
            self.paper.hide()
            self.paper.deleteLater()
            self.paper = None
        for part in (self.passphrase, self.act_button, self.back_button):
            part.show()
        self.setFocusProxy(self.passphrase.edit)

    def forget(self) -> None:
        """Take the passphrase off the screen."""
        self.passphrase.edit.clear()
        self.passphrase.say_wrong("")

    def say_failed(self, error: AppError) -> None:
        """Say it where it was typed."""
        if isinstance(error, WrongPassphrase):
            self.show_busy(is_busy=False)
            self.passphrase.say_wrong(tr("This is not your passphrase."))
            self.passphrase.edit.selectAll()
            self.passphrase.edit.setFocus()
            self.resized.emit()
        else:
            super().say_failed(error)

    def show_code(self, code: str) -> None:
        """Show a code that is kept nowhere, and wait until it is on paper."""
        self.lead.setText(self.says_now())
        self.forget()
        self.problem.hide()
        for part in (self.passphrase, self.act_button, self.back_button):
            part.hide()
        self.paper = PaperCode(code, self._means.chance, tr("Bammajung recovery code"))
        self.body.addWidget(self.paper)
        self.paper.show()  # at once: what is not shown yet takes no room and no Tab
        self.paper.confirmed.connect(self._on_confirmed)
        self.setFocusProxy(self.paper)
        self.setFocus()
        self.resized.emit()

    def says_now(self) -> str:
        """Return what is said above the code."""
        return tr("Write it down now and keep it away from this laptop. "
                  "The code on an earlier paper opens nothing here any more.")  # fmt: skip

    def finish(self) -> None:
        """The code is on paper."""

    def _on_confirmed(self) -> None:
        self._means.tasks.run(
            members.prove_code, lambda _: self.finish(), lambda _: self.finish()
        )  # a full disk: the next unlocking offers another code


class CodeTask(PassphraseAsked):
    """Makes a new recovery code."""

    def __init__(self, means: Means) -> None:
        """Say what becomes of the old one."""
        words = tr("Make a new code"), tr("Making it…"), "key-code"
        super().__init__(means, tr("Recovery code"), tr(
            "Do this if the paper is lost or somebody may have read it. "
            "The code on the old paper then opens nothing on this laptop. What lies on a stick or "
            "at the hub opens with it until you copy anew."
        ), words)  # fmt: skip

    def act(self) -> None:
        """Make it."""
        typed, now, means = self.passphrase.words(), self._means.tasks.moment().now, self._means
        if not typed:
            return
        self.show_busy(is_busy=True)
        means.tasks.run(
            lambda vault: members.new_code(
                vault, members.prove(vault, typed, means.making()["keychain"], now), means.chance
            ),
            self.show_code,
            self.say_failed,
        )

    def finish(self) -> None:
        """Say which paper counts, and for how long the old one is needed."""
        from desktop.services import office_backups

        self._means.tasks.run(
            office_backups.is_left,
            lambda is_left: self.done.emit(_which_paper(is_left=is_left)),
            lambda _: self.done.emit(_which_paper(is_left=True)),
        )


def _which_paper(*, is_left: bool) -> str:
    if is_left:
        return tr("The new recovery code is in force. Keep the old paper until the newest backup "
                  "is at the hub, and on your stick if you have one: what lies there now opens "
                  "with the old code, not the new one. Then destroy the paper.")  # fmt: skip
    return tr("The new recovery code is in force. If you have a copy on a stick, copy anew "
              "before you destroy the old paper: what lies there now opens with the "
              "old code.")  # fmt: skip
