"""What is asked about somebody just met: most of it may stay unsaid."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.likeness import Sought
from desktop.domain.youths import About, Age
from desktop.services.youths import Beside, NewYouth
from i18n import tr
from ui.widgets.field import Field
from ui.widgets.labels import wrapped
from ui.youths.about_fields import AboutFields


class ContactFields(QVBoxLayout):
    """The fields, in the order in which a hand on the street needs them."""

    def __init__(self, known: QWidget, today: Callable[[], date]) -> None:
        """Lay them out; `known` stands under the alias, `today` is for birth dates."""
        super().__init__()
        hint = tr("Not a real name. Left empty, Enter keeps the meeting without one.")
        self.alias = _field("youth_alias", tr("Alias"), hint)
        self.about = about = AboutFields(today)
        self.age, self.gender, self.language = about.age, about.gender, about.language
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
        self.about.show_about(About(Age.unknown()))
        self.guardian.setChecked(False)

    def typed(self) -> dict[str, str]:
        """Return what stands in each field."""
        return {
            "alias": self.alias.edit.text(),
            **self.about.typed(),
            "given": self.given.edit.text(),
            "place": self.place.edit.text(),
            "guardian": "1" if self.guardian.isChecked() else "",
        }

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned."""
        self.given.edit.setText(words.get("given", ""))
        self.alias.edit.setText(words["alias"])  # shows whether it is asked what was given
        self.about.fill(words)
        self.place.edit.setText(words["place"])
        self.guardian.setChecked(bool(words["guardian"]))

    def who(self, no_name: str) -> NewYouth:
        """Return whom it is about, called `no_name` without an alias; `AgeUnlikely`."""
        alias, about = self.alias.words(), self.about.about()
        return NewYouth(
            alias or no_name,
            about.age,
            about.gender,
            about.language,
            self.guardian.isChecked(),
            is_nameless=not alias,
            given=self.given.words(),
        )

    def beside(self) -> Beside:
        """Return what holds for somebody known, too."""
        about = self.about.about(is_sure=False)
        return Beside(self.guardian.isChecked(), self.given.words(), about)

    def sought(self) -> Sought:
        """Return what to compare with those met before; an impossible age counts as unknown."""
        about = self.about.about(is_sure=False)
        place = self.place.words()
        return Sought(self.alias.words(), about.age, place, about.gender, about.language)

    def _lay_out(self, known: QWidget) -> None:
        self.setSpacing(14)
        where = QHBoxLayout()
        where.setSpacing(12)
        where.addWidget(self.place, 1)
        where.addWidget(self.given, 1)
        self.addWidget(self.alias)
        self.addWidget(known)
        # Whoever gives no name is kept with two or three keys: what they need comes first.
        self.addLayout(where)
        self.addWidget(self.about)
        self.addWidget(self.guardian)
        hint = tr("Tick this where telling them could bring harm. Every referral carries it.")
        self.guardian.setToolTip(hint)
        self.addWidget(wrapped(hint, "caption", "text3"))


def _field(name: str, label: str, hint: str = "") -> Field:
    field = Field(label, hint)
    field.edit.setObjectName(name)
    return field
