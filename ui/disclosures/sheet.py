"""The written record that follows a report by telephone. The call stands above everything."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.agencies import Agency
from desktop.domain.disclosures import Disclosure, Ground, Writing
from desktop.domain.forms import FormName
from desktop.domain.ids import YouthId
from desktop.errors import AppError
from desktop.services import disclosures
from desktop.services.disclosures import Shown
from desktop.services.youths import YouthFile
from i18n import tr
from ui.disclosures import words
from ui.disclosures.acting import Acting
from ui.disclosures.states import Standing
from ui.disclosures.steps import CHOOSE, LOOK, WRITE, Steps
from ui.half_about import HalfAbout
from ui.messages import sentence
from ui.new_key import NewKey
from ui.often import look_often
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.sheet import Sheet


class DisclosureSheet(Sheet):
    """Three short steps under the numbers to call; what was typed stays until it was asked."""

    asked, settled = Signal(), Signal()

    def __init__(self, tasks: Tasks, window: QWidget, chance: Callable[[int], bytes]) -> None:
        """Be ready over `window`; `chance` makes the salt and the keys of the seal."""
        super().__init__(window, tr("Send the written record too"), tr("Close"), width=760)
        self._tasks, self._chance = tasks, chance
        self._youth: YouthId | None = None
        self._shown: Shown | None = None
        self._is_asking = False
        self.call = Notice("phone", words.call_first(None), "danger")
        self.standing, self.steps = Standing(), Steps()
        self.acting = Acting(tasks, self.standing)
        self.half = HalfAbout(tasks, FormName.REPORT, self.steps)
        self.problem = Notice("triangle-alert", "", "danger")
        self.new_key = NewKey(tasks)
        self.back_button = Button(tr("Back"), "plain", "arrow-left", pressed=self._on_back)
        self.next_button = Button(tr("Next"), "primary", pressed=self._on_next)
        _lay_out(self)
        self.steps.ground_chosen.connect(self._on_ground)
        self.steps.changed.connect(self._on_changed)

    def open_for(self, file: YouthFile) -> None:
        """Show the reports about one young person, and begin, or go on with, another.

        Open about the same person already it is in front again, and nothing of it is touched.
        """
        if self.isHidden() or self._youth != file.youth.id:
            self.rescue()
            self._youth = file.youth.id
            self.title.setText(tr("{alias} · written record", alias=file.youth.alias))
            self.standing.show_reports((), self._tasks.moment().now, self)
            self._begin_anew()
            self.half.begin(file.youth.id)
        self.open(self.close_button)

    def _begin_anew(self) -> None:
        self._shown = None
        self.call.show_words("phone", words.call_first(None), "danger")
        self.steps.fill({})
        self._show_page(CHOOSE)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask again where the reports stand."""
        youth, moment = self._youth, self._tasks.moment()
        if youth is not None:
            self._tasks.run(
                lambda vault: disclosures.of_youth(vault, youth, moment),
                lambda reports: self._show_standing(reports, moment.now),
            )

    def may_close(self) -> bool:
        """Keep what was typed, and close."""
        self.rescue()
        return True

    def rescue(self) -> None:
        """Keep every word, also when nobody can be asked any more."""
        # What is being asked was kept before it, and the question takes it out where it succeeds.
        if not self.isHidden() and not self._is_asking:
            self.half.keep()

    def _show_standing(self, reports: tuple[Disclosure, ...], now: datetime) -> None:
        self.standing.show_reports(reports, now, self)
        self.standing.setVisible(bool(reports) and self.steps.page == CHOOSE)
        self.fit()

    @Slot(object)
    def _on_ground(self, ground: Ground) -> None:
        self.call.show_words("phone", words.call_first(ground), "danger")

        def show(found: tuple[Agency, ...]) -> None:
            if ground is self.steps.choosing.ground():
                self.steps.choosing.show_agencies(found)
                self._on_changed()

        self._tasks.run(lambda vault: disclosures.receivers(vault, ground), show)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.next_button.setEnabled(self.steps.is_ready and self.new_key.shown is None)
        self.problem.hide()
        self.fit()

    def _show_page(self, page: int) -> None:
        self.steps.show_page(page)
        self.new_key.clear()
        self.back_button.setVisible(page != CHOOSE)
        self.standing.setVisible(page == CHOOSE and bool(self.standing.cards))
        self.next_button.say(_next_words(page))
        self._on_changed()

    @Slot()
    def _on_back(self) -> None:
        self._show_page(max(CHOOSE, self.steps.page - 1))

    @Slot()
    def _on_next(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self.steps.page == LOOK:
            self._ask()
        elif self.steps.page == WRITE:
            self._preview()
        else:
            self._show_page(WRITE)
            self.steps.writing.reason.edit.setFocus()

    def _preview(self) -> None:
        written = self.steps.written(self._youth) if self._youth else None
        moment, chance = self._tasks.moment(), self._chance
        if written is None:
            self._show_page(CHOOSE)  # whom it was for is not offered any more
        else:
            work = partial(disclosures.preview, writing=written, moment=moment, chance=chance)
            self._tasks.run(work, self._show_exact, self._say_wrong)

    def _show_exact(self, shown: Shown) -> None:
        if shown.report.referral.youth != self._youth:
            return  # another was begun meanwhile
        self._shown = shown
        self.steps.show_exact(shown)
        self._show_page(LOOK)
        self.new_key.look_at(shown.report.referral.agency)

    def _ask(self) -> None:
        shown, moment, chance = self._shown, self._tasks.moment(), self._chance
        if shown is not None:
            self.next_button.setEnabled(False)
            self.rescue()
            self._is_asking = True
            work = partial(disclosures.ask, shown=shown, moment=moment, chance=chance)
            self._tasks.run(work, self._on_asked, self._say_wrong)

    def _on_asked(self, _: Disclosure) -> None:
        self._is_asking = False
        self._begin_anew()
        self.asked.emit()

    def _say_wrong(self, error: AppError) -> None:
        self._is_asking = False
        self.next_button.setEnabled(True)
        self.problem.show_words("triangle-alert", sentence(error), "danger")
        self.problem.show()
        self.fit()


def _stay_open(sheet: DisclosureSheet, error: AppError) -> None:
    """Say why it was not kept, in front again: these words stand nowhere else."""
    if sheet._is_asking:
        return  # the question says itself what comes of it
    sheet._say_wrong(error)
    if sheet.isHidden():
        sheet.open(sheet.close_button)


def _write_again(sheet: DisclosureSheet, writing: Writing) -> None:
    """Let these words stand in the form once more: over nothing that is half written there."""
    if writing.youth != sheet._youth:
        return  # another was begun meanwhile
    is_blank = sheet.steps.is_blank
    if is_blank:
        sheet.steps.write_again(writing)
    sheet._show_page(WRITE)
    sheet.steps.writing.reason.edit.setFocus()
    if not is_blank:
        first = tr("Something is half written here already. Send it, or empty it first.")
        sheet.problem.show_words("triangle-alert", first, "warn")
        sheet.problem.show()
        sheet.fit()


def _next_words(page: int) -> str:
    said = {CHOOSE: tr("Next"), WRITE: tr("See exactly what is sent")}
    return said.get(page, tr("Ask a supervisor to sign"))


def _lay_out(sheet: DisclosureSheet) -> None:
    sheet.setObjectName("disclosure-sheet")
    sheet.keep_in_sight(sheet.call)
    for part in (sheet.problem, sheet.new_key, sheet.steps, sheet.standing):
        sheet.body.addWidget(part)
    sheet.body.addStretch()
    sheet.settled.connect(sheet.reload)
    sheet.acting.settled.connect(sheet.settled)
    sheet.acting.read.connect(partial(_write_again, sheet))
    look_often(sheet, sheet.half.look)
    sheet.half.failed.connect(partial(_stay_open, sheet))
    sheet.new_key.changed.connect(sheet._on_changed)
    sheet.new_key.failed.connect(sheet._say_wrong)
    sheet.back_button.setObjectName("disclosure-back")
    sheet.next_button.setObjectName("disclosure-next")
    sheet.foot.addWidget(sheet.back_button)
    sheet.foot.addStretch()
    sheet.foot.addWidget(sheet.next_button)
