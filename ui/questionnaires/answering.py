"""Answering a questionnaire about somebody. The judgement stays the counselor's."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.questionnaires import Answered, Questionnaire
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import questionnaires
from i18n import tr
from ui.messages import sentence
from ui.questionnaires import words
from ui.questionnaires.question import QuestionPart
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class AnsweringSheet(Sheet):
    """What is typed stays while the sheet is closed and opened again about the same person."""

    answered = Signal(object)
    earlier_wanted = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Questionnaire"), tr("Close"), 640)
        self.setObjectName("answering-sheet")
        self._tasks = tasks
        self._youth: Youth | None = None
        self._all: tuple[Questionnaire, ...] = ()
        self.parts: tuple[QuestionPart, ...] = ()
        self.which = QComboBox()
        self.which.setObjectName("questionnaire-which")
        self.which.setAccessibleName(tr("Which questionnaire"))
        self.lead = wrapped("", "body", "text2")
        told = tr("The answers are kept with this person. You judge the risk yourself.")
        self.notice = Notice("info", told, "neutral")
        self.problem = wrapped("", "caption", "danger")
        self.earlier_button = Button(tr("Earlier answers"), "quiet", "history")
        self.earlier_button.setObjectName("answers-earlier")
        self.keep_button = Button(tr("Keep answers"), "primary", pressed=self._on_keep)
        self.keep_button.setObjectName("keep-answers")
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self._lay_out()
        self.which.activated.connect(self._on_which)
        self.earlier_button.clicked.connect(self._on_earlier)

    def open_for(self, youth: Youth, all_of_them: tuple[Questionnaire, ...]) -> None:
        """Ask about somebody; answers half given about the same person are still there."""
        is_same = self._youth is not None and self._youth.id == youth.id
        self._youth = youth
        self.title.setText(tr("Questionnaire · {alias}", alias=youth.alias))
        if not is_same or all_of_them != self._all:
            self._all = all_of_them
            self.which.clear()
            for each in all_of_them:
                self.which.addItem(words.said(each.title))
            self._ask()
        self.which.setVisible(len(all_of_them) > 1)
        self.keep_button.setEnabled(bool(all_of_them))
        self.open(self.parts[0].first() if self.parts else self.close_button)
        self.fit()

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return about whom the sheet is open, and what is answered; None while it is closed."""
        QGuiApplication.inputMethod().commit()
        if self._youth is None or self.isHidden():
            return None
        asked = self.asked().id
        return self._youth.id, {f"{asked}/{p.question.id}": p.typed() for p in self.parts}

    def open_again(
        self, youth: Youth, all_of_them: tuple[Questionnaire, ...], words: Mapping[str, str]
    ) -> None:
        """Open with what was half answered at a lock, where it is still asked."""
        self.open_for(youth, all_of_them)
        asked = next(iter(words)).partition("/")[0]
        at = next((n for n, each in enumerate(all_of_them) if each.id == asked), None)
        if at is not None:
            self.which.setCurrentIndex(at)
            self._on_which()
            for part in self.parts:
                part.put_back(words.get(f"{asked}/{part.question.id}", ""))

    def let_go(self, youth: object) -> None:
        """Keep nothing about somebody who is about to be destroyed."""
        if self._youth is not None and self._youth.id == youth:
            self._youth, self._all = None, ()
            self._show_parts(())
            self.leave()

    def asked(self) -> Questionnaire:
        """Return the questionnaire that is shown."""
        return self._all[max(0, self.which.currentIndex())]

    def _ask(self) -> None:
        asked = self.asked()
        self.lead.setText(words.said(asked.lead) if asked.lead else "")
        self.lead.setVisible(bool(asked.lead))
        self.problem.hide()
        self._show_parts(
            tuple(QuestionPart(each, number + 1) for number, each in enumerate(asked.questions))
        )

    def _show_parts(self, parts: tuple[QuestionPart, ...]) -> None:
        for old in self.parts:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.parts = parts
        for part in parts:
            self._list.addWidget(part)

    @Slot()
    def _on_which(self) -> None:
        self._ask()
        self.fit()

    @Slot()
    def _on_earlier(self) -> None:
        if self._youth is not None:
            self.earlier_wanted.emit(self._youth)

    @Slot()
    def _on_keep(self) -> None:
        QGuiApplication.inputMethod().commit()
        wrong = [part for part in self.parts if not _fits(part)]
        if self._youth is None or wrong:
            if wrong:
                wrong[0].first().setFocus()
            self.fit()
            return
        typed = {part.question.id: part.typed() for part in self.parts}
        youth, asked, moment = self._youth.id, self.asked(), self._tasks.moment()
        self.keep_button.setEnabled(False)
        self._tasks.run(
            lambda vault: questionnaires.keep(vault, youth, asked, typed, moment),
            self._on_kept,
            self._say_wrong,
        )

    def _on_kept(self, answered: Answered) -> None:
        self._youth, self._all = None, ()
        self._show_parts(())
        self.leave()
        self.answered.emit(answered)

    def _say_wrong(self, error: AppError) -> None:
        self.keep_button.setEnabled(True)
        self.problem.setText(sentence(error))
        self.problem.show()
        self.fit()

    def _lay_out(self) -> None:
        for part in (self.which, self.lead):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        for last in (self.problem, self.notice):
            self.body.addWidget(last)
        self.body.addStretch()
        self.foot.addWidget(self.earlier_button)
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.keep_button)
        self.problem.hide()


def _fits(part: QuestionPart) -> bool:
    try:
        part.question.answer(part.typed())
    except AppError as error:
        part.say_wrong(sentence(error))
        return False
    return True
