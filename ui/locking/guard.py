"""Watches over an open vault: the keys, the system's signs, the clock, a hidden window."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShortcut

from ui.lock import Lock
from ui.locking import capture
from ui.locking.keys import Keys
from ui.tasks import Tasks
from ui.widgets.frame import Frame

if TYPE_CHECKING:  # what is needed only once something is open, is loaded then
    from ui.locking.clipboard import Clipboard
    from ui.locking.signs import Listens
    from ui.locking.waking import Waking

Chance = Callable[[int], bytes]
HIDDEN_FOR: Final = 60
"""Seconds until a hidden window locks. Whoever walks by is gone by then; whoever stays is not."""
_LINE, _WORDS = 0.4, 1.3
"""Seconds that a lock waits for a round with the hub, and for words to be kept: with what it
takes to start anew, two at most (R-29). What sealed words would still be sent is sent later."""


class Guard(QObject):
    """Sees to it that the screen is locked when it must be, whatever is open on it."""

    watching = Signal()

    def __init__(self, frame: Frame, lock: Lock) -> None:
        """Be ready; what is hidden when it locks comes back hidden."""
        super().__init__()
        self._frame, self._lock = frame, lock
        self._hidden = QTimer(self)
        self._hidden.setSingleShot(True)
        self._hidden.setInterval(HIDDEN_FOR * 1000)
        self._hidden.timeout.connect(lock.lock)
        self._is_open = False
        self.keys: Keys | None = None
        self.clipboard: Clipboard | None = None
        self.waking: Waking | None = None
        self.signs: Listens | None = None
        frame.hidden.connect(self._on_hidden)
        self._on_hidden(frame.is_hidden())

    def begin(self, app: QGuiApplication) -> None:
        """Take the two keys, and keep the window out of pictures."""
        QShortcut("Ctrl+L", self._frame, self._lock.lock)
        always = {"Ctrl+L": self._lock.lock, "Ctrl+Shift+H": self._frame.toggle_hidden}
        self.keys = Keys(app, always)
        capture.keep_out(self._frame.winId())

    def watch_over(
        self, tasks: Tasks, line_tasks: Tasks, rescue: Callable[[], None], chance: Chance
    ) -> None:
        """A vault is open: at lock its last words are kept by `rescue`, and it is closed."""
        last = partial(_settle_looks, tasks)  # after every word: there may not be room for both
        for at_lock in (tasks.take_last_words, rescue, last, self._frame.cover):
            self._lock.locking.connect(at_lock)
        self._lock.closes(line_tasks, _LINE)
        self._lock.closes(tasks, _WORDS)
        self._is_open = True
        self._on_hidden(self._frame.is_hidden())
        # After the window is shown: nothing of this is needed in the first moment.
        QTimer.singleShot(0, lambda: self._watch(tasks, chance))

    def _watch(self, tasks: Tasks, chance: Chance) -> None:
        from desktop.services import last_words
        from ui.locking import systems
        from ui.locking.clipboard import Clipboard
        from ui.locking.waking import Waking

        tasks.run(lambda vault: last_words.keep_room(vault, chance), lambda _: None)
        self.clipboard = Clipboard(QGuiApplication.clipboard())
        self.waking = Waking(lambda: tasks.moment().now)
        self.waking.woke.connect(self._lock.lock)
        self.signs = systems.of_this_system(self._frame.winId())
        if self.signs is not None:
            self.signs.seen.connect(self._lock.lock)
            self.signs.follow()
        self.watching.emit()

    @Slot(bool)
    def _on_hidden(self, is_hidden: bool) -> None:
        self._lock.stay_hidden(is_hidden)
        if is_hidden and self._is_open:
            # Whatever is typed at it meanwhile: nobody sees what they do there.
            self._hidden.start()
        else:
            self._hidden.stop()


def _settle_looks(tasks: Tasks) -> None:
    from desktop.services import looks

    tasks.run(looks.settle, lambda _: None, lambda _: None)
