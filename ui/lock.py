"""Lock = replace the process: Python cannot wipe memory (D-005). And when to lock."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from ui.world import ANEW, HIDDEN

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QWindow

# Whatever else a shell may have set (PYTHONPATH, LD_PRELOAD, QT_PLUGIN_PATH, tokens) stays out.
_KEPT: Final = frozenset({
    "APPDATA", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "GTK_IM_MODULE", "HOME", "LANG", "LANGUAGE",
    "LOCALAPPDATA", "LOGNAME", "PATH", "QT_IM_MODULE", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR",
    "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USER", "USERPROFILE", "WAYLAND_DISPLAY", "XAUTHORITY",
    "XMODIFIERS",
})  # fmt: skip
_KEPT_STARTS: Final = ("LC_", "XDG_")
_MOVES: Final = frozenset({
    "KeyPress", "MouseButtonPress", "MouseMove", "Wheel", "TouchBegin", "TabletPress",
})  # fmt: skip
_REST: Final = 2_000  # milliseconds


def cleaned(environment: Mapping[str, str]) -> dict[str, str]:
    """Return only what a window needs to appear and to be typed into."""
    return {
        name: value
        for name, value in environment.items()
        if name in _KEPT or name.startswith(_KEPT_STARTS)
    }


def start_again(more: tuple[str, ...] = ()) -> None:
    """Become the same command anew, with `more` at its end. Does not return."""
    same = [word for word in sys.orig_argv[1:] if word not in (HIDDEN, ANEW)]
    command = [sys.executable, *same, *more]
    environment = cleaned(os.environ)
    try:
        os.execve(sys.executable, command, environment)  # noqa: S606 - D-005: this is what lock is
    except OSError:
        os._exit(1)  # the program was moved or updated away: nothing may stay on the screen


class Closes(Protocol):
    """Whatever is open and has to be closed at a lock."""

    def close(self, seconds: float) -> bool:
        """Close within so many seconds; tell whether that was enough."""
        ...


class Lock(QObject):
    """Commits the syllable being composed, saves, closes, and starts again: in two seconds."""

    locking = Signal()

    def __init__(self, again: Callable[[tuple[str, ...]], None]) -> None:
        """Be ready; `again` replaces the process."""
        super().__init__()
        self._again = again
        self._open: list[tuple[Closes, float]] = []
        self._comes_back: tuple[str, ...] = ()

    def closes(self, tasks: Closes, seconds: float) -> None:
        """Close these at lock too, waiting no longer than `seconds` for them."""
        self._open.append((tasks, seconds))

    @Slot()
    def lock(self) -> None:
        """Lock now; nothing open on screen can stop it."""
        self.start_again_with(self._comes_back)

    @Slot(bool)
    def stay_hidden(self, is_hidden: bool) -> None:
        """Come back as a neutral window from now on, or as the way in."""
        self._comes_back = (HIDDEN,) if is_hidden else ()

    def start_again_with(self, more: tuple[str, ...]) -> None:
        """Close everything and start the same command again, with `more` at its end."""
        try:
            self.close()
        finally:  # what cannot be closed in good order must not stay on the screen
            self._again(more)

    def close_all_but(self, kept: Closes) -> bool:
        """Close everything else that is open, for good; tell whether the time was enough."""
        others = [(each, seconds) for each, seconds in self._open if each is not kept]
        return all([each.close(seconds) for each, seconds in others])

    @Slot()
    def close(self) -> None:
        """Keep what is on the screen and close the vault; a second call does nothing."""
        opened, self._open = self._open, []
        if not opened:
            return
        QGuiApplication.inputMethod().commit()
        self.locking.emit()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.ownsSelection():
            clipboard.clear(clipboard.Mode.Selection)
        for tasks, seconds in opened:
            tasks.close(seconds)


class Idle(QObject):
    """Notices when nobody has touched the window for a while."""

    left_alone = Signal()

    def __init__(self, minutes: int) -> None:
        """Start counting at `watch`."""
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.left_alone)
        self._still = QElapsedTimer()
        self.wait_for(minutes)

    def wait_for(self, minutes: int) -> None:
        """Change how long nobody may touch it."""
        self._timer.setInterval(minutes * 60_000)

    def watch(self, window: "QWindow") -> None:
        """Count keys, clicks and composed syllables in `window`."""
        window.installEventFilter(self)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_other_window)
        # An input method takes the keys before the window sees them; the caret still moves.
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.stir)
        self.stir()

    @Slot()
    def stir(self) -> None:
        """Somebody is here: count anew."""
        self._timer.start()
        self._still.start()

    def is_resting(self) -> bool:
        """Tell whether nobody has touched it just now: what takes a moment is not felt then."""
        return not self._still.isValid() or self._still.elapsed() >= _REST

    def eventFilter(self, _: QObject, event: "QEvent") -> bool:
        """Let everything through."""
        if event.type().name in _MOVES:
            self.stir()
        return False

    @Slot(object)
    def _on_other_window(self, window: "QWindow | None") -> None:
        # A list that dropped down, a dialog: what is done there counts too.
        if window is not None:
            window.installEventFilter(self)
