"""What to do when child abuse is suspected: short enough to read while dialling."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import tr
from ui.emergency.words import Part, report_parts
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Notice
from ui.widgets.labels import IconLabel, text, wrapped
from ui.widgets.sheet import Sheet


class ReportSheet(Sheet):
    """Guidance for a mandated reporter."""

    record_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("When you suspect child abuse"), tr("Close"), width=640)
        self.setObjectName("report-sheet")
        self.duty = Notice(
            "siren",
            tr(
                "Street counselors are mandated reporters: knowing or suspecting is enough, "
                "and you report at once. Nobody may reveal who reported."
            ),
            "danger",
        )
        self.body.addWidget(self.duty)
        self.parts = tuple(_part(part) for part in report_parts())
        for card in self.parts:
            self.body.addWidget(card)
        law = tr("Act on Punishment of Child Abuse Crimes, article 10")
        self.body.addWidget(text(law, "caption", "text3"))
        self.body.addStretch()
        after = tr("After the call: a written record, if they need one.")
        self.foot.addWidget(text(after, "caption", "text2"))
        self.foot.addStretch()
        self.record_button = Button(
            tr("Send the written record too"), "plain", "send", pressed=self._on_record
        )
        self.record_button.setObjectName("report-record")
        self.foot.addWidget(self.record_button)

    @Slot()
    def _on_record(self) -> None:
        self.leave()
        self.record_wanted.emit()


def _part(part: Part) -> Card:
    card = Card(margin=16)
    card.setProperty("card", "sunken")
    card.body.setSpacing(6)
    head = IconLabel(part.icon, part.title, "text", "note", 20)
    head.label.setProperty("weight", "semibold")
    card.add(head)
    column = QVBoxLayout()
    column.setSpacing(4)
    for point in part.points:
        column.addWidget(wrapped(f"· {point}", "body", "text"))
    card.body.addLayout(column)
    return card
