"""What is decided about one thing that ends: keeping it longer, or destroying it for good."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop.domain.ids import YouthId
from desktop.domain.retention import Expiry, Reason, Since, Thing
from i18n import later, ntr, tr
from ui.keeping.expiry_words import owed_words, what_words
from ui.keeping.step import StepPage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice, Segmented

_MONTHS = {"3": 92, "6": 183, "12": 366}

_GOES: Final = {
    Thing.YOUTH: later(
        "Meetings, notes, judgments, consents and referrals of this person go, in the backups on "
        "this laptop too. The log keeps only how many."
    ),
    Thing.NOTE: later("This one note goes, in the backups on this laptop too. The log counts it."),
    Thing.CONSENT: later(
        "This consent goes, in the backups on this laptop too. The log counts it."
    ),
    Thing.JOTTING: later(
        "Every word about them goes, in the backups on this laptop too. That somebody was met "
        "stays counted."
    ),
    Thing.DRAFT: later("This draft goes, in the backups on this laptop too. The log counts it."),
}


class DecisionPage(StepPage):
    """A step about one thing that ends."""

    def __init__(self, act: Button) -> None:
        """Be about nothing yet."""
        super().__init__(act)
        self.expiry: Expiry | None = None

    def show_expiry(self, expiry: Expiry) -> None:
        """Be about one thing."""
        self.expiry = expiry
        self.begin_step(what_words(expiry))


class KeepPage(DecisionPage):
    """Emits what, how much longer, for which reason and in which words; `begun`: what for."""

    begun = Signal(object)
    decided = Signal(object, object, object, str)

    def __init__(self) -> None:
        """Ask why, in words too: nobody reads minds two years on."""
        act = Button(tr("Keep it longer"), "primary", pressed=self._on_act)
        act.setObjectName("keep-act")
        super().__init__(act)
        self.reason = Segmented(tr("Why"), _reasons())
        self.span = Segmented(tr("For how much longer"), _spans())
        self.words = Field(
            tr("In your own words"), tr("Without names. For a law, write which article.")
        )
        self.words.edit.setObjectName("keep-words")
        for part in (self.reason, self.span):
            self.body.addWidget(text(part.accessibleName(), "caption", "text2", "semibold"))
            self.body.addWidget(part)
        self.body.addWidget(self.words)
        self.words.entered.connect(self._on_act)
        self.setFocusProxy(self.reason.buttons[Reason.HELP.value])

    def show_expiry(self, expiry: Expiry) -> None:
        """Ask anew. Who asked to be forgotten is kept by a law, or not at all."""
        super().show_expiry(expiry)
        is_wish = expiry.since is Since.WISH
        self.reason.choose((Reason.LAW if is_wish else Reason.HELP).value)
        self.span.choose("6")
        self.words.edit.clear()
        self.words.say_wrong("")
        self.begun.emit(expiry)

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return whose record was about to be kept longer, and why, as far as it is written."""
        words = self.words.words()
        if self.expiry is None or not self.isVisible() or not words:
            return None
        said = {"words": words, "reason": self.reason.key(), "span": self.span.key()}
        return self.expiry.youth, said

    def fill(self, words: Mapping[str, str]) -> None:
        """Let what was half written stand there again."""
        self.words.edit.setText(words["words"])
        self.reason.choose(words["reason"])
        self.span.choose(words["span"])

    @Slot()
    def _on_act(self) -> None:
        QGuiApplication.inputMethod().commit()
        words = self.words.words()
        self.words.say_wrong("" if words else tr("Write why, in a few words."))
        if not words:
            self.words.edit.setFocus()
            self.resized.emit()
            return
        self.be_busy(is_busy=True)
        longer = timedelta(days=_MONTHS[self.span.key()])
        self.decided.emit(self.expiry, longer, Reason(self.reason.key()), words)


class DestroyPage(DecisionPage):
    """The second step: says what goes for good, or what has to happen first."""

    decided = Signal(object)

    def __init__(self) -> None:
        """Have the keyboard on the way back, so that Enter destroys nothing."""
        act = Button(tr("Destroy for good"), "danger", "eraser", pressed=self._on_act)
        act.setObjectName("destroy-act")
        super().__init__(act)
        self.warning = Notice("triangle-alert", "", "warn")
        self.what = wrapped("")
        self.blocks = wrapped("", "body", "text")
        for part in (self.warning, self.what, self.blocks):
            self.body.addWidget(part)
        self.setFocusProxy(self.back_button)

    def show_expiry(self, expiry: Expiry) -> None:
        """Say what goes, or why it cannot go yet; then there is nothing to press."""
        super().show_expiry(expiry)
        is_owed = bool(expiry.owed)
        self.act_button.setVisible(not is_owed)
        self.blocks.setVisible(is_owed)
        self.what.setText(_what_goes(expiry.target.thing))
        self.blocks.setText("\n".join(f"· {owed_words(owed)}" for owed in expiry.owed))
        if is_owed:
            words = tr("It cannot be destroyed yet. It can as soon as this is done:")
            self.what.hide()
            self.warning.show_words("hourglass", words, "info")
        else:
            self.what.show()
            words = tr("This cannot be undone, not even with a backup or by your center.")
            self.warning.show_words("triangle-alert", words, "warn")

    @Slot()
    def _on_act(self) -> None:
        self.be_busy(is_busy=True)
        self.decided.emit(self.expiry)


def _what_goes(thing: Thing) -> str:
    stick = tr("A copy on a USB stick stays until you copy anew or destroy the stick.")
    return f"{tr(_GOES[thing])} {stick}"


def _reasons() -> tuple[Choice, ...]:
    return (
        Choice(Reason.HELP.value, tr("Help goes on")),
        Choice(Reason.AGREED.value, tr("They agreed")),
        Choice(Reason.DISPUTE.value, tr("Complaint or lawsuit")),
        Choice(Reason.LAW.value, tr("A law")),
    )


def _spans() -> tuple[Choice, ...]:
    return tuple(Choice(key, ntr("{n} month", "{n} months", int(key))) for key in _MONTHS)
