"""Two records side by side, which of them stays, and what was said about words from before."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ids import YouthId
from desktop.services.merging import Side
from i18n import formats, ntr, tr
from ui.people import age_words, gender_words, language_words
from ui.widgets.card import Card
from ui.widgets.labels import wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.youths.agreeing import Agreeing

_FIRST, _SECOND = "0", "1"


class Sides(QWidget):
    """Nothing is chosen before somebody chooses."""

    changed = Signal()
    resized = Signal()

    def __init__(self) -> None:
        """Compare nobody yet: hidden."""
        super().__init__()
        self._pair: tuple[Side, Side] | None = None
        self._called = [wrapped("", "note", "text", "semibold") for _ in range(2)]
        self._told = [wrapped("") for _ in range(2)]
        self._ask = wrapped(tr("Which record stays?"), "body", "text", "semibold")
        self.keeps = Segmented(
            tr("Which record stays?"), (Choice(_FIRST, ""), Choice(_SECOND, ""))
        )
        self.agreeing = Agreeing()
        follows = tr("The other one's meetings, notes and referrals go to it. It can be undone.")
        self._follows = wrapped(follows, "caption", "text2")
        told = tr("The age they told counts, and not the guess: a guardian is asked.")
        self.age = wrapped(told, "caption", "text2")
        self._lay_out()
        self.keeps.chosen.connect(self._on_keeps)
        self.agreeing.changed.connect(self.changed)

    def clear(self) -> None:
        """Compare nobody."""
        self._pair = None
        self.agreeing.hide()
        self.hide()

    def compare(self, pair: tuple[Side, Side]) -> None:
        """Show both; which one stays is asked anew."""
        self._pair = pair
        for called, told, side in zip(self._called, self._told, pair, strict=True):
            called.setText(side.youth.alias)
            told.setText(side_words(side))
        for key, side in zip((_FIRST, _SECOND), pair, strict=True):
            button = self.keeps.buttons[key]
            button.say(side.youth.alias)
            button.setAccessibleName(f"{self._ask.text()}: {side.youth.alias}")
        self.keeps.choose("")
        self.agreeing.hide()
        self.age.hide()
        self.show()

    def wrong(self) -> str:
        """Say what is still open; nothing when all is said."""
        if not self.keeps.key():
            return tr("Choose which of the two records stays.")
        if self.agreeing.is_open():
            return tr("Ask them, and choose one of the two answers.")
        return ""

    def kept_and_other(self) -> tuple[YouthId, YouthId]:
        """Return who stays, and who is put to them."""
        if self._pair is None:
            raise LookupError
        first, second = (side.youth.id for side in self._pair)
        return (first, second) if self.keeps.key() == _FIRST else (second, first)

    def agreed(self) -> bool | None:
        """Return what was said about words from before; None where nothing was asked."""
        return None if self.agreeing.isHidden() else self.agreeing.agreed()

    @Slot(str)
    def _on_keeps(self, key: str) -> None:
        if self._pair is not None:
            kept, other = self._pair if key == _FIRST else reversed(self._pair)
            self.age.setVisible(kept.youth.age.gives_way_to(other.youth.age))
            if other.has_words:
                self.agreeing.ask_about(other.youth.alias)
            else:
                self.agreeing.hide()
        self.changed.emit()
        self.resized.emit()

    def _lay_out(self) -> None:
        both, column = QHBoxLayout(), QVBoxLayout(self)
        both.setSpacing(12)
        for labels in zip(self._called, self._told, strict=True):
            card = Card(margin=14)
            card.body.setSpacing(4)
            card.add(*labels)
            both.addWidget(card, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(both)
        for part in (self._ask, self.keeps, self._follows, self.age, self.agreeing):
            column.addWidget(part)
        self.hide()


def side_words(side: Side) -> str:
    """Say what else it takes to tell whether two records are one person."""
    youth = side.youth
    about = (age_words(youth.age), gender_words(youth.gender))
    language = language_words(youth.language) if youth.language != "ko" else ""
    lines = (
        " · ".join(part for part in (*about, language) if part),
        ntr("Met {n} time", "Met {n} times", side.times_met),
        tr("last {day}", day=formats.short_day(side.last_met)) if side.last_met else "",
        ", ".join(side.places),
    )
    return "\n".join(line for line in lines if line)
