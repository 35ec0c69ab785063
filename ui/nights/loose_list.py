"""What is not finished, row by row, and the way to each."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.nights import LooseEnd
from desktop.services.nights import Review
from i18n import ntr, tr
from ui.nights import words
from ui.widgets.buttons import Button
from ui.widgets.elided import Elided
from ui.widgets.labels import Icon, text


class LooseRow(QFrame):
    """Says what and whose it is; its button opens it."""

    def __init__(self, icon: tuple[str, str], whose: str, said: str) -> None:
        """Show an icon in its colour, a name, and what is left to do."""
        super().__init__()
        self.setProperty("card", "sunken")
        self.open_button = Button(tr("Open"), "plain").sized("small")
        self.open_button.setObjectName("loose-open")
        self.open_button.setAccessibleName(f"{whose}, {said}: {tr('Open')}")
        self.setAccessibleName(f"{whose}. {said}")
        column, row = QVBoxLayout(), QHBoxLayout(self)
        column.setSpacing(1)
        column.addWidget(text(whose, "body", weight="semibold"))
        column.addWidget(Elided(text(said, "caption", "text2")))
        row.setContentsMargins(14, 7, 10, 7)
        row.setSpacing(12)
        row.addWidget(Icon(*icon))
        row.addLayout(column, 1)
        row.addWidget(self.open_button)


class LooseList(QWidget):
    """A press on a row says what is wanted; `opened` comes first."""

    opened = Signal()
    youth_chosen = Signal(object, object)
    outbox_wanted = Signal()
    contact_wanted = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.rows: tuple[LooseRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_review(self, review: Review, *, is_half_typed: bool) -> None:
        """Show what is left to do of a night, and what waits on this laptop."""
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        is_over = review.night.outreach.ended_at is not None
        contact = (self._contact(),) if is_half_typed and not is_over else ()
        waiting = (self._waiting(review.waiting),) if review.waiting else ()
        self.rows = (*contact, *map(self._loose, review.loose_ends), *waiting)
        for row in self.rows:
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))

    def _loose(self, loose: LooseEnd) -> LooseRow:
        row = LooseRow(words.loose_icon(loose), loose.alias, words.loose_words(loose))
        row.open_button.clicked.connect(partial(self._on_open, loose))
        return row

    def _contact(self) -> LooseRow:
        said = tr("Half typed, and not kept yet; it can be kept only on a night")
        row = LooseRow(("user-plus", "warn_text"), tr("New contact"), said)
        row.open_button.clicked.connect(self.opened)
        row.open_button.clicked.connect(self.contact_wanted)
        return row

    def _waiting(self, count: int) -> LooseRow:
        said = ntr(
            "{n} message waits for the line; it goes by itself",
            "{n} messages wait for the line; they go by themselves",
            count,
        )
        row = LooseRow(("inbox", "text2"), tr("To send"), said)
        row.open_button.clicked.connect(self.opened)
        row.open_button.clicked.connect(self.outbox_wanted)
        return row

    def _on_open(self, loose: LooseEnd) -> None:
        self.opened.emit()
        self.youth_chosen.emit(loose.youth, loose.meeting)
