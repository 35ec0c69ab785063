"""Three pages for who asks to be forgotten: what it means, doing it, and what came of it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.domain.youths import Youth
from desktop.services.retention import Erasing
from i18n import tr
from ui.keeping import forget_words
from ui.keeping.forget_words import Said
from ui.keeping.step import StepPage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped


class MeaningPage(StepPage):
    """The first step: nothing is done by it."""

    went_on = Signal()

    def __init__(self) -> None:
        """Say what happens and what does not."""
        act = Button(tr("Go on…"), "plain")
        act.setObjectName("forget-go-on")
        super().__init__(act)
        act.clicked.connect(self.went_on)
        self.back_button.say(tr("Not now"))
        self.standing = Notice("hourglass", "", "warn")
        self.body.addWidget(
            wrapped(tr("They may ask for this at any time, and need not say why (PIPA 36, 37)."))
        )
        for title, sentences in (
            (tr("What happens"), forget_words.happens()),
            (tr("What does not"), forget_words.happens_not()),
        ):
            self.body.addWidget(text(title, "body", weight="semibold"))
            for sentence in sentences:
                self.body.addWidget(wrapped(f"· {sentence}"))
        self.left_before = wrapped(f"· {forget_words.left_before()}")
        self.body.addWidget(self.left_before)
        self.body.addWidget(self.standing)
        self.setFocusProxy(self.back_button)

    def show_youth(self, youth: Youth, now: Erasing, *, was_another: bool) -> None:
        """Be about somebody, and say what stands in the way."""
        self.left_before.setVisible(was_another)
        self.begin_step(tr("{alias} asks for it", alias=youth.alias))
        _show(self.standing, forget_words.standing(now))


class SurePage(StepPage):
    """The second step: its button waits for a tick that only a person gives."""

    decided = Signal()

    def __init__(self) -> None:
        """Have the keyboard on the way back, so that Enter destroys nothing."""
        act = Button(tr("Erase for good"), "danger", "eraser", pressed=self._on_act)
        act.setObjectName("forget-act")
        super().__init__(act)
        words = tr("This cannot be undone, not even with a backup or by your center.")
        self.warning = Notice("triangle-alert", words, "warn")
        self.standing = Notice("hourglass", "", "warn")
        self.sure = QCheckBox()
        self.sure.setObjectName("forget-sure")
        self.sure.toggled.connect(self._on_toggled)
        for part in (self.warning, self.standing, self.sure):
            self.body.addWidget(part)
        self.setFocusProxy(self.back_button)

    def show_youth(self, youth: Youth, now: Erasing) -> None:
        """Ask anew, with nothing ticked. What a law keeps is not destroyed by this press."""
        is_kept = now.kept_until is not None
        self.begin_step(forget_words.question(youth.alias, is_kept=is_kept))
        self.act_button.say(tr("End the consents") if is_kept else tr("Erase for good"))
        self.warning.setVisible(not is_kept)
        self.sure.setText(tr("{alias} asked for it, and I checked that.", alias=youth.alias))
        self.sure.setChecked(False)
        _show(self.standing, forget_words.standing(now) if is_kept else None)

    def be_busy(self, *, is_busy: bool) -> None:
        """Take no second press, and none without the tick."""
        super().be_busy(is_busy=is_busy)
        self.sure.setEnabled(not is_busy)
        self.act_button.setEnabled(not is_busy and self.sure.isChecked())

    @Slot(bool)
    def _on_toggled(self, is_sure: bool) -> None:
        self.act_button.setEnabled(is_sure)

    @Slot()
    def _on_act(self) -> None:
        self.be_busy(is_busy=True)
        self.decided.emit()


class OutcomePage(QWidget):
    """What came of it, and who has still to do what."""

    def __init__(self) -> None:
        """Have nothing to say yet."""
        super().__init__()
        self.notice = Notice("hourglass", "", "info")
        self.owed = wrapped("", "body", "text")
        self.left = wrapped(forget_words.happens_not()[0], "caption")
        self.left_before = wrapped(forget_words.left_before(), "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.notice, self.owed, self.left, self.left_before):
            column.addWidget(part)
        self.hide()

    def show_outcome(self, done: Erasing, *, was_another: bool) -> None:
        """Say it."""
        self.left_before.setVisible(was_another and done.kept_until is None)
        self.notice.show_words(*forget_words.outcome(done))
        self.owed.setText(forget_words.owed_lines(done))
        self.owed.setVisible(bool(self.owed.text()))
        self.left.setVisible(done.kept_until is None)


def _show(notice: Notice, said: Said | None) -> None:
    notice.setVisible(said is not None)
    if said is not None:
        notice.show_words(*said)
