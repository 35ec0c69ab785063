"""Answering a questionnaire about somebody. The judgement stays the counselor's."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.questionnaires import Answered, Questionnaire
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import questionnaires
from i18n import tr
from ui.messages import sentence
from ui.questionnaires import words
from ui.questionnaires.question import QuestionPart
from ui.questionnaires.which import Which
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class AnsweringSheet(Sheet):
    """What is typed about somebody stays while another is asked, and while the sheet is closed."""

    answered = Signal(object)
    earlier_wanted = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Questionnaire"), tr("Close"), 640)
        self.setObjectName("answering-sheet")
        self._tasks = tasks
        self._youth: Youth | None = None
        self._all: tuple[Questionnaire, ...] = ()
        self._typed: dict[str, str] = {}
        self._shown = ""
        self.parts: tuple[QuestionPart, ...] = ()
        self.which = Which()
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
        _lay_out(self, self._list)
        self.which.turned.connect(self._on_which)
        self.earlier_button.clicked.connect(self._on_earlier)

    def open_for(self, youth: Youth, all_of_them: tuple[Questionnaire, ...]) -> None:
        """Ask about somebody; answers half given about the same person are still there."""
        is_same = self._youth is not None and self._youth.id == youth.id
        self._youth, self._typed = youth, self._said() if is_same else {}
        self.title.setText(tr("Questionnaire · {alias}", alias=youth.alias))
        if not is_same or all_of_them != self._all:
            self._all = all_of_them
            self._turn_to(self._shown)
        self.which.setVisible(len(all_of_them) > 1)
        self.keep_button.setEnabled(bool(all_of_them))
        self.open(self.parts[0].first() if self.parts else self.close_button)
        self.fit()

    def half_said(self) -> tuple[YouthId, dict[str, str]] | None:
        """Return about whom the sheet is open, and what is answered; None while it is closed."""
        if self._youth is None or self.isHidden():
            return None
        return self._youth.id, self._said()

    def open_again(
        self, youth: Youth, all_of_them: tuple[Questionnaire, ...], words: Mapping[str, str]
    ) -> None:
        """Open with what was half answered at a lock, where it is still asked."""
        self.open_for(youth, all_of_them)
        self._typed = dict(words)
        self._turn_to(next(iter(words)).partition("/")[0])
        self.fit()

    def let_go(self, youth: object) -> None:
        """Keep nothing about somebody who is about to be destroyed."""
        if self._youth is not None and self._youth.id == youth:
            self._youth, self._all, self._typed = None, (), {}
            self._show_parts(())
            self.leave()

    def asked(self) -> Questionnaire:
        """Return the questionnaire that is shown."""
        return self._all[max(0, self.which.currentIndex())]

    def _said(self) -> dict[str, str]:
        """Return every answer as it stands, those of the questionnaire that is shown first."""
        shown = {f"{self._shown}/{part.question.id}": part.typed() for part in self.parts}
        return shown | {key: said for key, said in self._typed.items() if key not in shown}

    def _turn_to(self, ident: str) -> None:
        at = next((n for n, each in enumerate(self._all) if each.id == ident), 0)
        self.which.offer((words.said(each.title) for each in self._all), at)
        self._ask()

    def _ask(self) -> None:
        asked = self.asked()
        self._shown = asked.id
        self.lead.setText(words.said(asked.lead) if asked.lead else "")
        self.lead.setVisible(bool(asked.lead))
        self.problem.hide()
        self._show_parts(
            tuple(QuestionPart(each, number + 1) for number, each in enumerate(asked.questions))
        )
        for part in self.parts:
            part.put_back(self._typed.get(f"{asked.id}/{part.question.id}", ""))

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
        QGuiApplication.inputMethod().commit()
        self._typed = self._said()
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
        about = f"{answered.questionnaire.id}/"
        kept = {key: said for key, said in self._said().items() if not key.startswith(about)}
        self._all, self._shown, self._typed = (), "", kept
        self._show_parts(())
        self.leave()
        self.answered.emit(answered)

    def _say_wrong(self, error: AppError) -> None:
        self.keep_button.setEnabled(True)
        self.problem.setText(sentence(error))
        self.problem.show()
        self.fit()


def _lay_out(sheet: AnsweringSheet, questions: QVBoxLayout) -> None:
    for part in (sheet.which, sheet.lead):
        sheet.body.addWidget(part)
    sheet.body.addLayout(questions)
    for last in (sheet.problem, sheet.notice):
        sheet.body.addWidget(last)
    sheet.body.addStretch()
    sheet.foot.addWidget(sheet.earlier_button)
    sheet.foot.addStretch()
    sheet.foot.addWidget(Button(tr("Close"), "quiet", pressed=sheet.leave))
    sheet.foot.addWidget(sheet.keep_button)
    sheet.problem.hide()


def _fits(part: QuestionPart) -> bool:
    try:
        part.question.answer(part.typed())
    except AppError as error:
        part.say_wrong(sentence(error))
        return False
    return True
