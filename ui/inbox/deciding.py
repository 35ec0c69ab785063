"""What can be decided now: one press, or two where it cannot be undone."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.inbox import Deed, Received
from desktop.domain.referrals import ITEM_LIMIT
from desktop.services.inbox import Doing
from i18n import tr
from ui import style
from ui.inbox import words
from ui.inbox.reasons import Reasons
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.labels import repaint, text, wrapped
from ui.widgets.segmented import Choice

_KINDS = {Deed.ACCEPT: "primary", Deed.START: "primary", Deed.RESUME: "primary"}
_ICONS = {
    Deed.ACCEPT: "hand-heart", Deed.DECLINE: "undo-2", Deed.START: "footprints",
    Deed.HOLD: "hourglass", Deed.RESUME: "footprints", Deed.COMPLETE: "check-check",
    Deed.FAIL: "x",
}  # fmt: skip
_TWO_STEPS = (Deed.DECLINE, Deed.COMPLETE, Deed.FAIL)


class SecondStep(QWidget):
    """Says what it means, asks for a reason where there is one, and takes words."""

    decided = Signal(object)
    left = Signal()
    typed = Signal()

    def __init__(self, deed: Deed) -> None:
        """Be about one thing to do."""
        super().__init__()
        self._deed = deed
        reasons = _reasons(deed)
        self.reasons = Reasons(tr("Why"), reasons)
        self.about = wrapped(_meaning(deed))
        self.words = QPlainTextEdit()
        self.words.setObjectName(f"inbox-words-{deed.value}")
        asked = tr("In your own words") if reasons else tr("Words for whoever asked")
        self.words.setAccessibleName(asked)
        self.words.setPlaceholderText(tr("In your own words, if you like. Only they can read it."))
        self.words.setProperty("written", "true")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(style.scaled(64))
        self.wrong = wrapped("", "caption", "danger")
        kind = "danger" if deed is Deed.DECLINE else "primary"
        self.act_button = Button(_act_words(deed), kind, _ICONS[deed], pressed=self.act)
        self.act_button.setObjectName(f"inbox-act-{deed.value}")
        self.back_button = Button(tr("Back"), "quiet", pressed=self.left.emit)
        self._has_reasons = bool(reasons)
        self._lay_out()
        self.words.textChanged.connect(self.typed)
        self.setFocusProxy(next(iter(self.reasons.buttons.values()), self.words))

    def begin(self, kept: str) -> None:
        """Ask anew, with the words that were kept; no reason is chosen before."""
        self.reasons.clear()
        self.say_wrong("")
        if kept != self.words.toPlainText():
            self.words.blockSignals(True)
            self.words.setPlainText(kept)
            self.words.blockSignals(False)

    def say_meaning(self, *, is_by_law: bool) -> None:
        """Say what it means for what came on a consent, or on a law and without one."""
        meaning = _ended_by_law() if is_by_law and self._deed is Deed.COMPLETE else ""
        self.about.setText(meaning or _meaning(self._deed))

    def say_wrong(self, words: str) -> None:
        """Say what is missing, or with "" that nothing is."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    @Slot()
    def act(self) -> None:
        """Decide, if a reason is chosen where one is needed."""
        QGuiApplication.inputMethod().commit()
        said, reason = self.words.toPlainText(), self.reasons.key()
        if self._has_reasons and not reason:
            self.say_wrong(tr("Choose why. Whoever asked learns it from you."))
        elif len(said) > ITEM_LIMIT:
            self.say_wrong(tr("{n} of {limit} characters", n=len(said), limit=ITEM_LIMIT))
        else:
            self.decided.emit(Doing(self._deed, reason, said))

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(text(tr(words.DEEDS[self._deed]).rstrip("…"), "body", weight="semibold"))
        column.addWidget(self.about)
        for part in (self.reasons, self.words, self.wrong):
            column.addWidget(part)
        self.reasons.setVisible(self._has_reasons)
        row.addWidget(self.back_button)
        row.addStretch()
        row.addWidget(self.act_button)
        column.addLayout(row)


class DecisionCard(Card):
    """Offers what may be done; emits a `Doing`, and whenever words were typed."""

    decided = Signal(object)
    typed = Signal()

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.setObjectName("inbox-decisions")
        self.setAccessibleName(tr("What to do"))
        self.buttons = {deed: self._button(deed) for deed in Deed}
        self.steps = {deed: SecondStep(deed) for deed in _TWO_STEPS}
        self.ways = QWidget()
        self._flow = Flow(self.ways, gap=8)
        for button in self.buttons.values():
            button.setParent(self.ways)  # shown without one, it would be a window of its own
        self.add(self.ways)
        for deed, step in self.steps.items():
            step.hide()
            step.decided.connect(self.decided)
            step.left.connect(partial(self._on_left, deed))
            step.typed.connect(self.typed)
            self.add(step)

    def show_case(self, case: Received, *, is_same: bool) -> None:
        """Offer what may be done with a case; a step under way stays under way."""
        may = case.may()
        while self._flow.takeAt(0):
            pass
        for deed, button in self.buttons.items():
            button.setVisible(deed in may)
            if deed in may:
                self._flow.addWidget(button)
        is_by_law = case.glimpse is not None and bool(case.glimpse.basis)
        for step in self.steps.values():
            step.say_meaning(is_by_law=is_by_law)
        open_step = next((d for d, step in self.steps.items() if step.isVisibleTo(self)), None)
        if not is_same:
            for deed, step in self.steps.items():
                step.begin(case.typed.get(deed.value, ""))
        if not is_same or open_step not in may:
            self.show_ways()
        self.setVisible(bool(may))

    def done(self, deed: Deed) -> None:
        """Be empty again where it was said; what stands elsewhere stays."""
        if deed in self.steps:
            self.steps[deed].begin("")

    def words(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {deed.value: step.words.toPlainText() for deed, step in self.steps.items()}

    def field(self) -> QWidget | None:
        """Return the field of the second step that is open, if one is."""
        steps = self.steps.values()
        return next((step.words for step in steps if step.isVisibleTo(self)), None)

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press before the first is done."""
        for button in (*self.buttons.values(), *(s.act_button for s in self.steps.values())):
            button.setEnabled(not is_busy)

    def say_wrong(self, words: str) -> None:
        """Say what went wrong where the hand is."""
        for step in self.steps.values():
            step.say_wrong(words if step.isVisibleTo(self) else "")

    def ask(self, deed: Deed) -> None:
        """Do as if what leads to this had been pressed: at once, or with a second step."""
        step = self.steps.get(deed)
        if step is None:
            self.decided.emit(Doing(deed))
            return
        self.ways.hide()
        step.reasons.clear()
        step.show()
        step.setFocus()

    def show_ways(self) -> None:
        """Go back to what can be done."""
        for step in self.steps.values():
            step.hide()
        self.ways.show()

    def _on_left(self, deed: Deed) -> None:
        self.show_ways()
        self.buttons[deed].setFocus()

    def _button(self, deed: Deed) -> Button:
        kind = _KINDS.get(deed, "plain")
        button = Button(tr(words.DEEDS[deed]), kind, _ICONS[deed])
        button.setObjectName(f"inbox-{deed.value}")
        button.clicked.connect(partial(self.ask, deed))
        repaint(button)
        return button


def _meaning(deed: Deed) -> str:
    return {
        Deed.DECLINE: tr(
            "It goes back to whoever asked, so that they can look further at once. What was told "
            "is destroyed here. This cannot be undone."
        ),
        Deed.COMPLETE: tr(
            "Whoever asked learns that support is finished. This cannot be undone; what was told "
            "is kept no longer than the consent holds."
        ),
        Deed.FAIL: tr(
            "Whoever asked learns that it did not work out, and can look further. This cannot be "
            "undone."
        ),
    }[deed]


def _ended_by_law() -> str:
    return tr(
        "Whoever asked learns that support is finished. This cannot be undone; what was told is "
        "destroyed once your organization's time for keeping it is over."
    )


def _reasons(deed: Deed) -> tuple[Choice, ...]:
    if deed is Deed.DECLINE:
        return tuple(Choice(reason.value, tr(name)) for reason, name in words.DECLINED.items())
    if deed is Deed.FAIL:
        return tuple(Choice(reason.value, tr(name)) for reason, name in words.UNFINISHED.items())
    return ()


def _act_words(deed: Deed) -> str:
    return {
        Deed.DECLINE: tr("Send it back"),
        Deed.COMPLETE: tr("Support is finished"),
        Deed.FAIL: tr("It did not work out"),
    }[deed]
