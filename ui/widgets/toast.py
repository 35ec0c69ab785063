"""A short word at the bottom that goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.labels import text

_MILLISECONDS, _WITH_ACTION = 4000, 8000


class Toast(QFrame):
    """Says what was done, with an undo where there is one; never a question."""

    def __init__(self, window: QWidget) -> None:
        """Be ready over `window`, hidden."""
        super().__init__(window)
        self._window = window
        self._action: Callable[[], object] | None = None
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
        self._timer.timeout.connect(self.hide)
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
        self.button.setVisible(milliseconds == _WITH_ACTION)
        self.label.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        window = self._window.rect()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 64)
        self.show()
        self.raise_()
        self._timer.start(milliseconds)

    @Slot()
    def _on_button(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
