"""How the guardian of somebody under 14 stands to being asked, and where the way leads then."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.who_answers import Decision, GuardianStands
from i18n import tr
from ui.consents.guardian_words import is_reported, stands_words, way_words
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text
from ui.widgets.segmented import Choice, Segmented


class StandsPart(QWidget):
    """Nothing is chosen beforehand. No choice leads nowhere."""

    chosen = Signal(object)
    report_wanted = Signal()

    def __init__(self) -> None:
        """Offer the four."""
        super().__init__()
        choices = tuple(Choice(each, stands_words(each)) for each in GuardianStands)
        self.stands = Segmented(tr("The legal guardian"), choices)
        self.notice = Notice("shield-alert", "", "warn")
        self.report_button = Button(tr("See how to report"), "danger", "siren")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(text(tr("The legal guardian"), "caption", "text2", "semibold"))
        for part in (self.stands, self.notice, self.report_button):
            column.addWidget(part)
        self.report_button.setObjectName("stands-report")
        self.stands.chosen.connect(self._on_chosen)
        self.report_button.clicked.connect(self.report_wanted)

    def begin(self) -> None:
        """Have nothing chosen."""
        self.stands.choose("")
        for part in (self.notice, self.report_button):
            part.hide()

    def show_decision(self, decision: Decision) -> None:
        """Say where the way leads."""
        words = way_words(decision)
        self.notice.show_words("shield-alert", words, "warn")
        self.notice.setVisible(bool(words))
        self.report_button.setVisible(is_reported(decision))

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self.chosen.emit(GuardianStands(key))
