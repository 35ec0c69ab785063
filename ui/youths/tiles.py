"""The night's numbers: counted by hand with Alt and a digit, and the referrals."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.outreach import ITEMS, Tally
from desktop.services.outreach import Tonight
from i18n import tr
from ui.night_words import tally_words
from ui.widgets.buttons import Button
from ui.youths.tile import Tile

KEYS = {
    Tally.GREETING: "1", Tally.BRIEF: "2", Tally.ITEM: "3", Tally.LEAFLET: "4",
    Tally.MEAL: "5", Tally.HOT_PACK: "6", Tally.SANITARY: "7", Tally.MEDICINE: "8",
    Tally.TOILETRIES: "9", Tally.CLOTHES: "0", Tally.FARE: "-",
}  # fmt: skip
"""With Alt, also while the caret is in a note; with Shift, too, one is taken back."""
_ACROSS = 4


class Tiles(QWidget):
    """Most people met are only greeted: they are counted without opening anyone."""

    counted = Signal(object, int)

    def __init__(self) -> None:
        """Lay out five numbers, and the kinds of items folded away. Every key works all along."""
        super().__init__()
        shown = (Tally.GREETING, Tally.BRIEF, Tally.ITEM, Tally.LEAFLET)
        words = {tally: tally_words(tally) for tally in shown} | {Tally.ITEM: tr("Items")}
        self.by_tally = {tally: Tile(words[tally], KEYS[tally]) for tally in shown}
        self.by_kind = {tally: Tile(tally_words(tally), KEYS[tally]) for tally in ITEMS}
        self.referrals = Tile(tr("Linked"))
        self.referrals.setObjectName("tally-referrals")
        self.referrals.setToolTip(tr("Referrals released tonight"))
        self.kinds_button = Button(tr("Items by kind"), "quiet", "chevron-down")
        self.kinds_button.sized("small").setObjectName("tally-kinds")
        self.kinds_button.clicked.connect(self._on_kinds)
        self._kinds = QWidget()
        self._lay_out()
        for tally, keys in KEYS.items():
            self._listen(f"Alt+{keys}", tally, 1)
            self._listen(f"Alt+Shift+{keys}", tally, -1)

    def show_night(self, tonight: Tonight) -> None:
        """Show the numbers."""
        counts = tonight.counts
        self.by_tally[Tally.GREETING].show_number(counts.met)
        self.by_tally[Tally.BRIEF].show_number(counts.counseled)
        self.by_tally[Tally.ITEM].show_number(counts.given())
        self.by_tally[Tally.LEAFLET].show_number(counts.leaflets)
        for tally, number in zip(ITEMS, counts.items, strict=True):
            self.by_kind[tally].show_number(number)
        self.referrals.show_number(counts.referrals)

    def _lay_out(self) -> None:
        row, grid, column = QHBoxLayout(), QGridLayout(self._kinds), QVBoxLayout(self)
        for layout in (row, grid, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(6)
        for tally, tile in self.by_tally.items():
            tile.setObjectName(f"tally-{tally.value}")
            tile.counted.connect(partial(self._count, tally))
            row.addWidget(tile)
        row.addWidget(self.referrals)
        for n, (tally, tile) in enumerate(self.by_kind.items()):
            tile.setObjectName(f"kind-{tally.value}")
            tile.counted.connect(partial(self._count, tally))
            grid.addWidget(tile, n // _ACROSS, n % _ACROSS)
        column.addLayout(row)
        column.addWidget(self.kinds_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._kinds)
        self._kinds.hide()

    def _listen(self, keys: str, tally: Tally, by: int) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(partial(self._count, tally, by))

    def _count(self, tally: Tally, by: int) -> None:
        self.counted.emit(tally, by)

    @Slot()
    def _on_kinds(self) -> None:
        is_open = self._kinds.isHidden()
        self._kinds.setVisible(is_open)
        self.kinds_button.show_icon("chevron-up" if is_open else "chevron-down")
