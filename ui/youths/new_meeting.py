"""A young person just met: an alias is enough, and even that may be left out."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.youths import Age, Gender
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
        hint = tr("Not a real name. Left empty, Enter keeps the meeting without one.")
        self.alias = _field("youth_alias", tr("Alias"), hint)
        self.known = KnownBefore(tasks)
        self.age = AgeField()
        self.gender = Segmented(tr("Gender"), _genders())
        self.gender.setObjectName("youth_gender")
        self.language = _languages()
        self.place = _field("meeting_place", tr("Place"))
        self.given = _field("meeting_given", tr("What was given"))
        self.given.edit.setPlaceholderText(tr("e.g. hand warmers"))
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
        self.given.edit.clear()
        self.age.show_age(Age.unknown())
        self.gender.choose(Gender.UNSAID.value)
        self.language.setCurrentIndex(0)
        self.guardian.setChecked(False)
        self._blank = {**self.typed(), "place": "", "open": ""}
        self.say_wrong("")

    def typed(self) -> dict[str, str]:
        """Return what stands in each field, and whether the sheet is open."""
        return {
            "alias": self.alias.edit.text(),
            "age": self.age.typed(),
            "gender": self.gender.key(),
            "given": self.given.edit.text(),
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
        self.alias.edit.setText(words["alias"])
        self.age.fill(words["age"])
        self.gender.choose(words["gender"])
        self.language.setCurrentIndex(max(0, self.language.findData(words["language"])))
        self.place.edit.setText(words["place"])
        self.given.edit.setText(words.get("given", ""))
        self.guardian.setChecked(bool(words["guardian"]))

    def say_wrong(self, words: str) -> None:
        """Say why it was not kept."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.save_button.setEnabled(True)

    def _no_name(self) -> str:
        return tr("No name given {number}", number=self._number)

    def _fill(self) -> None:
        where, about = _row(), _row()
        where.addWidget(self.place, 1)
        where.addWidget(self.given, 1)
        about.addLayout(_labelled(tr("Gender"), self.gender), 3)
        about.addLayout(_labelled(tr("Language"), self.language), 2)
        for widget in (self.alias, self.known):
            self.body.addWidget(widget)
        # Whoever gives no name is kept with two or three keys: what they need comes first.
        self.body.addLayout(where)
        self.body.addWidget(self.age)
        self.body.addLayout(about)
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
        self.alias.changed.connect(self._on_alias)
        for keeps in (self.place.entered, self.given.entered, self.age.entered):
            keeps.connect(self._on_save)
        self.known.chosen.connect(self._on_known)
        self.known.changed.connect(self._on_grown)
        self.age.changed.connect(self._on_grown)

    @Slot()
    def _on_save(self) -> None:
        QGuiApplication.inputMethod().commit()
        if not self.save_button.isEnabled():
            return
        if self.age.wrong():
            self.say_wrong(self.age.wrong())
            return
        self.save_button.setEnabled(False)
        alias = self.alias.words()
        who = NewYouth(
            alias or self._no_name(),
            self.age.age(),
            Gender(self.gender.key()),
            str(self.language.currentData()),
            self.guardian.isChecked(),
            is_nameless=not alias,
            given="" if alias else self.given.words(),
        )
        self.met_new.emit(who, self.place.words())

    @Slot(str)
    def _on_alias(self, alias: str) -> None:
        self.given.setHidden(bool(alias.strip()))  # then it belongs into the note

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


def _row() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    return row


def _languages() -> QComboBox:
    box = QComboBox()
    box.setObjectName("youth_language")
    box.setAccessibleName(tr("Language"))
    for code in LANGUAGES:
        box.addItem(language_words(code), code)
    return box


def _field(name: str, label: str, hint: str = "") -> Field:
    field = Field(label, hint)
    field.edit.setObjectName(name)
    return field


def _labelled(label: str, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(text(label, "caption", "text2", "semibold"))
    column.addWidget(widget)
    return column
