"""A short word at the bottom that goes away by itself, but from under nobody's hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from ui.widgets.buttons import Button
from ui.widgets.labels import text

_MILLISECONDS, _WITH_ACTION = 4000, 8000
_AGAIN = 2000
"""How long it stays once more while the pointer or the keyboard is on it (WCAG 2.2.1)."""


class Toast(QFrame):
    """Says what was done, with an undo where there is one; never a question."""

    def __init__(self, window: QWidget) -> None:
        """Be ready over `window`, hidden."""
        super().__init__(window)
        self._window = window
        self._action: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self.setProperty("toast", "true")
        self.label = text("")
        self.button = Button("", "plain", pressed=self._on_button).sized("small")
        self.button.setObjectName("toast-action")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 14, 10)
        row.setSpacing(14)
        row.addWidget(self.label)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self.hide()

    def say(self, words: str) -> None:
        """Show `words` for a few seconds."""
        self._show(words, _MILLISECONDS)

    def offer(self, words: str, action: str, pressed: Callable[[], object]) -> None:
        """Show `words` and a button `action`."""
        self._action = pressed
        self.button.say(action)
        self._show(words, _WITH_ACTION)

    def _show(self, words: str, milliseconds: int) -> None:
        if self.button.hasFocus():
            self._give_back()
        self._before = self._window.focusWidget()
        self.button.setVisible(milliseconds == _WITH_ACTION)
        self.label.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        window = self._window.rect()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 64)
        self.show()
        self.raise_()
        self._timer.start(milliseconds)

    def _give_back(self) -> None:
        # Qt would give the keyboard to the next button, and a second Space would press that.
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.button.clearFocus()  # where what had it is hidden or disabled by now

    @Slot()
    def _on_time(self) -> None:
        if self.button.hasFocus() or self.underMouse():
            self._timer.start(_AGAIN)
        else:
            self.hide()

    @Slot()
    def _on_button(self) -> None:
        self._give_back()
        self.hide()
        if self._action is not None:
            self._action()
