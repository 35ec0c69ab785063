"""Answers that were given before, each under the questions as they were asked then."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.questionnaires import Answered
from desktop.domain.youths import Youth
from desktop.services import questionnaires
from i18n import formats, tr
from ui.questionnaires import words
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet


class EarlierSheet(Sheet):
    """One card a time, the newest first."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Earlier answers"), tr("Close"), 640)
        self.setObjectName("earlier-sheet")
        self._tasks = tasks
        self.empty = wrapped(tr("Nothing was answered yet."), "body", "text3")
        self.cards: tuple[Card, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.body.addWidget(self.empty)
        self.body.addLayout(self._list)
        self.body.addStretch()

    def open_for(self, youth: Youth) -> None:
        """Ask what was answered about somebody, then show it."""
        self.title.setText(tr("Earlier answers · {alias}", alias=youth.alias))
        key, moment = youth.id, self._tasks.moment()
        self._tasks.run(lambda vault: questionnaires.of_youth(vault, key, moment), self._show)

    def forget(self) -> None:
        """Show nothing any more."""
        self._show_cards(())
        self.leave()

    def _show(self, found: tuple[Answered, ...]) -> None:
        self._show_cards(found)
        self.empty.setVisible(not found)
        self.open(self.close_button)
        self.fit()

    def _show_cards(self, found: tuple[Answered, ...]) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = tuple(_card(each) for each in found)
        for card in self.cards:
            self._list.addWidget(card)


def _card(answered: Answered) -> Card:
    asked = answered.questionnaire
    card = Card(margin=16)
    named = tr("{title}, version {n}", title=words.said(asked.title), n=asked.version)
    card.setAccessibleName(named)
    card.add(
        wrapped(named, "body", "text", "semibold"),
        text(formats.day_and_clock(answered.at), "caption", "text3"),
    )
    for question in asked.questions:
        answer = answered.answers.get(question.id, "")
        told = words.option_words(question, answer) if answer else tr("not answered")
        card.add(wrapped(f"{words.said(question.text)}\n{told}", "body", "text"))
    if total := words.sum_words(answered):
        card.add(wrapped(total, "body", "text2", "semibold"))
    return card
