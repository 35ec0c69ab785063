"""One line over the board: what comes next, where it is, and a way to be left alone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.domain.learning import Lesson
from i18n import tr
from ui.learning import words
from ui.widgets.buttons import Button
from ui.widgets.labels import Icon, text, wrapped


class LearningStrip(QFrame):
    """Shows one step; it takes no key and no click that is not meant for it."""

    show_wanted = Signal()
    """Point at the real thing."""
    skipped = Signal()

    def __init__(self) -> None:
        """Lay it out, hidden."""
        super().__init__()
        self.setObjectName("learning")
        self.setProperty("notice", "lamp")
        self.number = text("", "caption", "text2", "semibold")
        self.title = text("", "note", weight="semibold")
        self.how = wrapped("", "body", "text")
        self.show_button = Button(tr("Show me where"), "plain", "target").sized("small")
        self.show_button.setObjectName("learning-show")
        self.skip_button = Button(tr("Not now"), "quiet", "x").sized("small")
        self.skip_button.setObjectName("learning-skip")
        self.skip_button.setToolTip(tr("F1 brings it back."))
        self.show_button.clicked.connect(self.show_wanted)
        self.skip_button.clicked.connect(self.skipped)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 12, 7)
        row.setSpacing(12)
        row.addWidget(Icon("lamp", "text2"))
        for label in (self.number, self.title):
            row.addWidget(label)
        row.addWidget(self.how, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.skip_button)
        self.hide()

    def show_lesson(self, lesson: Lesson | None) -> None:
        """Show a step; None: there is nothing to show."""
        self.setVisible(lesson is not None)
        if lesson is None:
            return
        self.number.setText(words.number(lesson))
        self.title.setText(words.title(lesson))
        self.how.setText(words.how(lesson))
        said = f"{words.number(lesson)}. {words.title(lesson)}. {words.how(lesson)}"
        self.setAccessibleName(said)
        self.show_button.setAccessibleDescription(said)
