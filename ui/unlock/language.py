"""The first question: which language."""

from PySide6.QtCore import Signal

from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Notice

# Before a language is chosen everything is said in both.
_PRACTICE_KO = "연습이에요. 아무에게도 보내지지 않아요."
_PRACTICE_EN = "This is practice. Nothing here reaches anyone."


class LanguagePage(Stage):
    """Both languages, each in its own words."""

    chosen = Signal(str)
    practice_wanted = Signal()

    def __init__(self, *, is_practice: bool) -> None:
        """Ask; a real start also offers to practise first."""
        names = ("밤마중 · Bammajung", "거리상담 노트 · Street counseling notes")
        super().__init__("언어를 골라 주세요", "Choose a language", "1 / 3", names)
        self.korean = Button("한국어", "choice")
        self.english = Button("English", "choice")
        self.korean.setObjectName("language-ko")
        self.english.setObjectName("language-en")
        self.korean.clicked.connect(self._on_korean)
        self.english.clicked.connect(self._on_english)
        self.add(self.korean, self.english)
        if is_practice:
            self.add(Notice("info", f"{_PRACTICE_KO}\n{_PRACTICE_EN}", "lamp"))
        else:
            self.practice = Button("연습으로 먼저 써 보기 · Practice first", "quiet", "footprints")
            self.practice.setObjectName("practise-first")
            self.practice.clicked.connect(self.practice_wanted)
            self.foot.addWidget(self.practice)
        self.foot.addStretch()
        self.setFocusProxy(self.korean)

    def _on_korean(self) -> None:
        self.chosen.emit("ko")

    def _on_english(self) -> None:
        self.chosen.emit("en")
