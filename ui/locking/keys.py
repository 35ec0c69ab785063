"""The two keys that nothing open may take away: lock, and hide (Bitwarden #4947)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QWindow


class Keys(QObject):
    """Looks at each key before a list that dropped down, a menu or a dialog gets it.

    While one of those is open Qt asks no shortcut of the window below.
    """

    def __init__(self, app: QGuiApplication, keys: Mapping[str, Callable[[], object]]) -> None:
        """Do what `keys` says for each, such as "Ctrl+L", in every window there will be."""
        super().__init__()
        self._keys = {QKeySequence(name): do for name, do in keys.items()}
        app.focusWindowChanged.connect(self.watch)
        for window in app.allWindows():
            self.watch(window)

    @Slot(object)
    def watch(self, window: "QWindow | None") -> None:
        """Look at the keys that come to this window too."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: "QEvent") -> bool:
        """Take these keys, and let everything else through."""
        if not isinstance(event, QKeyEvent) or event.type().name != "KeyPress":
            return False
        do = self._keys.get(QKeySequence(event.keyCombination()))
        if do is None:
            return False
        if not event.isAutoRepeat():
            do()
        return True
