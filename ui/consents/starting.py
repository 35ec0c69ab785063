"""Before handing over: who is asked about whom, how, and the PIN that gives the laptop back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.who_answers import Answers, GuardianStands
from desktop.services import handing, text_versions
from desktop.services.handing import Known
from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents import texts
from ui.consents.asking import items_of
from ui.consents.handing import Handing
from ui.consents.manner import MannerPart
from ui.consents.pin import LONGEST, is_a_pin
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class StartSheet(Sheet):
    """Lets the counselor choose the manner and a PIN of four to eight digits."""

    chosen = Signal(object)
    """A `Handing`: what `HandOver.begin` takes."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Hand over the laptop"), tr("Close"), width=620)
        self._tasks = tasks
        self._file: YouthFile | None = None
        self._known: Known | None = None
        self.about = wrapped("", "body", "text2")
        self.manner = MannerPart(tasks)
        self.pin = Field(tr("PIN to get it back"), tr("Four to eight digits, only for this time."))
        self.pin.edit.setMaxLength(LONGEST)
        self.pin.edit.setObjectName("start-pin")
        self.start_button = Button(tr("Show the form"), "primary", "shield-check")
        self.start_button.setObjectName("start-handover")
        told = tr("Your organization's text lacks something; the program's own is shown.")
        self.notice = Notice("circle-alert", told, "warn")
        self.notice.hide()
        for part in (self.about, self.notice, self.pin, self.manner):
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self.start_button)
        self.start_button.clicked.connect(self._on_start)
        self.pin.entered.connect(self._on_start)
        self.manner.grown.connect(self.fit)

    def open_for(self, file: YouthFile) -> None:
        """Find the agency the draft names and who may answer, then ask for a PIN."""
        self._file, self._known = file, None
        self.pin.edit.clear()
        self.pin.say_wrong("")
        agency, items = file.draft.agency if file.draft else None, items_of(file.draft)
        stands = GuardianStands.PRESENT
        self._tasks.run(text_versions.holding, self._use)
        self._tasks.run(
            lambda vault: handing.known(vault, file.youth, agency, items, stands),
            lambda known: self._show_known(file, known),
        )

    def _use(self, held: text_versions.Holding) -> None:
        texts.use(held.texts)
        self.notice.setVisible(bool(held.faults))

    def _show_known(self, file: YouthFile, known: Known) -> None:
        if file is not self._file or known.agency is None:
            return
        self._known = known
        is_guardian = known.decision.answers is Answers.GUARDIAN
        self.about.setText(
            tr(
                "The screen asks {who} about sending to {agency}. Only the PIN leads back here.",
                who=tr("the legal guardian") if is_guardian else file.youth.alias,
                agency=known.agency.name,
            )
        )
        self.manner.begin(known.who_asks)
        self.open(self.pin.edit)

    @Slot()
    def _on_start(self) -> None:
        if not is_a_pin(self.pin.words()):
            self.pin.say_wrong(tr("Please choose four to eight digits."))
            self.fit()
            return
        how, pin, file, known = self.manner.how(), self.pin.words(), self._file, self._known
        if how is None or file is None or known is None or known.agency is None:
            self.fit()
            return
        self.pin.edit.clear()
        self.leave()
        self.chosen.emit(Handing(file, known.agency, known.decision, pin, how))
