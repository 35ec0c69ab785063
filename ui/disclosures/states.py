"""Where each report about a young person stands, until it has been received."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.disclosures import Disclosure, Stage
from desktop.domain.following import Following
from desktop.domain.following_reports import every_followed, may_be_seen_to
from i18n import formats, tr
from sync.protocol.states import Delivery
from ui import report_words
from ui.disclosures import seen, words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Pill, text, wrapped
from ui.widgets.twice import TwiceButton

_TAKEN_BACK = (Stage.REFUSED, Stage.ENDED)


class Standing(QWidget):
    """One card a report, the newest first."""

    call_off_wanted = Signal(object)
    seen_to = Signal(object)

    def __init__(self) -> None:
        """Show none."""
        super().__init__()
        self.cards: tuple[Card, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_reports(self, reports: tuple[Disclosure, ...], now: datetime) -> None:
        """Show these as they stand at `now`."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        standing = zip(reports, every_followed(reports, now), strict=True)
        self.cards = tuple(self._card(each, following, now) for each, following in standing)
        for card in self.cards:
            self._column.addWidget(card)
        self.setVisible(bool(reports))

    def _card(self, report: Disclosure, following: Following, now: datetime) -> Card:
        card = Card(margin=14)
        card.setProperty("card", "sunken")
        card.setObjectName(f"report-{report.id}")
        card.body.setSpacing(6)
        line, tone = report_words.state(report, now)
        card.body.addLayout(_head(report))
        card.add(text(report.agency_name, "caption", "text2"))
        if report.stage is Stage.ASKED and report.asked_from is not None:
            card.add(seen.asker(report.asked_from))
        card.body.addLayout(self._row(report, following, Pill(line, tone)))
        if _is_waiting(report) and not report.may_be_called_off:
            gone = tr("It may have left already, so it cannot be taken back any more.")
            card.add(wrapped(gone, "caption", "text2"))
        if advice := report_words.advice(report, following):
            card.add(wrapped(advice, "body", "text"))
        for reply in report.replies:
            said = f"“{reply.text}”" if reply.text.strip() else _unread(report)
            card.add(wrapped(said, "body", "text"))
        said = ". ".join(part for part in (words.ground(report.ground), line, advice) if part)
        card.setAccessibleName(said)
        return card

    def _row(self, report: Disclosure, following: Following, pill: Pill) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(pill)
        row.addStretch()
        if may_be_seen_to(report, following):
            row.addWidget(self._seen_to(report))
        if _is_waiting(report) and report.may_be_called_off:
            row.addWidget(self._call_off(report))
        return row

    def _seen_to(self, report: Disclosure) -> Button:
        button = Button(tr("Seen to"), "quiet", "check")
        button.setObjectName(f"seen-to-{report.id}")
        button.clicked.connect(lambda: self.seen_to.emit(report.id))
        return button

    def _call_off(self, report: Disclosure) -> Button:
        # What was taken back is not sent.
        button = TwiceButton(tr("Take it back"), tr("Take it back? Press again"))
        button.setObjectName(f"call-off-{report.id}")
        button.agreed.connect(lambda: self.call_off_wanted.emit(report.id))
        return button


def _unread(report: Disclosure) -> str:
    # A program of before let the receiver ask for more or name a time, which nobody here can read.
    return tr(
        "They asked for something, or named a time: call {agency}.", agency=report.agency_name
    )


def _is_waiting(report: Disclosure) -> bool:
    return report.delivery is Delivery.QUEUED and report.stage not in _TAKEN_BACK


def _head(report: Disclosure) -> QHBoxLayout:
    head = QHBoxLayout()
    head.addWidget(text(words.ground(report.ground), "body", weight="semibold"))
    head.addStretch()
    head.addWidget(text(formats.day_and_clock(report.asked_at), "caption", "text3"))
    return head
