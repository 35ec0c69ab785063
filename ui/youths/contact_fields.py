"""What is asked about somebody just met: most of it may stay unsaid."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.likeness import Sought
from desktop.domain.youths import Age, Gender
from desktop.services.youths import NewYouth
from i18n import tr
from ui.people import LANGUAGES, gender_words, language_words
from ui.widgets.field import Field
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice, Segmented
from ui.youths.age_field import AgeField


class ContactFields(QVBoxLayout):
    """The fields, in the order in which a hand on the street needs them."""

    def __init__(self, known: QWidget, today: Callable[[], date]) -> None:
        """Lay them out; `known` stands under the alias, `today` is for birth dates."""
        super().__init__()
        hint = tr("Not a real name. Left empty, Enter keeps the meeting without one.")
        self.alias = _field("youth_alias", tr("Alias"), hint)
        self.age = AgeField(today)
        self.gender = Segmented(tr("Gender"), _genders())
        self.gender.setObjectName("youth_gender")
        self.language = _languages()
        self.place = _field("meeting_place", tr("Place"))
        self.given = _field("meeting_given", tr("What was given"))
        self.given.edit.setPlaceholderText(tr("e.g. hand warmers"))
        self.guardian = QCheckBox(tr("Do not tell the guardian"))
        self.guardian.setObjectName("keep_from_guardian")
        self.guardian.setAccessibleName(tr("Do not tell the guardian"))
        self._lay_out(known)

    def clear(self) -> None:
        """Be empty for the next one. The place is often the same: it stays."""
        self.alias.edit.clear()
        self.given.edit.clear()
        self.age.show_age(Age.unknown())
        self.gender.choose(Gender.UNSAID.value)
        self.language.setCurrentIndex(0)
        self.guardian.setChecked(False)

    def typed(self) -> dict[str, str]:
        """Return what stands in each field."""
        return {
            "alias": self.alias.edit.text(),
            "age": self.age.typed(),
            "gender": self.gender.key(),
            "given": self.given.edit.text(),
            "language": str(self.language.currentData()),
            "place": self.place.edit.text(),
            "guardian": "1" if self.guardian.isChecked() else "",
        }

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        self.alias.edit.setText(words["alias"])
        self.age.fill(words["age"])
        self.gender.choose(words["gender"])
        self.language.setCurrentIndex(max(0, self.language.findData(words["language"])))
        self.place.edit.setText(words["place"])
        self.given.edit.setText(words.get("given", ""))
        self.guardian.setChecked(bool(words["guardian"]))

    def who(self, no_name: str) -> NewYouth:
        """Return whom it is about, called `no_name` without an alias; `AgeUnlikely`."""
        alias = self.alias.words()
        return NewYouth(
            alias or no_name,
            self.age.age(),
            Gender(self.gender.key()),
            str(self.language.currentData()),
            self.guardian.isChecked(),
            is_nameless=not alias,
            given="" if alias else self.given.words(),
        )

    def sought(self) -> Sought:
        """Return what to compare with those met before; an impossible age counts as unknown."""
        age = Age.unknown() if self.age.wrong() else self.age.age()
        about = Gender(self.gender.key()), str(self.language.currentData())
        return Sought(self.alias.words(), age, self.place.words(), *about)

    def _lay_out(self, known: QWidget) -> None:
        self.setSpacing(14)
        where, about = _row(), _row()
        where.addWidget(self.place, 1)
        where.addWidget(self.given, 1)
        about.addLayout(_labelled(tr("Gender"), self.gender), 3)
        about.addLayout(_labelled(tr("Language"), self.language), 2)
        self.addWidget(self.alias)
        self.addWidget(known)
        # Whoever gives no name is kept with two or three keys: what they need comes first.
        self.addLayout(where)
        self.addWidget(self.age)
        self.addLayout(about)
        self.addWidget(self.guardian)
        hint = tr("Tick this where telling them could bring harm. Every referral carries it.")
        self.guardian.setToolTip(hint)
        self.addWidget(wrapped(hint, "caption", "text3"))


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
