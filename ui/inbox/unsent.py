"""What was typed and can be said no more, until somebody lets it go."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.half_said import ASKS, MODE, PLACE, WHEN
from desktop.domain.inbox import Deed, Received
from i18n import formats, tr
from ui.item_words import ITEMS
from ui.widgets.card import Card
from ui.widgets.labels import wrapped
from ui.widgets.twice import TwiceButton


class UnsentCard(Card):
    """Hidden but where a colleague was faster than the hand; what stands here can be copied."""

    let_go = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(tr("Words that were not sent"))
        self.setObjectName("inbox-unsent")
        self.fields: tuple[str, ...] = ()
        self.about = wrapped(tr("It changed before you sent them. Nobody has received them."))
        self.words = wrapped("", "body", "text")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        asked = tr("Let it go? It is nowhere else. Press again")
        self.let_go_button = TwiceButton(tr("Let it go"), asked, "quiet", "check")
        self.let_go_button.agreed.connect(self._on_let_go)
        self.let_go_button.setObjectName("inbox-let-go")
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.let_go_button)
        self.add(self.about, self.words)
        self.body.addLayout(row)
        self.hide()

    def show_case(self, case: Received, typed: Mapping[str, str], *, is_same: bool) -> None:
        """Show what of `typed` has no field any more in which it could be said."""
        kept = {field: words for field, words in typed.items()
                if words.strip() and _is_stranded(case, field)}  # fmt: skip
        lines = tuple(half_said(kept))
        self.fields = tuple(kept)
        self.words.setText("\n".join(lines))
        self.setVisible(bool(lines))
        if not (is_same and lines):
            self.let_go_button.rest()

    @Slot()
    def _on_let_go(self) -> None:
        self.hide()
        self.let_go.emit()


def half_said(typed: Mapping[str, str]) -> Iterator[str]:
    """Say in lines what stands in the fields of a case."""
    place, at = typed.get(PLACE, "").strip(), typed.get(WHEN)
    when = formats.day_and_clock(datetime.fromisoformat(at)) if at else ""
    if place or when:
        yield tr("Appointment: {when}", when=" · ".join(part for part in (when, place) if part))
    asks = typed.get(ASKS, "").split()
    if asks:
        names = " · ".join(tr(name) for item, name in ITEMS.items() if item.value in asks)
        yield f"{tr('Ask for more')}: {names}"
    for field, words in typed.items():
        if field not in {PLACE, WHEN, ASKS, MODE} and words.strip():
            yield words


def _is_stranded(case: Received, field: str) -> bool:
    if case.glimpse is None:
        return False  # what was told is gone, and this with it
    return not case.is_open or (field in set(Deed) and Deed(field) not in case.may())
