"""Before handing over: who is asked about whom, and the PIN that gives the laptop back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.agencies import Agency
from desktop.services import agencies, text_versions
from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents import texts
from ui.consents.pin import LONGEST, is_a_pin
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.field import Field
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class StartSheet(Sheet):
    """Lets the counselor choose a PIN of four to eight digits."""

    chosen = Signal(object, object, str)
    """YouthFile, Agency, PIN: what `HandOver.begin` takes."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Hand over the laptop"), tr("Close"), width=480)
        self._tasks = tasks
        self._file: YouthFile | None = None
        self._agency: Agency | None = None
        self.about = wrapped("", "body", "text2")
        self.pin = Field(tr("PIN to get it back"), tr("Four to eight digits, only for this time."))
        self.pin.edit.setMaxLength(LONGEST)
        self.pin.edit.setObjectName("start-pin")
        self.start_button = Button(tr("Show the form"), "primary", "shield-check")
        self.start_button.setObjectName("start-handover")
        told = tr("Your organization's text lacks something; the program's own is shown.")
        self.notice = Notice("circle-alert", told, "warn")
        self.notice.hide()
        self.body.addWidget(self.about)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.pin)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self.start_button)
        self.start_button.clicked.connect(self._on_start)
        self.pin.entered.connect(self._on_start)

    def open_for(self, file: YouthFile) -> None:
        """Find the agency the draft names, then ask for a PIN."""
        self._file, self._agency = file, None
        self.pin.edit.clear()
        self.pin.say_wrong("")
        self._tasks.run(text_versions.holding, self._use)
        wanted = file.draft.agency if file.draft else None
        self._tasks.run(
            lambda vault: next((a for a in agencies.all(vault) if a.id == wanted), None),
            self._show_agency,
        )

    def _use(self, held: text_versions.Holding) -> None:
        texts.use(held.texts)
        self.notice.setVisible(bool(held.faults))

    def _show_agency(self, agency: Agency | None) -> None:
        if self._file is None or agency is None:
            return
        self._agency = agency
        youth = self._file.youth
        who = tr("the legal guardian") if youth.age.may_be_under_14() else youth.alias
        self.about.setText(
            tr(
                "The screen asks {who} about sending to {agency}. Only the PIN leads back here.",
                who=who,
                agency=agency.name,
            )
        )
        self.open(self.pin.edit)

    @Slot()
    def _on_start(self) -> None:
        if not is_a_pin(self.pin.words()):
            self.pin.say_wrong(tr("Please choose four to eight digits."))
            return
        pin = self.pin.words()
        self.pin.edit.clear()
        self.leave()
        self.chosen.emit(self._file, self._agency, pin)
