"""What was copied here is marked as secret, and taken back after half a minute."""

import sys
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard

_SECONDS: Final = 30
_HINT: Final = "x-kde-passwordManagerHint"
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'


def marks(system: str = sys.platform) -> dict[str, bytes]:
    """Return what asks a system, and the clipboard managers on it, to keep none of it."""
    asked = {_HINT: b"secret"}  # begun by KDE, heeded by others
    if system == "win32":  # no clipboard history, no copy to the cloud; the last two: a DWORD of 0
        asked[_WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing")] = b"1"
        asked[_WINDOWS.format("CanIncludeInClipboardHistory")] = bytes(4)
        asked[_WINDOWS.format("CanUploadToCloudClipboard")] = bytes(4)
    return asked


def marked(content: QMimeData) -> QMimeData:
    """Return the same plain words, marked."""
    secret = QMimeData()
    secret.setText(content.text())
    for kind, value in marks().items():
        secret.setData(kind, QByteArray(value))
    return secret


class Clipboard(QObject):
    """Marks everything that is copied in this program, and clears it while it is still ours."""

    def __init__(self, clipboard: QClipboard) -> None:
        """Watch the system's clipboard."""
        super().__init__()
        self._clipboard = clipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._on_changed)

    @Slot()
    def clear(self) -> None:
        """Take back what was copied, unless something else was copied since, here or elsewhere."""
        if self._clipboard.ownsClipboard():
            self._clipboard.clear()

    @Slot()
    def _on_changed(self) -> None:
        if not self._clipboard.ownsClipboard():
            self._timer.stop()
            return
        content = self._clipboard.mimeData()
        if not content.hasText():
            return
        self._timer.start()
        # Nobody is served before this returns, so nobody has seen it without its marks.
        if not content.hasFormat(_HINT):
            self._clipboard.setMimeData(marked(content))
        elif sys.platform == "darwin":
            _conceal()


def _conceal() -> None:
    """Add the type by which clipboard managers of macOS know a secret (nspasteboard.org)."""
    from ui.locking.objc import named, send, string

    kind, board = (
        string("org.nspasteboard.ConcealedType"),
        send(named("NSPasteboard"), "generalPasteboard"),
    )
    send(board, "addTypes:owner:", send(named("NSArray"), "arrayWithObject:", kind), 0)
    send(board, "setString:forType:", string(""), kind)
