"""The first question: which language."""

from PySide6.QtCore import Signal

from i18n import tr
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice


class LanguagePage(Stage):
    """Both languages, each in its own words."""

    chosen = Signal(str)
    practice_wanted = Signal()

    def __init__(self, *, is_practice: bool) -> None:
        """Ask; a real start also offers to practise first."""
        super().__init__("언어를 골라 주세요", "Choose a language", "1 / 3")
        self.korean = Button("한국어", "choice")
        self.english = Button("English", "choice")
        self.korean.setObjectName("language-ko")
        self.english.setObjectName("language-en")
        self.korean.clicked.connect(self._on_korean)
        self.english.clicked.connect(self._on_english)
        self.add(self.korean, self.english)
        if is_practice:
            self.add(Notice("info", tr("This is practice. Nothing here reaches anyone."), "lamp"))
        else:
            self.practice = Button("연습으로 먼저 써 보기 · Practise first", "quiet", "footprints")
            self.practice.setObjectName("practise-first")
            self.practice.clicked.connect(self.practice_wanted)
            self.foot.addWidget(self.practice)
        self.foot.addStretch()
        self.setFocusProxy(self.korean)

    def _on_korean(self) -> None:
        self.chosen.emit("ko")

    def _on_english(self) -> None:
        self.chosen.emit("en")
