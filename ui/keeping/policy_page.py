"""How long this organization keeps what: changed in steps, and twice asked where it shortens."""

from dataclasses import asdict
from typing import Final

from PySide6.QtCore import Signal, Slot

from desktop.domain.retention import Policy
from i18n import later, ntr, tr
from ui.keeping.expiry_words import span_words
from ui.keeping.span_row import SpanRow
from ui.keeping.step import StepPage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped

_YEAR = 365
_KEPT = (30, 60, 90, 180, *(n * _YEAR for n in (1, 2, 3, 4, 5, 7, 10, 15, 20)))
_WRITING = (7, 14, 30, 60, 90, 180, _YEAR)
_NAMELESS = (1, 2, 3, 5, 7, 14, 30)
"""Days. What the domain allows lies around all three."""
_SPANS: Final = {
    "contact": (later("After the last contact"), _KEPT),
    "referral": (later("After the end of a referral"), _KEPT),
    "draft": (later("An unsent referral"), _WRITING),
    "jotting": (later("Words about somebody without an alias"), _NAMELESS),
    "notice": (later("Shown before it ends"), _WRITING),
}


class PolicyPage(StepPage):
    """`weighed` asks what a policy would make due at once; `decided` puts it in force."""

    weighed = Signal(object)
    decided = Signal(object)

    def __init__(self) -> None:
        """Lay out a line for each span."""
        act = Button(tr("Save"), "primary", pressed=self._on_act)
        act.setObjectName("policy-act")
        super().__init__(act)
        self._policy = Policy()
        self._due: int | None = None
        self._is_asked = False
        self.rows = {
            key: SpanRow(tr(name), steps, span_words) for key, (name, steps) in _SPANS.items()
        }
        lead = tr("Your organization decides this. It counts for what is there already, too.")
        self.effect = Notice("hourglass", "", "info")
        told = tr(
            "Whoever agreed was told how long: a year by the program's own consent text. To keep "
            "it longer, first write a text that says so; it counts once nobody is here any more "
            "who was told less."
        )
        for words in (wrapped(lead), wrapped(told, "caption", "text2")):
            self.body.addWidget(words)
        for row in self.rows.values():
            self.body.addWidget(row)
            row.changed.connect(self._on_changed)
        self.body.addWidget(self.effect)
        self.setFocusProxy(self.back_button)

    def show_policy(self, policy: Policy) -> None:
        """Show what is in force."""
        self._policy, self._due = policy, None
        for key, days in asdict(policy).items():
            self.rows[key].choose(days)
        self.begin_step(tr("How long what is kept"))
        self._rest()

    def policy(self) -> Policy:
        """Return what the steps say now."""
        return Policy(**{key: row.days() for key, row in self.rows.items()})

    def show_due(self, policy: Policy, due: int) -> None:
        """Say how many things a policy would make due at once, if it is still the one shown."""
        if policy != self.policy() or policy == self._policy:
            return
        self._due = due
        self.effect.show_words("hourglass", _due_words(due), "warn" if due else "info")
        self.effect.show()
        self.be_busy(is_busy=False)
        self.resized.emit()

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press, and nothing before it is known what follows from it."""
        super().be_busy(is_busy=is_busy)
        for row in self.rows.values():
            row.setEnabled(not is_busy)
        self.act_button.setEnabled(not is_busy and self._due is not None)

    def _rest(self) -> None:
        self._is_asked = False
        self.act_button.say(tr("Save"))
        self.effect.hide()
        self.act_button.setEnabled(False)

    @Slot()
    def _on_changed(self) -> None:
        self._due = None
        self._rest()
        self.problem.hide()
        if self.policy() != self._policy:
            self.weighed.emit(self.policy())
        self.resized.emit()

    @Slot()
    def _on_act(self) -> None:
        if self._is_shorter() and not self._is_asked:
            self._is_asked = True
            self.act_button.say(tr("Shorten it now"))
            words = f"{tr('This keeps things for a shorter time.')} {_due_words(self._due or 0)}"
            self.effect.show_words("triangle-alert", words, "warn")
            self.back_button.setFocus()
            self.resized.emit()
            return
        self.be_busy(is_busy=True)
        self.decided.emit(self.policy())

    def _is_shorter(self) -> bool:
        before, after = asdict(self._policy), asdict(self.policy())
        # How early it is shown shortens nothing.
        return any(after[key] < before[key] for key in before if key != "notice")


def _due_words(due: int) -> str:
    if not due:
        return tr("Nothing would be due at once because of it.")
    return ntr(
        "{n} thing would be due at once because of it, and go by itself after 5 days; words about "
        "somebody without an alias within the hour.",
        "{n} things would be due at once because of it, and go by themselves after 5 days; words "
        "about somebody without an alias within the hour.",
        due,
    )
