"""The list for the supervisor: every case judged high that none has seen yet."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.domain.supervision import Seen
from desktop.errors import AppError
from desktop.services import supervision
from desktop.services.supervision import Case, Waiting
from i18n import tr
from ui.messages import sentence
from ui.supervising.card import CaseCard
from ui.tasks import Tasks
from ui.widgets.card import Notice
from ui.widgets.filling import FIRST, Filling
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet

Take = Callable[[YouthId], dict[str, str]]


class SupervisionSheet(Sheet):
    """One card a case, the oldest first."""

    changed = Signal()
    youth_chosen = Signal(object, object)

    def __init__(self, tasks: Tasks, window: QWidget, take: Take) -> None:
        """Be ready over `window`; `take` says what was half typed about somebody."""
        super().__init__(window, tr("Before the supervisor"), tr("Close"), width=680)
        self.setObjectName("supervision-sheet")
        self._tasks, self._take = tasks, take
        told = tr(
            "Notes and judgments never leave this laptop. Show this to the supervisor here, and "
            "write down who has seen it. The name stays as it is typed; no key proves it."
        )
        self.lead = Notice("info", told, "neutral")
        self.count = text("", "caption", "text3", "semibold")
        self.empty = wrapped(tr("No case waits for a supervisor."), "body", "text2")
        self.cards: tuple[CaseCard, ...] = ()
        self._filling = Filling(self, self._add, self.fit)
        self._half: dict[YouthId, dict[str, str]] = {}
        """What was half typed on cards that are made anew, until they are."""
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        for part in (self.lead, self.empty):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.body.addWidget(self.count)
        self.body.addStretch()

    def begin(self) -> None:
        """Ask which cases wait, then show them."""
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: supervision.waiting(vault, moment), self._show)

    def forget(self) -> None:
        """Show nobody any more."""
        self._show_cards((), "")
        self.leave()

    def half_said(self) -> Iterator[tuple[YouthId, dict[str, str]]]:
        """Yield about whom something is half typed, and what."""
        yield from self._half.items()
        for card in self.cards:
            if said := card.half_said():
                yield card.case.youth.id, said

    def _show(self, waiting: Waiting) -> None:
        self._show_cards(waiting.cases, waiting.supervisor)
        self.empty.setVisible(not waiting.cases)
        more = waiting.count - len(waiting.cases)
        self.count.setText(tr("{n} more after these", n=more) if more else "")
        self.count.setVisible(more > 0)
        if not self.isVisible():
            self.open(self.cards[0].first() if self.cards else self.close_button)
        self.fit()

    def _show_cards(self, cases: tuple[Case, ...], supervisor: str) -> None:
        """Keep the cards that tell the same, with what is typed on them; make the others."""
        for card in self.cards:
            if card.case not in cases or card.supervisor != supervisor:
                self._drop(card)
        shown = tuple(card.case for card in self.cards)
        if shown != cases[: len(shown)]:
            for card in self.cards:
                self._drop(card)
        waiting = {case.youth.id for case in cases}
        self._half = {youth: said for youth, said in self._half.items() if youth in waiting}
        rest = cases[len(self.cards) :]
        at_once = max(FIRST - len(self.cards), 0)
        self._filling.fill((CaseCard(case, supervisor) for case in rest), at_once)

    def _drop(self, card: CaseCard) -> None:
        if said := card.half_said():
            self._half[card.case.youth.id] = said
        self.cards = tuple(each for each in self.cards if each is not card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _add(self, card: CaseCard) -> None:
        card.seen.connect(self._on_seen)
        card.opened.connect(self._on_opened)
        card.resized.connect(self.fit)
        self._list.addWidget(card)
        self.cards += (card,)
        youth = card.case.youth.id
        if said := self._half.pop(youth, None) or self._take(youth):
            card.put_back(said)

    @Slot(object, str, str)
    def _on_seen(self, case: Case, name: str, words: str) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: supervision.seen(vault, case, name, words, moment),
            self._on_written,
            lambda error: self._say_wrong(case, error),
        )

    def _on_written(self, _: Seen) -> None:
        self.close_button.setFocus()
        self.begin()
        self.changed.emit()

    def _say_wrong(self, case: Case, error: AppError) -> None:
        for card in self.cards:
            if card.case is case:
                card.say_wrong(sentence(error))

    @Slot(object)
    def _on_opened(self, youth: YouthId) -> None:
        self.leave()
        self.youth_chosen.emit(youth, None)
