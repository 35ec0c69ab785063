"""How an organisation's notes begin, and its chips: two boxes, a line for each."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.templates import Template, Wrong, phrase_line
from desktop.errors import AppError
from desktop.note_errors import TemplateBroken
from desktop.services import templates
from i18n import tr
from ui import style
from ui.messages import sentence
from ui.notes.foot import phrases
from ui.notes.heads import heads
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped
from ui.widgets.sheet import Sheet

_HEIGHT = 150


class TemplatesSheet(Sheet):
    """Keeps both boxes or neither."""

    changed = Signal()

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("How notes begin"), tr("Close"), width=620)
        self.setObjectName("templates-sheet")
        self._tasks = tasks
        self.heads = _box("template-heads", tr("Heads of a note"))
        self.phrases = _box("template-phrases", tr("Phrases"))
        self.notice = Notice("circle-alert", "", "danger")
        self.usual_button = Button(tr("Back to the usual ones"), "quiet", "undo-2")
        self.usual_button.setObjectName("template-usual")
        self.keep_button = Button(tr("Keep"), "primary", "check", pressed=self.keep)
        self.keep_button.setObjectName("template-keep")
        self.usual_button.clicked.connect(self._on_usual)
        self._lay_out()

    def begin(self) -> None:
        """Show what is in force."""
        self.notice.hide()
        self._tasks.run(templates.kept, self._show, self._on_unreadable)

    @Slot()
    def keep(self) -> None:
        """Keep what is typed, or name the line that is wrong."""
        QGuiApplication.inputMethod().commit()
        typed = self.heads.toPlainText(), self.phrases.toPlainText()
        own, moment = usual(), self._tasks.moment()
        self._tasks.run(
            lambda vault: templates.keep(vault, typed, own, moment),
            lambda _: self._on_kept(tr("New notes begin like this.")),
            self._say_wrong,
        )

    def _show(self, kept: Template | None) -> None:
        shown = kept or usual()
        self.heads.setPlainText("\n".join(shown.heads))
        self.phrases.setPlainText("\n".join(map(phrase_line, shown.phrases)))
        self.usual_button.setEnabled(kept is not None)
        if not self.isVisible():
            self.open(self.heads)
        self.fit()

    def _on_unreadable(self, error: AppError) -> None:
        self._show(usual())
        self.usual_button.setEnabled(True)
        self._say_wrong(error)

    @Slot()
    def _on_usual(self) -> None:
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: templates.drop(vault, moment), self._on_dropped)

    def _on_dropped(self, _: None) -> None:
        self._show(None)
        self._on_kept(tr("New notes begin as usual again."))

    def _on_kept(self, words: str) -> None:
        self.usual_button.setEnabled(True)
        self.notice.show_words("circle-check", words, "ok")
        self.notice.show()
        self.fit()
        self.changed.emit()

    def _say_wrong(self, error: AppError) -> None:
        words = _wrong_words(error) if isinstance(error, TemplateBroken) else sentence(error)
        self.notice.show_words("circle-alert", words, "danger")
        self.notice.show()
        if isinstance(error, TemplateBroken):
            self._go_to(error)
        self.fit()

    def _go_to(self, error: TemplateBroken) -> None:
        box = self.phrases if error.part == "phrases" else self.heads
        cursor = box.textCursor()
        cursor.setPosition(box.document().findBlockByNumber(error.line - 1).position())
        cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
        box.setTextCursor(cursor)
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        parts = (
            (self.heads, tr("One line for each. With none, a note begins as a free page.")),
            (self.phrases, tr("One line for each: a short word, a colon, and what it writes.")),
        )
        for box, about in parts:
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(text(box.accessibleName(), "body", weight="semibold"))
            column.addWidget(wrapped(about, "caption", "text2"))
            column.addWidget(box)
            self.body.addLayout(column)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.usual_button)
        self.foot.addStretch()
        self.foot.addWidget(self.keep_button)


def usual() -> Template:
    """Return the program's own heads and phrases, in the language in use."""
    return Template(heads(), phrases())


def _box(name: str, title: str) -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.setTabChangesFocus(True)
    box.setFixedHeight(style.scaled(_HEIGHT))
    box.setProperty("written", "true")
    return box


def _wrong_words(error: TemplateBroken) -> str:
    if error.why == Wrong.UNREADABLE:
        return tr(
            "What was kept here cannot be read, and none of it is used. Keep it anew, or go "
            "back to the usual ones."
        )
    where = tr("Phrases") if error.part == "phrases" else tr("Heads of a note")
    why = {
        Wrong.TOO_LONG: tr("this is too long."),
        Wrong.TWICE: tr("this is there twice."),
        Wrong.TOO_MANY: tr("these are too many."),
        Wrong.NO_WORDS: tr("a short word, a colon and a sentence are needed."),
        Wrong.NUMBER: tr("a resident registration number may not be kept."),
    }[Wrong(error.why)]
    words = tr("{where}, line {line}: {why}", where=where, line=error.line, why=why)
    return words + " " + tr("Nothing was changed.")
