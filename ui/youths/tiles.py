"""The night's numbers: four counted by hand with Alt+1 to 4, and the referrals."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.outreach import Tally
from desktop.services.outreach import Tonight
from i18n import tr
from ui.youths.tile import Tile


class Tiles(QWidget):
    """Most people met are only greeted: they are counted without opening anyone."""

    counted = Signal(object, int)

    def __init__(self) -> None:
        """Lay out five numbers."""
        super().__init__()
        words = (
            (Tally.GREETING, tr("Met")),
            (Tally.BRIEF, tr("Talks")),
            (Tally.ITEM, tr("Items")),
            (Tally.LEAFLET, tr("Flyers")),
        )
        self.by_tally = {tally: Tile(word, f"Alt+{n}") for n, (tally, word) in enumerate(words, 1)}
        self.referrals = Tile(tr("Linked"))
        self.referrals.setToolTip(tr("Referrals released tonight"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for n, (tally, tile) in enumerate(self.by_tally.items(), 1):
            tile.setObjectName(f"tally-{tally.value}")
            tile.counted.connect(partial(self._count, tally))
            self._listen(f"Alt+{n}", tally, 1)
            self._listen(f"Alt+Shift+{n}", tally, -1)
            row.addWidget(tile)
        self.referrals.setObjectName("tally-referrals")
        row.addWidget(self.referrals)

    def show_night(self, tonight: Tonight) -> None:
        """Show the numbers. Whoever has a row of their own was met, and talked with if noted."""
        counts, met = tonight.tallies, tonight.met
        talks = counts[Tally.BRIEF] + counts[Tally.DEEP]
        noted = sum(1 for each in met if each.note_length)
        self.by_tally[Tally.GREETING].show_number(counts[Tally.GREETING] + talks + len(met))
        self.by_tally[Tally.BRIEF].show_number(talks + noted)
        self.by_tally[Tally.ITEM].show_number(counts[Tally.ITEM])
        self.by_tally[Tally.LEAFLET].show_number(counts[Tally.LEAFLET])
        self.referrals.show_number(tonight.referrals)

    def _listen(self, keys: str, tally: Tally, by: int) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(partial(self._count, tally, by))

    def _count(self, tally: Tally, by: int) -> None:
        self.counted.emit(tally, by)
