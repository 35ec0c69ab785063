"""The referrals of somebody that are not in front: a line each, and a press shows it."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.following import Following
from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Tracking
from i18n import formats, tr
from ui.referrals import following_words, words
from ui.referrals.which import Standing
from ui.widgets.buttons import Button
from ui.widgets.labels import repaint, text
from ui.widgets.word_button import WordButton

_SHOWN = 3


class OthersPart(QWidget):
    """Some lines; the rest when they are asked for. One that needs a person says so first."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.rows: list[WordButton] = []
        self._standing: tuple[Standing, ...] = ()
        self._seen: tuple[ReferralId, ...] = ()
        self._are_all = False
        self.more_button = Button(tr("Show more"), "quiet", pressed=self._on_more)
        self.more_button.setObjectName("referral-more")
        self.more_button.sized("small")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(tr("Other referrals"), "caption", "text3"))
        column.addLayout(self._lines)
        column.addWidget(self.more_button)
        self._add_row()

    def fold(self) -> None:
        """Show some alone, until the rest is asked for again."""
        self._are_all = False

    def show_standing(self, standing: tuple[Standing, ...]) -> None:
        """Show these, newest first."""
        self._standing = standing
        self._show()

    def said(self) -> tuple[str, ...]:
        """Return what the lines say."""
        return tuple(row.words() for row in self.rows if not row.isHidden())

    def _show(self) -> None:
        # One that needs somebody is not behind a button, however old it is.
        seen = tuple(
            (tracking, following)
            for number, (tracking, following) in enumerate(self._standing)
            if self._are_all or number < _SHOWN or following.needs_a_person
        )
        while len(self.rows) < len(seen):
            self._add_row()
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(seen))
            if number < len(seen):
                _say(row, *seen[number])
        self._seen = tuple(tracking.referral.id for tracking, _ in seen)
        self.more_button.setVisible(len(seen) < len(self._standing))
        self.setVisible(bool(seen))

    def _add_row(self) -> None:
        row = WordButton()
        row.setObjectName("referral-other")
        row.clicked.connect(partial(self._on_row, len(self.rows)))
        self._lines.addWidget(row)
        for before in self.rows[-1:]:
            self.setTabOrder(before, row)
        self.rows.append(row)

    def _on_row(self, number: int, _: bool = False) -> None:
        self.chosen.emit(self._seen[number])

    @Slot()
    def _on_more(self) -> None:
        self._are_all = True
        self._show()


def _say(row: WordButton, tracking: Tracking, following: Following) -> None:
    needs = tr("Needs you") if following.needs_a_person else ""
    day = formats.short_day(tracking.referral.written_at)
    parts = (needs, day, tracking.agency_name, words.standing(tracking))
    row.show_words(" · ".join(part for part in parts if part), tr("Show this referral"))
    repaint(row.label, tone=following_words.tone(following) if needs else "text2")
