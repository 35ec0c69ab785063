"""Writing a referral. It keeps itself; the line is not needed."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.agencies import Agency, Category
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.referrals import ITEM_LIMIT, Draft, Urgency
from desktop.errors import AppError, TextTooLong
from desktop.services import agencies, referrals
from desktop.services.youths import YouthFile
from i18n import tr
from ui.referrals import words
from ui.referrals.items import ItemsPart, known_words
from ui.referrals.picker import Picker
from ui.retrying import Retry
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow
from ui.widgets.labels import repaint, text, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet

_PAUSE = 500
"""Milliseconds without typing after which the draft is kept."""


_FRAME, _LEAST = 226, 380
"""Pixels of a sheet's frame above and below, and the least height of the two sides."""


class _Tall(QScrollArea):
    """Scrolls by itself, so that the list of agencies stays in sight beside it."""

    def __init__(self, inside: QVBoxLayout) -> None:
        """Hold what is laid out in `inside`."""
        super().__init__()
        inner = QWidget()
        inner.setProperty("clear", "true")
        inside.setContentsMargins(2, 0, 10, 0)
        inner.setLayout(inside)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class ComposeSheet(Sheet):
    """Agency on the left, what would be told on the right."""

    kept = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Referral form"), tr("Close"), width=1040)
        self._tasks = tasks
        self._file: YouthFile | None = None
        self._agency: AgencyId | None = None
        self._answers: ReferralId | None = None
        self.picker, self.items = Picker(), ItemsPart()
        self.categories = {each: _chip(each) for each in Category}
        self.urgency = Segmented(
            tr("Urgency"), tuple(Choice(each, words.urgency(each)) for each in Urgency)
        )
        self.state = wrapped("", "caption", "text2")
        self.done_button = Button(tr("Done"), "primary", "check", pressed=self.leave)
        self.done_button.setObjectName("compose-done")
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.keep)
        self._retry = Retry(self, self.keep)
        self._lay_out_sides()
        self._connect()

    def open_for(self, file: YouthFile) -> None:
        """Show the draft, or begin one with what is known."""
        self._file = file
        draft = file.draft or Draft(youth=file.youth.id, words=known_words(file.youth))
        self.items.number.setVisible(file.is_entrusted)
        self.items.show_words(draft.words)
        for category, chip in self.categories.items():
            chip.setChecked(category in draft.categories)
        self.urgency.choose(draft.urgency)
        self.state.setText(tr("It keeps itself on this device, encrypted."))
        self._agency, self._answers = draft.agency, draft.answers
        self.title.setText(tr("What they asked for") if draft.answers else tr("Referral form"))
        self.picker.forget_search()
        asked = partial(agencies.directory, at=self._tasks.moment().now)
        self._tasks.run(asked, partial(self.picker.show_directory, chosen=draft.agency))
        self.open(self.picker.search)

    def draft(self) -> Draft:
        """Return what is written now, or raise what is wrong with it."""
        if self._file is None:
            raise LookupError
        return Draft(
            youth=self._file.youth.id,
            agency=self._agency,
            categories=frozenset(c for c, chip in self.categories.items() if chip.isChecked()),
            words=self.items.words(),
            urgency=Urgency(self.urgency.key() or Urgency.ROUTINE),
            answers=self._answers,
        )

    @Slot()
    def keep(self) -> None:
        """Keep what is written, the syllable under composition too."""
        QGuiApplication.inputMethod().commit()
        self._timer.stop()
        if self.isHidden():  # not merely covered: released or closed, it is a draft no more
            return
        try:
            draft = self.draft()
        except AppError as error:
            self._say_wrong(error)
            return
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: referrals.keep_draft(vault, draft, moment),
            self._on_kept,
            partial(_stay_open, self, draft.youth),
        )

    def rescue(self) -> None:
        """At lock: keep every word; a resident number is blotted out."""
        self.items.blot_out()
        self.keep()

    def may_close(self) -> bool:
        """Close only when every word can be kept."""
        QGuiApplication.inputMethod().commit()
        try:
            self.draft()
        except AppError as error:
            self._say_wrong(error)
            return False
        self.keep()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the window's height, so that only the right side has to scroll."""
        self._sides.setFixedHeight(max(_LEAST, self.height() - _FRAME))
        super().resizeEvent(event)

    def _lay_out_sides(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(text(tr("Who can help"), "note", weight="semibold"))
        left.addWidget(self.picker, 1)
        chips = QWidget()
        flow = Flow(chips, gap=6)
        for chip in self.categories.values():
            flow.addWidget(chip)
        right.setSpacing(8)
        right.addWidget(text(tr("Which help"), "note", weight="semibold"))
        right.addWidget(chips)
        right.addWidget(self.urgency)
        right.addSpacing(6)
        right.addWidget(text(tr("In exactly these words"), "note", weight="semibold"))
        right.addWidget(self.items)
        right.addStretch()
        self._sides = QWidget()
        sides = QHBoxLayout(self._sides)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(24)
        sides.addLayout(left, 1)
        sides.addWidget(_Tall(right), 1)
        self.body.addWidget(self._sides)
        self.foot.addWidget(self.state, 1)
        self.foot.addWidget(self.done_button)

    def _connect(self) -> None:
        self.items.changed.connect(self._timer.start)
        self.picker.chosen.connect(self._on_agency)
        self.urgency.chosen.connect(self._timer.start)
        for chip in self.categories.values():
            chip.clicked.connect(self._timer.start)

    @Slot(object)
    def _on_agency(self, agency: Agency) -> None:
        """Offer what the agency does, if no kind of help was chosen yet."""
        self._agency = agency.id
        if not any(chip.isChecked() for chip in self.categories.values()):
            for category in agency.categories():
                self.categories[category].setChecked(True)
        self._timer.start()

    def _on_kept(self, draft: Draft) -> None:
        if draft.is_too_long():
            self._say_wrong(TextTooLong(limit=ITEM_LIMIT))
        else:
            self.state.setText(tr("Kept on this device, encrypted"))
            repaint(self.state, tone="ok")
        self.kept.emit(draft)

    def _say_wrong(self, error: AppError) -> None:
        self.state.setText(self._retry.after(error))
        repaint(self.state, tone="danger")


def _stay_open(sheet: ComposeSheet, youth: YouthId, error: AppError) -> None:
    """Say why it was not kept, in front again: these words stand nowhere else."""
    sheet._say_wrong(error)
    if sheet.isHidden() and sheet._file is not None and sheet._file.youth.id == youth:
        sheet.open(sheet.done_button)


def _chip(category: Category) -> Button:
    chip = Button(words.category(category), "chip")
    chip.setCheckable(True)
    chip.setObjectName(f"category-{category}")
    return chip
