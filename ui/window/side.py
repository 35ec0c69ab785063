"""The right of the window: consent, referral, and the numbers for an emergency."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents.card import ConsentCard
from ui.emergency.numbers import EmergencyCard
from ui.referrals.card import ReferralCard
from ui.tasks import Tasks

_MARGIN = 16


class Side(QWidget):
    """Cards that scroll when the window is low; the emergency numbers never leave its foot."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Lay out the cards; those about a person are hidden until one is chosen."""
        super().__init__()
        self.consent, self.referral = ConsentCard(tasks), ReferralCard(tasks)
        self.emergency = EmergencyCard(window)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, _MARGIN, _MARGIN, 0)
        self._column.setSpacing(14)
        self._column.addWidget(self.consent)
        self._column.addWidget(self.referral)
        self._column.addStretch(1)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.emergency)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_scrolled(self._column), 1)
        column.addLayout(self._foot)
        # English is longer than Korean: a second line may break so that nothing is cut off.
        for row in (*self.consent.rows.values(), self.consent.unique):
            row.about.setWordWrap(True)
        self.consent.hide()
        self.referral.hide()

    def show_file(self, file: YouthFile) -> None:
        """Show how things stand for one young person."""
        self.consent.show_file(file)
        self.referral.show_file(file)
        self.consent.show()
        self.referral.show()

    def set_compact(self, is_compact: bool) -> None:
        """Spend less room on a small laptop."""
        self.consent.set_compact(is_compact)
        self._foot.setContentsMargins(0, 12, _MARGIN, 12 if is_compact else 18)


def _scrolled(column: QVBoxLayout) -> QScrollArea:
    inner = QWidget()
    inner.setProperty("clear", "true")
    inner.setLayout(column)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(tr("Consent and referral"))
    area.setWidget(inner)
    return area
