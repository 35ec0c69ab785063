"""Where each report about a young person stands, until it has been received."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.disclosures import Disclosure, Stage
from i18n import formats, tr
from sync.protocol.states import Delivery
from ui.disclosures import seen, words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Pill, text, wrapped

_TAKEN_BACK = (Stage.REFUSED, Stage.ENDED)


class Standing(QWidget):
    """One card a report, the newest first."""

    call_off_wanted = Signal(object)

    def __init__(self) -> None:
        """Show none."""
        super().__init__()
        self.cards: tuple[Card, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_reports(self, reports: tuple[Disclosure, ...]) -> None:
        """Show these."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = tuple(self._card(each) for each in reports)
        for card in self.cards:
            self._column.addWidget(card)
        self.setVisible(bool(reports))

    def _card(self, report: Disclosure) -> Card:
        card = Card(margin=14)
        card.setProperty("card", "sunken")
        card.setObjectName(f"report-{report.id}")
        card.body.setSpacing(6)
        line, tone = words.state(report)
        head = QHBoxLayout()
        head.addWidget(text(words.ground(report.ground), "body", weight="semibold"))
        head.addStretch()
        when = formats.day_and_clock(report.asked_at)
        head.addWidget(text(when, "caption", "text3"))
        card.body.addLayout(head)
        card.add(text(report.agency_name, "caption", "text2"))
        if report.stage is Stage.ASKED and report.asked_from is not None:
            card.add(seen.asker(report.asked_from))
        row = QHBoxLayout()
        row.addWidget(Pill(line, tone))
        row.addStretch()
        if report.delivery is Delivery.QUEUED and report.stage not in _TAKEN_BACK:
            row.addWidget(self._call_off(report))
        card.body.addLayout(row)
        for reply in report.replies:
            card.add(wrapped(f"“{reply.text}”", "body", "text"))
        card.setAccessibleName(f"{words.ground(report.ground)}. {line}")
        return card

    def _call_off(self, report: Disclosure) -> Button:
        button = Button(tr("Take it back"), "quiet")
        button.setObjectName(f"call-off-{report.id}")
        button.clicked.connect(lambda: self._on_call_off(button, report))
        return button

    def _on_call_off(self, button: Button, report: Disclosure) -> None:
        """Ask once more: what was taken back is not sent."""
        if button.property("asked"):
            self.call_off_wanted.emit(report.id)
            return
        button.setProperty("asked", "yes")
        button.say(tr("Take it back? Press again"))
