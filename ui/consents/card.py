"""What a young person has agreed to, at a glance, and the way to ask or to end it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy

from desktop.domain.agencies import Agency
from desktop.domain.consents import Article, Consent
from desktop.domain.who_answers import Way
from desktop.errors import AppError
from desktop.services import agencies, slips, withdrawals
from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents import living, standing
from ui.consents.all_door import AllDoor
from ui.consents.ending import EndingPart
from ui.consents.request_door import RequestDoor
from ui.consents.row import AnswerRow
from ui.consents.standing import counting, said, who_answered
from ui.consents.told import ToldPart
from ui.people import language_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import IconLabel, Rule


class ConsentCard(Card):
    """Four rows, one button. Ending takes two clicks, no more than giving took."""

    handover_wanted = Signal(object)
    report_wanted = Signal()
    keep_wanted = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Lay out empty rows."""
        super().__init__(tr("Consent"))
        self.setObjectName("consent-card")
        self._tasks = tasks
        self._file: YouthFile | None = None
        self._consent: Consent | None = None
        self._to_end: Consent | None = None
        self.language = IconLabel("languages", "")
        self.language.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.all_button = AllDoor()
        for part in (self.all_button, self.language):
            self.header.addWidget(part)
        self.rows = {
            Article.COLLECT: AnswerRow(tr("Collection and use")),
            Article.SENSITIVE: AnswerRow(tr("Sensitive data")),
            Article.PROVIDE: AnswerRow(tr("Third-party provision")),
        }
        self.unique = AnswerRow(tr("Unique identifiers"))
        self.ending = EndingPart()
        self.withdraw_button = self.ending.withdraw_button
        self.confirm_button, self.keep_button = self.ending.confirm_button, self.ending.keep_button
        self.told, self.request_button = ToldPart(tasks), RequestDoor()
        self.handover_button = Button(" ", "primary", "shield-check")
        self._lay_out()
        self._connect()

    def show_file(self, file: YouthFile) -> None:
        """Show how consent stands for one young person."""
        self._file, self._consent = file, counting(file)
        self.told.show_file(file)
        for door in (self.all_button, self.request_button):
            door.show_file(file, self._tasks.moment().now)
        self.language.label.setText(language_words(file.youth.language))
        self.handover_button.say(tr("Show {alias} the consent form", alias=file.youth.alias))
        self._show_how_it_stands()

    def set_compact(self, is_compact: bool) -> None:
        """Leave out the second lines on a small laptop, but for the agency's name."""
        for article, row in self.rows.items():
            row.about.setVisible(not is_compact or article is Article.PROVIDE)
        self.unique.about.setVisible(not is_compact)

    def _lay_out(self) -> None:
        self.body.setSpacing(4)
        self.body.setContentsMargins(20, 11, 20, 18)
        self.header.addStrut(32)  # as high with the button as without it
        self.body.addSpacing(-2)  # which takes no room from the rows
        for number, row in enumerate((*self.rows.values(), self.unique)):
            if number:
                self.add(Rule())
            self.add(row)
        self.add(self.request_button, self.told, self.handover_button, self.ending)
        self.handover_button.setObjectName("consent-handover")

    def _connect(self) -> None:
        self.handover_button.clicked.connect(self._on_handover)
        self.told.report_wanted.connect(self.report_wanted)
        self.told.keep_wanted.connect(self._on_keep)
        self.told.decided.connect(self._show_how_it_stands)
        self.ending.confirmed.connect(self._on_confirmed)

    @Slot()
    def _show_how_it_stands(self) -> None:
        if self._file is None:
            return
        file, now = self._file, self._tasks.moment().now
        self._show_rows(file)
        can_ask = file.draft is not None and file.draft.agency is not None
        is_settled = standing.is_settled(self._consent, file, now)
        may_ask = Way.ASK in self.told.decision.ways
        self.handover_button.setVisible(can_ask and may_ask and not is_settled)
        consent = self._consent
        self._to_end = standing.to_end(consent, file, now)
        may_send = consent is not None and standing.may_send(consent, file, now)
        items = living.items_words(consent) if consent and may_send else ""
        self.ending.force.setToolTip(items)
        self.ending.force.setAccessibleDescription(items)
        words = standing.force_words(file, consent, now, can_ask=can_ask)
        about = self._to_end.id if self._to_end else None
        self.ending.show_words(words, is_on=about is not None, about=about)

    def _show_rows(self, file: YouthFile) -> None:
        consent, now = self._consent, self._tasks.moment().now
        wanted = file.draft.agency if file.draft else None
        agency = consent.agency_name if consent else tr("Choose an agency in the referral")
        if consent is None and wanted is not None:
            agency = ""
        about = {
            Article.COLLECT: who_answered(self.told.decision, consent),
            Article.SENSITIVE: tr("Asked and answered on its own"),
            Article.PROVIDE: agency,
        }
        number = tr("Number: {number}", number=slips.number_of(consent.id)) if consent else ""
        for article, row in self.rows.items():
            row.show_said(said(consent, article, now), about[article])
            row.setToolTip(number)  # what somebody says who took a slip along
            row.setAccessibleDescription(number)
        is_asked = Article.IDENTIFIERS in self.told.decision.questions
        self.unique.show_said(*standing.of_number(consent, now, file, is_asked=is_asked))
        if not agency:
            self._tasks.run(agencies.all, self._show_agency)

    def _show_agency(self, known: tuple[Agency, ...]) -> None:
        draft = self._file.draft if self._file else None
        for agency in known:
            if draft is not None and self._consent is None and agency.id == draft.agency:
                self.rows[Article.PROVIDE].about.setText(agency.name)

    @Slot()
    def _on_handover(self) -> None:
        self.handover_wanted.emit(self._file)

    @Slot()
    def _on_keep(self) -> None:
        self.keep_wanted.emit(self._file)

    @Slot()
    def _on_confirmed(self) -> None:
        if self._to_end is None:
            return
        ended, moment = self._to_end.id, self._tasks.moment()
        self.confirm_button.setEnabled(False)
        self._tasks.run(
            lambda vault: withdrawals.withdraw(vault, ended, moment),
            self._on_withdrawn,
            self._on_failed,
        )

    def _on_failed(self, error: AppError) -> None:
        self.confirm_button.setEnabled(True)
        self._tasks.failed.emit(error)

    def _on_withdrawn(self, withdrawal: withdrawals.Withdrawal) -> None:
        self.confirm_button.setEnabled(True)
        self.withdrawn.emit(withdrawal)
