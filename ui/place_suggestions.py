"""Divisions offered under a line as a place is typed; whatever else is typed is as good.

A landmark in words (`3번 출구 앞`) is what finds a place at night: it is written behind the
division, or without one. Nothing is chosen by itself, and nothing asks for a coordinate.
"""

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView

from desktop.services import regions
from i18n import tr
from ui.tasks import Tasks

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAUSE, _LEAST, _MOST = 120, 2, 6  # milliseconds; letters typed; divisions offered


class PlaceSuggestions(QObject):
    """Lives as long as the line it helps with."""

    def __init__(self, line: QLineEdit, tasks: Tasks) -> None:
        """Offer divisions under `line`, looked up off the painting thread."""
        super().__init__(line)
        self._line, self._tasks = line, tasks
        self._composing, self._asked, self._chosen = "", "", ""
        self._found = QStringListModel(self)
        self.completer = QCompleter(self._found, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setWidget(line)
        self.completer.activated.connect(self._on_chosen)
        self.popup = QListView()
        self.completer.setPopup(self.popup)
        self.popup.setObjectName("place-suggestions")
        self.popup.setAccessibleName(tr("Places"))
        self.popup.installEventFilter(self)  # after the completer's own: so, asked before it
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        line.textEdited.connect(self._timer.start)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count the syllable being composed as typed; let Enter choose what the arrows marked."""
        if isinstance(event, QInputMethodEvent):
            self._composing = event.preeditString()
            self._timer.start()
        elif watched is not self._line and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._is_taken_by(event)
        return False

    def _is_taken_by(self, event: QKeyEvent) -> bool:
        if event.key() not in _ENTER:
            return False
        marked = self.popup.selectedIndexes()
        if marked:
            self._on_chosen(marked[0].data())
        else:  # the list would swallow it
            self.popup.hide()
            QApplication.sendEvent(self._line, event)
        return True

    def offered(self) -> tuple[str, ...]:
        """Return what is offered, best first."""
        return tuple(self._found.stringList())

    @Slot()
    def _ask(self) -> None:
        words = (self._line.text() + self._composing).strip()
        is_more = bool(self._chosen) and words.startswith(self._chosen)
        self._asked = "" if is_more or len(words) < _LEAST else words
        if not self._asked:
            self._show("", ())
            return
        now = self._tasks.moment().now
        self._tasks.run(
            lambda _: tuple(each.short for each in regions.find(words, now, _MOST)),
            lambda found: self._show(words, found),
        )

    def _show(self, words: str, found: tuple[str, ...]) -> None:
        if words != self._asked:
            return  # more was typed, or the line was left
        self._found.setStringList([each for each in found if each != words])
        if self.offered() and self._line.hasFocus():
            self.completer.complete()
        else:
            self.popup.hide()

    @Slot(str)
    def _on_chosen(self, place: str) -> None:
        self.popup.hide()
        QGuiApplication.inputMethod().commit()
        self._timer.stop()
        self._composing, self._asked, self._chosen = "", "", place
        self._line.setText(f"{place} ")
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
