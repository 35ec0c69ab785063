"""The organisation's way in: off at first, plain to see while it is on."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit

from desktop.errors import AppError
from desktop.services import escrow, members
from desktop.services.escrow import State
from i18n import formats, tr
from ui import style
from ui.members.code import PassphraseAsked
from ui.members.means import Means
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped

_OFF: State = State(False, "", None)


class EscrowTask(PassphraseAsked):
    """Switches it on with the organisation's public text, or off."""

    def __init__(self, means: Means) -> None:
        """Say what it means before anything is asked."""
        words = tr("Switch on"), tr("Switching on…"), "key-escrow"
        super().__init__(means, tr("The organization's way in"), tr(
            "Two people of your organization, each with half of its key, could then open this "
            "vault together: if you leave suddenly, or a life is at stake. They must write down "
            "why, and you see here that it happened."
        ), words)  # fmt: skip
        self._state = _OFF
        self.standing = Notice("lock", "", "neutral")
        self.label = text(tr("The organization's public text"), "caption", "text2", "semibold")
        self.public = QPlainTextEdit()
        self.public.setObjectName("escrow-public")
        self.public.setAccessibleName(self.label.text())
        self.public.setProperty("written", "true")
        self.public.setTabChangesFocus(True)
        self.public.setFixedHeight(style.scaled(84))
        self.public.setPlaceholderText("bammajung-escrow-1 …")
        self.fingerprint = wrapped(tr("Paste all of it, from the first line to the last."),
                                   "caption", "text3")  # fmt: skip
        self.off_button = Button(tr("Switch off"), "danger", pressed=self._on_off)
        self.off_button.setObjectName("escrow-off")
        for place, part in enumerate((self.standing, self.label, self.public, self.fingerprint)):
            self.body.insertWidget(place, part)
        self.foot.addWidget(self.off_button)
        self.setTabOrder(self.public, self.passphrase.edit)
        self.public.textChanged.connect(self._on_text)

    def show_state(self, state: State) -> None:
        """Say how it stands; while it is on, only switching off is offered."""
        self._state = state
        for part in (self.label, self.public, self.fingerprint, self.passphrase, self.act_button):
            part.setVisible(not state.is_on)
        self.off_button.setVisible(state.is_on)
        self.standing.show_words(*standing_words(state))
        self.setFocusProxy(self.off_button if state.is_on else self.public)

    def begin(self) -> None:
        """Show it as it stands."""
        super().begin()
        self.public.clear()
        self.show_state(self._state)
        self.act_button.setEnabled(False)

    def act(self) -> None:
        """Switch it on."""
        typed, public = self.passphrase.words(), self.public.toPlainText()
        if not typed or not public.strip() or not self.act_button.isEnabled():
            return
        means, now = self._means, self._means.tasks.moment().now
        self.show_busy(is_busy=True)
        means.tasks.run(
            lambda vault: escrow.switch_on(
                vault, public, members.prove(vault, typed, means.making()["keychain"], now)
            ),
            lambda _: self.done.emit(tr("Two people of your organization can now open this "
                                        "vault. You can switch it off at any time.")),
            self.say_failed,
        )  # fmt: skip

    @Slot()
    def _on_text(self) -> None:
        words = self.public.toPlainText()
        self.act_button.setEnabled(False)
        if words.strip():
            self._means.tasks.run(
                lambda _: escrow.fingerprint(words), self._on_fingerprint, self._on_unreadable
            )

    def _on_fingerprint(self, letters: str) -> None:
        words = tr("Compare with the printed sheet: {letters}", letters=letters)
        self._say_fingerprint(words, "ok_text")
        self.act_button.setEnabled(True)

    def _on_unreadable(self, _: AppError) -> None:
        words = tr("This is not the whole text yet. Copy it from its first line to its last.")
        self._say_fingerprint(words, "danger")

    def _say_fingerprint(self, words: str, tone: str) -> None:
        self.fingerprint.setText(words)
        self.fingerprint.setProperty("tone", tone.removesuffix("_text"))
        self.fingerprint.style().unpolish(self.fingerprint)
        self.fingerprint.style().polish(self.fingerprint)
        self.resized.emit()

    @Slot()
    def _on_off(self) -> None:
        words = tr("Nobody but you can open this vault now. Copies made while it was on could "
                   "still be opened.")  # fmt: skip
        self._means.tasks.run(escrow.switch_off, lambda _: self.done.emit(words), self.say_failed)


def standing_words(state: State) -> tuple[str, str, str]:
    """Return icon, words and tone for how it stands."""
    letters = state.fingerprint
    when = formats.day_and_clock(state.used_at) if state.used_at else ""
    if not state.is_on and not when:
        return "lock", tr("Off. Only you can open this vault."), "neutral"
    if not state.is_on:
        words = tr("Off. It was last used {when}.", when=when)
        return "lock", f"{words}\n{_whose(state)}", "warn"
    if not when:
        words = tr("On, with the key {letters}. It has never been used.", letters=letters)
        return "users", words, "info"
    words = tr("On, with the key {letters}. Last used {when}.", letters=letters, when=when)
    return "users", f"{words}\n{_whose(state)}", "warn"


def _whose(state: State) -> str:
    """Say whose looks are written down since it was used."""
    if state.back_at is None:
        return tr("Every look since then is written down as the organization's, until you choose "
                  "a new passphrase here. Make a new recovery code too.")  # fmt: skip
    return tr("You chose a new passphrase {when}: since then every look is yours.",
              when=formats.day_and_clock(state.back_at))  # fmt: skip
