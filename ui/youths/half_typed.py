"""A night or a new contact that was half typed, at a lock or any other end, is there again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication

from desktop.domain.forms import FormName, UnfinishedForm
from desktop.services import forms
from ui.often import look_often
from ui.tasks import Tasks

if TYPE_CHECKING:
    from ui.youths.new_meeting import NewMeeting
    from ui.youths.rail import Rail


class HalfTyped(QObject):
    """Keeps both forms while they are typed, and fills them in after the vault opened."""

    def __init__(self, tasks: Tasks, rail: "Rail") -> None:
        """Ask what was kept."""
        super().__init__()
        self._tasks, self._rail = tasks, rail
        self._kept: set[FormName] = set()
        self._last: dict[FormName, dict[str, str]] = {}
        """What the vault has of each, since it was opened."""
        self._is_to_open = False
        look_often(rail, self.look)
        rail.youth_met.connect(lambda: self._forget(FormName.CONTACT))
        rail.outreach_begun.connect(lambda: self._forget(FormName.NIGHT))
        tasks.run(forms.kept, self._fill)

    def rescue(self) -> None:
        """At lock: keep what is typed so far; a form that was emptied is forgotten."""
        QGuiApplication.inputMethod().commit()
        self.look()

    @Slot()
    def look(self) -> None:
        """Keep what was typed since the last look; no syllable is ended for it."""
        sheet, night = self._sheet(), self._rail.form
        if sheet is not None and sheet.is_touched():
            self._keep(UnfinishedForm(FormName.CONTACT, sheet.typed()))
        elif sheet is not None:
            self._forget(FormName.CONTACT)
        if night.is_touched():
            self._keep(UnfinishedForm(FormName.NIGHT, night.typed()))
        else:
            self._forget(FormName.NIGHT)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Open the form of a new contact once the night can be seen."""
        if event.type() == QEvent.Type.Show:
            self._open()
        return False

    def _sheet(self) -> "NewMeeting | None":
        made: NewMeeting | None = vars(self._rail).get("sheet")
        return made

    def _keep(self, form: UnfinishedForm) -> None:
        words, moment = dict(form.words), self._tasks.moment()
        if words == self._last.get(form.name):
            return
        self._kept.add(form.name)
        self._last[form.name] = words
        self._tasks.run(
            lambda vault: forms.set_aside(vault, form, moment),
            lambda _: None,
            lambda _: self._unkept(form.name),
        )

    def _unkept(self, name: FormName) -> None:
        self._last.pop(name, None)  # the next look tries again

    def _forget(self, name: FormName) -> None:
        if name in self._kept:
            self._kept.discard(name)
            self._last.pop(name, None)
            self._tasks.run(lambda vault: forms.drop(vault, name), lambda _: None)

    def _fill(self, kept: tuple[UnfinishedForm, ...]) -> None:
        for form in kept:
            if form.name not in (FormName.CONTACT, FormName.NIGHT):
                continue  # its own sheet fills it in
            self._kept.add(form.name)
            if form.name is FormName.NIGHT:
                self._rail.form.fill(form.words)
            else:
                self._rail.sheet.fill(form.words)
                self._is_to_open = bool(form.words.get("open"))
        if not self._is_to_open:
            return
        if self._rail.isVisible():
            self._open()
        else:  # practice gets ready first, or everything is hidden
            self._rail.installEventFilter(self)

    def _open(self) -> None:
        self._rail.removeEventFilter(self)
        if self._is_to_open:
            self._is_to_open = False
            self._rail.new_meeting()
