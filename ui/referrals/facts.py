"""To whom, for what help, with what, for how long."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.domain.agencies import Agency, Category
from desktop.domain.consents import Consent, Item
from desktop.domain.ids import AgencyId
from desktop.domain.referrals import Draft, Tracking, Urgency
from desktop.services import agencies, text_versions
from i18n import formats, tr
from sync.protocol.states import Delivery
from ui.referrals import words
from ui.tasks import Tasks
from ui.widgets.flow import Flow
from ui.widgets.labels import Pill, text, wrapped


class FactsPart(QWidget):
    """Four named lines."""

    def __init__(self, tasks: Tasks) -> None:
        """Lay out empty lines."""
        super().__init__()
        self._tasks = tasks
        self._wanted: AgencyId | None = None
        self.agency, self.items = wrapped("", tone="text"), wrapped("", tone="text")
        self.kept = wrapped("", tone="text")
        self.pills = QWidget()
        self._flow = Flow(self.pills, gap=6)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 68)
        names = (tr("Receiving agency"), tr("Services"), tr("To hand over"), tr("Kept for"))
        values = (self.agency, self.pills, self.items, self.kept)
        self._names: dict[QWidget, QLabel] = {}
        for number, (name, value) in enumerate(zip(names, values, strict=True)):
            label = self._names[value] = text(name, "caption", "text3")
            label.setContentsMargins(0, 2, 0, 0)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1)

    def show_draft(self, draft: Draft, consent: Consent | None) -> None:
        """Show what has been written so far, and how long `consent` says that it is kept."""
        self._wanted = draft.agency
        self.agency.setText("" if draft.agency else tr("Not chosen yet"))
        if draft.agency:
            self._tasks.run(agencies.all, self._show_name)
        written = frozenset(item for item, said in draft.words.items() if said.strip())
        self._names[self.items].setText(tr("To hand over"))
        self._show_rest(draft.categories, written, draft.urgency)
        self._show_kept(consent)

    def show_tracking(self, tracking: Tracking, consent: Consent | None) -> None:
        """Show what was released, under this consent."""
        self._wanted = None
        self.agency.setText(tracking.agency_name)
        referral = tracking.referral
        is_here = tracking.delivery is Delivery.QUEUED
        self._names[self.items].setText(tr("To hand over") if is_here else tr("Handed over"))
        self._show_rest(referral.categories, referral.items, referral.urgency)
        self._show_kept(consent)

    def _show_name(self, known: tuple[Agency, ...]) -> None:
        self.agency.setText(name_of(self._wanted, known))

    def _show_rest(
        self, categories: frozenset[Category], items: frozenset[Item], urgency: Urgency
    ) -> None:
        while item := self._flow.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if urgency is Urgency.URGENT:
            self._flow.addWidget(Pill(words.urgency(urgency), "danger"))
        for category in sorted(categories):
            self._flow.addWidget(Pill(words.category_short(category), "info"))
        self.items.setText(
            formats.names(tuple(words.item(each) for each in Item if each in items))
        )

    def _show_kept(self, consent: Consent | None) -> None:
        # What was agreed to; without a consent nobody has been told anything yet.
        for part in (self._names[self.kept], self.kept):
            part.setVisible(consent is not None)
        if consent is not None:
            own = consent.retention.partition(" / ")[0]  # in Korean; then in the other language
            is_own = text_versions.is_own(consent.notice.form)
            self.kept.setText(own if is_own else tr("1 year after support ends"))


def name_of(wanted: AgencyId | None, known: tuple[Agency, ...]) -> str:
    """Say what an agency is called, or that it is not listed now."""
    names = (agency.name for agency in known if agency.id == wanted)
    return next(names, tr("Not in the directory now"))
