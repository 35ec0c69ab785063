"""Which language and which screen of a consent text is being written, and how much is to mend."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.domain.consent_texts import Path
from desktop.domain.consents import LANGUAGES
from i18n import ntr, tr
from ui.consents import fault_words
from ui.consents.fault_words import Group
from ui.consents.wording_state import Written
from ui.people import language_words


class WordingPlace(QWidget):
    """Two choices beside each other."""

    chosen = Signal()

    def __init__(self) -> None:
        """Offer every language and every screen."""
        super().__init__()
        self._groups = fault_words.groups()
        self.language = _choice("wording-language", tr("Language"))
        self.group = _choice("wording-group", tr("Screen"))
        self.language.addItems([language_words(each) for each in LANGUAGES])
        self.group.addItems([group.words for group in self._groups])
        self.language.activated.connect(self.chosen)
        self.group.activated.connect(self.chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.language, 1)
        row.addWidget(self.group, 2)

    def now(self) -> tuple[str, Group]:
        """Return what is chosen."""
        return LANGUAGES[self.language.currentIndex()], self._groups[self.group.currentIndex()]

    def go_to(self, language: str, path: Path) -> None:
        """Choose the screen of a place."""
        keys = [group.key for group in self._groups]
        self.language.setCurrentIndex(LANGUAGES.index(language))
        self.group.setCurrentIndex(keys.index(fault_words.group_of(path)))

    def count(self, written: Written) -> None:
        """Say at each choice how much is to mend there."""
        wrong = written.wrong(self.now()[0])
        for number, each in enumerate(LANGUAGES):
            words = _counted(language_words(each), len(written.faults[each]))
            self.language.setItemText(number, words)
        for number, group in enumerate(self._groups):
            inside = sum(path in wrong for path in group.paths)
            self.group.setItemText(number, _counted(group.words, inside))


def _choice(name: str, title: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    return box


def _counted(words: str, n: int) -> str:
    mend = ntr("{n} to mend", "{n} to mend", n)
    return f"{words} · {mend}" if n else words
