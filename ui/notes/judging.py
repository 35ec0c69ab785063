"""From choosing a level to a judgement that is kept."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor

from desktop.domain.ids import JudgementId, YouthId
from desktop.domain.screening import Judgement, Risk, Unfinished
from desktop.errors import AppError
from desktop.services import screening
from ui.messages import sentence
from ui.notes.risk import GroundsPanel, risk_choice
from ui.often import Soon
from ui.tasks import Tasks


class Judging(QObject):
    """Shows the level that is kept; another one only while its grounds are being written."""

    judged = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Make the level and its panel."""
        super().__init__()
        self._tasks = tasks
        self._youth: YouthId | None = None
        self._kept = Risk.NONE
        self._owed: set[YouthId] = set()
        self.level = risk_choice()
        self.panel = GroundsPanel()
        self.level.chosen.connect(self._on_chosen)
        self.panel.confirmed.connect(self._on_confirmed)
        self.panel.cancelled.connect(self._on_cancelled)
        self._soon = Soon(self.panel, self.look)
        self.panel.grounds.textChanged.connect(self._soon.begin)
        for choice in (self.level, self.panel.steps):
            choice.chosen.connect(self._soon.begin)

    def show_judgement(self, youth: YouthId, judgement: Judgement | None) -> None:
        """Show what is kept; a level whose grounds are being written stays chosen."""
        self._youth = youth
        self._kept = judgement.risk if judgement else Risk.NONE
        if self.panel.isHidden():
            self.level.choose(self._kept.value)

    def set_aside(self, youth: YouthId) -> None:
        """Put unfinished words away."""
        if self._soon.isActive():
            self.rescue()
        self.panel.set_aside(youth)

    def take_up(self, youth: YouthId, kept: Unfinished | None) -> None:
        """Bring unfinished words back: those put away, or those `kept` at the last lock."""
        risk = self.panel.take_up(youth, kept)
        if risk is not Risk.NONE:
            self.level.choose(risk.value)

    def let_go(self, youth: YouthId) -> None:
        """Forget unfinished words about somebody who is about to be destroyed."""
        if youth == self._youth:
            self._youth = None
            self.panel.close_panel()
        self._forget(youth)

    def add_line(self, line: str) -> bool:
        """Put a line under the grounds that are being written; False while none are."""
        if self.panel.isHidden():
            return False
        written, grounds = self.panel.words().rstrip(), self.panel.grounds
        grounds.setPlainText(f"{written}\n{line}".lstrip())
        grounds.moveCursor(QTextCursor.MoveOperation.End)
        grounds.setFocus()
        return True

    def rescue(self) -> None:
        """At lock, or before a record moves: keep unfinished words, of other young people too."""
        if self._youth is not None:
            self.panel.put_away(self._youth)
        for unfinished in self.panel.unfinished():
            self._set_aside(unfinished)

    @Slot()
    def look(self) -> None:
        """Keep the grounds as far as they are written, in case no lock comes before the end."""
        if self._youth is None or self.panel.isHidden():
            return
        typed = self.panel.typed(self._youth)
        self._tasks.run(
            lambda vault: (
                screening.set_aside(vault, typed)
                if typed.grounds.strip()
                else screening.drop(vault, typed.youth)
            ),
            lambda _: None,
            lambda _: self._soon.begin(),
        )

    def is_rescued(self) -> bool:
        """Say whether the vault has all that was to be rescued."""
        return not self._owed

    def _set_aside(self, unfinished: Unfinished) -> None:
        self._owed.add(unfinished.youth)
        self._tasks.run(
            lambda vault: screening.set_aside(vault, unfinished),
            lambda _: self._forget(unfinished.youth),  # the vault has them; a panel stays open
        )

    def _forget(self, youth: YouthId) -> None:
        self.panel.forget(youth)
        self._owed.discard(youth)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        if self._youth is not None:
            self.panel.ask(Risk(key))
        else:
            self.level.choose("")

    @Slot()
    def _on_cancelled(self) -> None:
        self.panel.close_panel()
        if (youth := self._youth) is not None:
            self._forget(youth)
            self._tasks.run(lambda vault: screening.drop(vault, youth), lambda _: None)
        self.level.choose(self._kept.value)
        self.level.buttons[Risk.LOW.value].setFocus()

    @Slot()
    def _on_confirmed(self) -> None:
        if self._youth is None:
            return
        youth, risk, words = self._youth, self.panel.risk, self.panel.words()
        step, moment = self.panel.next_step(), self._tasks.moment()
        ident = JudgementId(moment.id("judgement"))
        self.panel.save_button.setEnabled(False)
        self._soon.stop()  # what is kept as a judgement is not kept as unfinished after it
        # Made on the vault's thread: words that may not be kept are refused in one place.
        self._tasks.run(
            lambda vault: screening.judge(
                vault, Judgement(ident, youth, risk, words, moment.now, step), moment
            ),
            self._on_kept,
            partial(self._on_refused, youth),
        )

    def _on_kept(self, judgement: Judgement) -> None:
        self._forget(judgement.youth)
        if judgement.youth == self._youth:
            self._kept = judgement.risk
            self.panel.close_panel()
            self.level.choose(judgement.risk.value)
        self.judged.emit(judgement)

    def _on_refused(self, youth: YouthId, error: AppError) -> None:
        if youth != self._youth:
            return  # the words were set aside, and are there when this person is opened again
        self.panel.say_wrong(sentence(error))
        self._soon.begin()
        self.panel.save_button.setEnabled(True)
