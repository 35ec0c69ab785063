"""How old somebody is, and what else may become known only later: all of it may stay unsaid."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.youths import About, Age, Gender
from i18n import tr
from ui.people import LANGUAGES, gender_words, language_words
from ui.widgets.labels import text
from ui.widgets.segmented import Choice, Segmented
from ui.youths.age_field import AgeField


class AboutFields(QWidget):
    """Age above, gender and language beside each other."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Lay them out; `today` is for birth dates."""
        super().__init__()
        self.age = AgeField(today)
        self.gender = Segmented(tr("Gender"), _genders())
        self.gender.setObjectName("youth_gender")
        self.language = _languages()
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(12)
        row.addLayout(_labelled(tr("Gender"), self.gender), 3)
        row.addLayout(_labelled(tr("Language"), self.language), 2)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.age)
        column.addLayout(row)

    def about(self, *, is_sure: bool = True) -> About:
        """Return what stands there. Raises `AgeUnlikely`, unless it need not be sure."""
        age = self.age.age() if is_sure or not self.age.wrong() else Age.unknown()
        return About(age, Gender(self.gender.key()), str(self.language.currentData()))

    def show_about(self, about: About) -> None:
        """Show what is known."""
        self.age.show_age(about.age)
        self.gender.choose(about.gender.value)
        self.language.setCurrentIndex(max(0, self.language.findData(about.language)))

    def typed(self) -> dict[str, str]:
        """Return what stands in each field, also where it is no age anybody has."""
        language = str(self.language.currentData())
        return {"age": self.age.typed(), "gender": self.gender.key(), "language": language}

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        self.age.fill(words["age"])
        self.gender.choose(words["gender"])
        self.language.setCurrentIndex(max(0, self.language.findData(words["language"])))


def _genders() -> tuple[Choice, ...]:
    said = (Gender.FEMALE, Gender.MALE, Gender.OTHER)
    choices = tuple(Choice(gender.value, gender_words(gender)) for gender in said)
    return (*choices, Choice(Gender.UNSAID.value, tr("Not said")))


def _languages() -> QComboBox:
    box = QComboBox()
    box.setObjectName("youth_language")
    box.setAccessibleName(tr("Language"))
    for code in LANGUAGES:
        box.addItem(language_words(code), code)
    return box


def _labelled(label: str, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(text(label, "caption", "text2", "semibold"))
    column.addWidget(widget)
    return column
