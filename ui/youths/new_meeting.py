"""A young person just met: an alias is enough, and even that may be left out."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.outreach import KOREA
from desktop.domain.youths import Youth
from desktop.errors import AppError
from desktop.services import youths
from desktop.services.youths import NewYouth
from i18n import tr
from ui.messages import sentence
from ui.met_before import KnownBefore
from ui.place_suggestions import PlaceSuggestions
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet
from ui.youths.contact_fields import ContactFields


class NewMeeting(Sheet):
    """What is typed stays until the meeting is kept, also when the sheet is closed."""

    met = Signal(object)
    """A meeting is kept."""
    meeting_again = Signal(object, bool)
    """Who was known before; and whether their guardian is not to be told, as of now."""

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        """Be ready over the window."""
        super().__init__(window, tr("New contact"), tr("Close"), 660)
        self.setObjectName("new_meeting")
        self._tasks, self._number = tasks, 1
        self.known = KnownBefore(tasks)
        self._fields = fields = ContactFields(
            self.known, lambda: tasks.moment().now.astimezone(KOREA).date()
        )
        self.alias, self.place, self.given = fields.alias, fields.place, fields.given
        PlaceSuggestions(self.place.edit, tasks)
        self.age, self.gender, self.language = fields.age, fields.gender, fields.language
        self.guardian = fields.guardian
        self.problem = wrapped("", "caption", "danger")
        self.save_button = Button(tr("Keep meeting"), "primary", pressed=self._on_save)
        self.save_button.setObjectName("keep_meeting")
        self._fill()
        self._connect()
        self.clear_form()

    def open_as(self, number: int) -> None:
        """Open; `number` names whoever gives no name."""
        self._number = number
        self.alias.edit.setPlaceholderText(self._no_name())
        self.say_wrong("")
        self.open(self.alias.edit)

    def clear_form(self) -> None:
        """Be empty for the next one. The place is often the same: it stays."""
        self._fields.clear()
        self.known.begin_anew()
        self._blank = {**self.typed(), "place": "", "open": ""}
        self.say_wrong("")

    def typed(self) -> dict[str, str]:
        """Return what stands in each field, and whether the sheet is open."""
        return {**self._fields.typed(), "open": "" if self.isHidden() else "1"}

    def is_touched(self) -> bool:
        """Say whether the sheet is open, or anything was typed. The place only stays."""
        return {**self.typed(), "place": ""} != self._blank

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        self._fields.fill(words)

    def say_wrong(self, words: str) -> None:
        """Say why it was not kept."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.save_button.setEnabled(True)

    def _no_name(self) -> str:
        return tr("No name given {number}", number=self._number)

    def _fill(self) -> None:
        self.body.addLayout(self._fields)
        self.body.addWidget(self.problem)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.save_button)

    def _connect(self) -> None:
        for tells in (self.alias.changed, self.place.changed, self.age.changed):
            tells.connect(self._look)
        self.alias.changed.connect(self._on_alias)
        for keeps in (self.alias, self.place, self.given, self.age):
            keeps.entered.connect(self._on_save)
        self.known.chosen.connect(self._on_known)
        self.known.warned.connect(lambda: self.say_wrong(""))
        for grows in (self.known, self.age):
            grows.changed.connect(self._on_grown)

    @Slot()
    def _on_save(self) -> None:
        QGuiApplication.inputMethod().commit()
        if not self.save_button.isEnabled():
            return
        if self.age.wrong():
            self.say_wrong(self.age.wrong())
            return
        if self.save_button.hasFocus():
            self.alias.edit.setFocus()  # where it goes on, should it be asked once more
        self.save_button.setEnabled(False)
        who, place = self._fields.who(self._no_name()), self.place.words()
        self.known.before_new(self._fields.sought(), lambda: self._meet(who, place))

    def _meet(self, who: NewYouth, place: str) -> None:
        moment = self._tasks.moment()
        self._tasks.run(
            lambda vault: youths.meet(vault, who, place, moment), self.met.emit, self._on_failed
        )

    @Slot()
    def _look(self) -> None:
        if self.isVisible():
            self.known.look_like(self._fields.sought())

    @Slot(str)
    def _on_alias(self, alias: str) -> None:
        # With an alias it belongs into the note; what is typed already goes there, and stays seen.
        self.given.setHidden(bool(alias.strip()) and not self.given.words())

    @Slot()
    def _on_grown(self) -> None:
        if self.isVisible():
            self._fit()

    @Slot(object)
    def _on_known(self, youth: Youth) -> None:
        place, beside, moment = self.place.words(), self._fields.beside(), self._tasks.moment()
        is_new = beside.keep_from_guardian and not youth.keep_from_guardian
        self.meeting_again.emit(youth.id, is_new)
        self._tasks.run(
            lambda vault: youths.meet_again(vault, youth.id, place, moment, beside),
            self.met.emit,
            self._on_failed,
        )

    def _on_failed(self, error: AppError) -> None:
        self.say_wrong(sentence(error))
