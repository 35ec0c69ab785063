"""What help has to be: for what age and sex, where, in which language, now, with a free place."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agencies import Agency, Category
from desktop.domain.finding_help import Need
from desktop.domain.youths import Gender
from i18n import tr
from ui.people import gender_words, language_words
from ui.widgets.flow import Flow

_AGES = range(9, 25)
"""The ages of a youth (Framework Act on Juveniles, article 3)."""


class Needing(QWidget):
    """Quiet until it is wanted; nothing is chosen beforehand."""

    changed = Signal()

    def __init__(self) -> None:
        """Ask for nothing."""
        super().__init__()
        self.age = _box(tr("Age"), "need-age")
        self.sex = _box(tr("Gender"), "need-sex")
        self.district = _box(tr("District"), "need-district")
        self.language = _box(tr("Language"), "need-language")
        self.open_now = QCheckBox(tr("Not closed now"))
        self.has_room = QCheckBox(tr("Not full"))
        row, ticks = Flow(gap=8), QHBoxLayout()
        for box in self._boxes():
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
            row.addWidget(box)
        for name, tick in (("need-open", self.open_now), ("need-room", self.has_room)):
            tick.setObjectName(name)
            tick.setAccessibleName(tick.text())
            tick.toggled.connect(lambda _: self.changed.emit())
            ticks.addWidget(tick)
        ticks.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(ticks)
        # Now they have a place: without one, what is shown would be a window of its own.
        self._fill(self.age, tr("Any age"), ((str(n), n) for n in _AGES))
        sexes = ((gender_words(each), each) for each in (Gender.FEMALE, Gender.MALE))
        self._fill(self.sex, tr("Any gender"), sexes)
        self.offer(())

    def offer(self, agencies: Iterable[Agency]) -> None:
        """Offer the districts and languages that these agencies have; what was chosen stays."""
        known = tuple(agencies)
        districts = sorted({each.district for each in known if each.district})
        codes = {code for each in known for code in each.languages()}
        self._fill(self.district, tr("Everywhere"), ((name, name) for name in districts))
        languages = sorted((language_words(code), code) for code in codes)
        self._fill(self.language, tr("Any language"), languages)

    def need(self, category: Category | None) -> Need:
        """Return what is asked for, with the kind of help chosen elsewhere."""
        return Need(
            category,
            self.age.currentData(),
            self.sex.currentData(),
            self.district.currentData() or "",
            self.language.currentData() or "",
            self.open_now.isChecked(),
            self.has_room.isChecked(),
        )

    def clear(self) -> None:
        """Ask for nothing again."""
        for box in self._boxes():
            box.setCurrentIndex(0)
        for tick in (self.open_now, self.has_room):
            tick.setChecked(False)

    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.age, self.sex, self.district, self.language

    def _fill(self, box: QComboBox, nothing: str, choices: Iterable[tuple[str, object]]) -> None:
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(nothing, None)
        for words, key in choices:
            box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
        box.blockSignals(False)
        # A directory that says nothing of it has nothing to choose.
        box.setVisible(box.count() > 1)


def _box(name: str, key: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(key)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box
