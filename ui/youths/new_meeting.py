"""A young person just met: an alias is enough, and even that may be left out."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.youths import Age, AgeBasis, Gender
from desktop.services.youths import NewYouth
from i18n import tr
from ui.people import LANGUAGES, gender_words, language_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.widgets.sheet import Sheet
from ui.youths.age_field import AgeField
from ui.youths.known import KnownBefore


class NewMeeting(Sheet):
    """What is typed stays until the meeting is kept, also when the sheet is closed."""

    met_new = Signal(object, str)
    met_again = Signal(object, str)

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        """Be ready over the window."""
        super().__init__(window, tr("New contact"), tr("Close"), 600)
        self.setObjectName("new_meeting")
        self._number = 1
        self.alias = Field(tr("Alias"), tr("Not a real name. It may be left empty."))
        self.alias.edit.setObjectName("youth_alias")
        self.known = KnownBefore(tasks)
        self.age = AgeField()
        self.gender = Segmented(tr("Gender"), _genders())
        self.gender.setObjectName("youth_gender")
        self.language = QComboBox()
        self.language.setObjectName("youth_language")
        self.language.setAccessibleName(tr("Language"))
        for code in LANGUAGES:
            self.language.addItem(language_words(code), code)
        self.place = Field(tr("Place"))
        self.place.edit.setObjectName("meeting_place")
        self.guardian = QCheckBox(tr("Do not tell the guardian"))
        self.guardian.setObjectName("keep_from_guardian")
        self.guardian.setAccessibleName(tr("Do not tell the guardian"))
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
        self.alias.edit.clear()
        self.age.show_age(Age.stated(15))
        self.gender.choose(Gender.UNSAID.value)
        self.language.setCurrentIndex(0)
        self.guardian.setChecked(False)
        self._blank = {**self.typed(), "place": "", "open": ""}
        self.say_wrong("")

    def typed(self) -> dict[str, str]:
        """Return what stands in each field, and whether the sheet is open."""
        age = self.age.age()
        return {
            "alias": self.alias.edit.text(),
            "age": f"{age.basis} {age.lowest} {age.highest}",
            "gender": self.gender.key(),
            "language": str(self.language.currentData()),
            "place": self.place.edit.text(),
            "guardian": "1" if self.guardian.isChecked() else "",
            "open": "" if self.isHidden() else "1",
        }

    def is_touched(self) -> bool:
        """Say whether the sheet is open, or anything was typed. The place only stays."""
        return {**self.typed(), "place": ""} != self._blank

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        basis, lowest, highest = words["age"].split()
        self.alias.edit.setText(words["alias"])
        self.age.show_age(Age(AgeBasis(basis), int(lowest), int(highest)))
        self.gender.choose(words["gender"])
        self.language.setCurrentIndex(max(0, self.language.findData(words["language"])))
        self.place.edit.setText(words["place"])
        self.guardian.setChecked(bool(words["guardian"]))

    def say_wrong(self, words: str) -> None:
        """Say why it was not kept."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.save_button.setEnabled(True)

    def _no_name(self) -> str:
        return tr("No name given {number}", number=self._number)

    def _fill(self) -> None:
        for widget in (self.alias, self.known, self.age):
            self.body.addWidget(widget)
        self.body.addLayout(_labelled(tr("Gender"), self.gender))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.place, 3)
        row.addLayout(_labelled(tr("Language"), self.language), 2)
        self.body.addLayout(row)
        for last in (self.guardian, self.problem):
            self.body.addWidget(last)
        hint = tr("Tick this where telling them could bring harm. Every referral carries it.")
        self.guardian.setToolTip(hint)
        self.body.insertWidget(self.body.indexOf(self.problem), wrapped(hint, "caption", "text3"))
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(Button(tr("Close"), "quiet", pressed=self.leave))
        self.foot.addWidget(self.save_button)

    def _connect(self) -> None:
        self.alias.changed.connect(self.known.look_for)
        self.alias.entered.connect(self._on_save)
        self.place.entered.connect(self._on_save)
        self.known.chosen.connect(self._on_known)
        self.known.changed.connect(self._on_grown)
        self.age.changed.connect(self._on_grown)

    @Slot()
    def _on_save(self) -> None:
        QGuiApplication.inputMethod().commit()
        if not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        who = NewYouth(
            self.alias.words() or self._no_name(),
            self.age.age(),
            Gender(self.gender.key()),
            str(self.language.currentData()),
            self.guardian.isChecked(),
        )
        self.met_new.emit(who, self.place.words())

    @Slot()
    def _on_grown(self) -> None:
        if self.isVisible():
            self._fit()

    @Slot(object)
    def _on_known(self, youth: object) -> None:
        self.met_again.emit(youth, self.place.words())


def _genders() -> tuple[Choice, ...]:
    said = (Gender.FEMALE, Gender.MALE, Gender.OTHER)
    choices = tuple(Choice(gender.value, gender_words(gender)) for gender in said)
    return (*choices, Choice(Gender.UNSAID.value, tr("Not said")))


def _labelled(label: str, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(text(label, "caption", "text2", "semibold"))
    column.addWidget(widget)
    return column
