"""The lines of a promise: what, when in plain words or by the calendar, and who."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.promises import Due, Promiser
from desktop.services.promises import Reading
from i18n import tr
from ui.promises import words
from ui.promises.picker import DuePicker
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import text
from ui.widgets.segmented import Choice, Segmented


class PromiseForm(QWidget):
    """Says only what stands in it; nothing is read or kept here."""

    entered = Signal()
    when_typed = Signal()
    picked = Signal(object)
    calendar_wanted = Signal(bool)
    resized = Signal()

    def __init__(self) -> None:
        """Be empty."""
        super().__init__()
        self.what, self.when = Field(tr("What")), Field(tr("When"))
        self.name = Field(tr("Which colleague"))
        self.what.edit.setPlaceholderText(tr("e.g. call, meet at exit 3"))
        self.when.edit.setPlaceholderText(tr("e.g. tomorrow noon, next Tuesday, in 3 days"))
        named = {"what": self.what, "when": self.when, "name": self.name}
        for name, field in named.items():
            field.edit.setObjectName(f"promise-{name}")
            field.entered.connect(self.entered)
        self.pick_button = Button(tr("Calendar"), "quiet", "calendar-check")
        self.pick_button.setAccessibleName(tr("Choose in the calendar"))
        self.pick_button.setObjectName("promise-pick")
        self.pick_button.setCheckable(True)
        self.picker = DuePicker()
        self.by = Segmented(tr("Who promised"), _promisers())
        self._lay_out()
        self.when.changed.connect(self.when_typed)
        self.what.changed.connect(lambda _: self.what.say_wrong(""))
        self.picker.picked.connect(self.picked)
        self.pick_button.toggled.connect(self.calendar_wanted)
        self.by.chosen.connect(self._on_by)

    def fill(self, found: Reading | None, said: str, now: datetime) -> None:
        """Show what was found in words somebody wrote; `said` alone where no time was."""
        self.what.edit.setText(found.rest if found else said)
        self.when.edit.setText(words.typed_words(found.due, now) if found else "")
        self.by.choose(Promiser.ME.value)
        self.name.edit.clear()
        self.name.hide()
        self.pick_button.setChecked(False)
        self.picker.hide()
        self.what.say_wrong("")
        self.when.say("")

    def clear_form(self) -> None:
        """Hold no words any more."""
        for field in (self.what, self.when, self.name):
            field.edit.clear()

    def typed(self) -> dict[str, str]:
        """Return what stands in each line."""
        lines = {"what": self.what, "when": self.when, "name": self.name}
        return {**{key: line.edit.text() for key, line in lines.items()}, "by": self.by.key()}

    def put_back(self, words: Mapping[str, str]) -> None:
        """Show what `typed` returned."""
        for key, line in (("what", self.what), ("when", self.when), ("name", self.name)):
            line.edit.setText(words.get(key, ""))
        self.by.choose(words.get("by", Promiser.ME.value))
        self._on_by(self.by.key())

    def first(self) -> QWidget:
        """Return where the caret belongs: the first line that is empty, or the time."""
        return (self.what if not self.what.words() else self.when).edit

    def show_picker(self, due: Due | None, now: datetime) -> None:
        """Show the calendar at a time."""
        self.picker.show_due(due, now)
        self.picker.show()
        self.picker.calendar.setFocus()

    def promiser(self) -> Promiser:
        """Return who promised."""
        return Promiser(self.by.key() or Promiser.ME.value)

    @Slot(str)
    def _on_by(self, key: str) -> None:
        self.name.setVisible(key == Promiser.COLLEAGUE.value)
        self.resized.emit()

    def _lay_out(self) -> None:
        who, column = QVBoxLayout(), QVBoxLayout(self)
        who.setSpacing(6)
        who.addWidget(text(tr("Who promised"), "caption", "text2", "semibold"))
        who.addWidget(self.by)
        self.when.line.addWidget(self.pick_button)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.what, self.when, self.picker):
            column.addWidget(part)
        column.addLayout(who)
        column.addWidget(self.name)


def _promisers() -> tuple[Choice, ...]:
    return (
        Choice(Promiser.ME.value, tr("I promised")),
        Choice(Promiser.COLLEAGUE.value, tr("A colleague")),
        Choice(Promiser.YOUTH.value, tr("The young person")),
    )
