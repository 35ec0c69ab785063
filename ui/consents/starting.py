"""Before handing over: who is asked about whom, how, and the PIN that gives the laptop back."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.agencies import Agency
from desktop.domain.who_answers import Answers, GuardianStands, Way
from desktop.services import handing
from desktop.services.handing import Known
from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents.asking import items_of
from ui.consents.handing import Handing
from ui.consents.held import HeldNotice
from ui.consents.manner import MannerPart
from ui.consents.named import NamedPart
from ui.consents.pin import LONGEST, is_a_pin
from ui.consents.stands import StandsPart
from ui.consents.unlisted import UnlistedPart
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet


class PinField(Field):
    """Takes the digits that give the laptop back, for one handing over."""

    def __init__(self) -> None:
        """Be empty."""
        super().__init__(tr("PIN to get it back"), tr("Four to eight digits, only for this time."))
        self.edit.setMaxLength(LONGEST)
        self.edit.setObjectName("start-pin")

    def begin(self) -> None:
        """Forget the digits before."""
        self.edit.clear()
        self.say_wrong("")


class StartSheet(Sheet):
    """Lets the counselor choose the manner and a PIN of four to eight digits."""

    chosen = Signal(object)
    """A `Handing`: what `HandOver.begin` takes."""
    report_wanted, keep_wanted, referral_wanted = Signal(object), Signal(object), Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Hand over the laptop"), tr("Close"), width=620)
        self._tasks = tasks
        self._file: YouthFile | None = None
        self._page: YouthFile | None = None
        self._known: Known | None = None
        self.about, self.held = wrapped("", "body", "text2"), HeldNotice(tasks)
        self.stands, self.manner = StandsPart(), MannerPart(tasks)
        self.named, self.unlisted = NamedPart(tasks), UnlistedPart()
        self.pin = PinField()
        self.keep_button = Button(tr("Do not tell the guardian…"), "quiet", "shield")
        self.keep_button.setObjectName("start-keep-from")
        self.start_button = Button(tr("Show the form"), "primary", "shield-check")
        self.start_button.setObjectName("start-handover")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for part in (
            self.about, self.unlisted, self.held, self.stands, self.named, self.pin, self.manner,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.body.addStretch()
        self.foot.addWidget(self.keep_button)
        self.foot.addStretch()
        self.foot.addWidget(self.start_button)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self._on_start)
        self.pin.entered.connect(self._on_start)
        self.manner.grown.connect(self.fit)
        self.stands.chosen.connect(self._ask)
        self.stands.report_wanted.connect(self._on_report)
        self.keep_button.clicked.connect(self._on_keep)
        self.unlisted.choosing_wanted.connect(partial(self._go, self.referral_wanted))
        self.named.grown.connect(self.fit)
        self.closed.connect(self.named.forget)
        self.named.changed.connect(self._on_named)

    def open_for(self, file: YouthFile, asked: YouthFile | None = None) -> None:
        """Find the agency the draft names and who may answer, then ask for a PIN.

        `asked` is the file where a consent is asked for again: its draft is kept nowhere.
        """
        self._page, self._file, self._known = file, asked or file, None
        self.pin.begin()
        self.held.take()
        self.stands.begin()
        self.named.forget()
        self.keep_button.setVisible(file.youth.age.may_be_under_18())
        self._ask(GuardianStands.PRESENT, is_first=True)

    @Slot(object)
    def _ask(self, stands: GuardianStands, *, is_first: bool = False) -> None:
        file = self._file
        if file is None:
            return
        agency, items = file.draft.agency if file.draft else None, items_of(file)
        show = self._show_known if is_first else self._show_stands
        self._tasks.run(
            lambda vault: handing.known(vault, file.youth, agency, items, stands),
            lambda known: show(file, known),
        )

    def _show_stands(self, file: YouthFile, known: Known) -> None:
        if file is self._file:
            self._known = known
            self.stands.show_decision(known.decision)
            self.named.show_known(file, known)
            self._offer(is_askable=Way.ASK in known.decision.ways)

    def _offer(self, *, is_askable: bool) -> None:
        for part in (self.pin, self.manner):
            part.setVisible(is_askable)
        self.start_button.setEnabled(is_askable)
        self.fit()

    def _show_known(self, file: YouthFile, known: Known) -> None:
        if file is not self._file:
            return
        self._known = known
        for part in (self.about, self.stands, self.start_button):
            part.setVisible(known.agency is not None)
        self.unlisted.setVisible(known.agency is None)
        if known.agency is None:
            first = self.unlisted.show_file(file, is_again=file is not self._page)
            self._offer(is_askable=False)
            self.open(first)
            return
        is_person = known.decision.answers is Answers.PERSON
        self.about.setText(_about_words(file.youth.alias, known.agency, is_person=is_person))
        self.stands.setVisible(not is_person)
        self._offer(is_askable=is_person)  # else only once it is said how they stand
        if known.decision.answers is Answers.NOBODY:
            self.stands.show_decision(known.decision)
        self.named.show_known(file, known)
        self.manner.begin(known.who_asks)
        self.open(self.pin.edit if is_person else self.stands.stands.buttons["present"])

    @Slot()
    def _on_named(self) -> None:
        stands = self.stands.stands.key()
        # Before it is said how they stand, nothing may be asked.
        how = GuardianStands(stands) if stands else GuardianStands.PRESENT
        self._ask(how, is_first=not stands)

    @Slot()
    def _on_report(self) -> None:
        self._go(self.report_wanted)

    @Slot()
    def _on_keep(self) -> None:
        self._go(self.keep_wanted)

    def _go(self, elsewhere: SignalInstance) -> None:
        self.leave()
        elsewhere.emit(self._page)

    @Slot()
    def _on_start(self) -> None:
        if not is_a_pin(self.pin.words()):
            self.pin.say_wrong(tr("Please choose four to eight digits."))
            self.fit()
            return
        how, pin, file, known = self.manner.how(), self.pin.words(), self._file, self._known
        if (
            not self.start_button.isEnabled()
            or how is None
            or file is None
            or known is None
            or known.agency is None
        ):
            self.fit()
            return
        self.pin.edit.clear()
        self.leave()
        self.chosen.emit(Handing(file, known.agency, known.decision, pin, how, known.replaces))


def _about_words(alias: str, agency: Agency, *, is_person: bool) -> str:
    return tr(
        "The screen asks {who} about sending to {agency}. Only the PIN leads back here.",
        who=alias if is_person else tr("the child and the legal guardian"),
        agency=agency.name,
    )
