"""What a full disk did not take is kept by itself as soon as there is room again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.errors import AppError, DiskFull
from i18n import tr
from ui.messages import sentence, what_happened

_AGAIN = 4_000
"""Milliseconds until it is tried once more."""


class Retry(QTimer):
    """Asks to keep once more, a while after a full disk refused: somebody may have made room."""

    def __init__(self, owner: QObject, keep: Callable[[], None]) -> None:
        """Rest; it lives as long as its `owner`."""
        super().__init__(owner)
        self.setSingleShot(True)
        self.setInterval(_AGAIN)
        self.timeout.connect(keep)

    def after(self, error: AppError) -> str:
        """Ask again where the disk was full; return what to say, and nothing that is not so."""
        if not isinstance(error, DiskFull):
            return sentence(error)
        self.start()
        return retried(error)


def retried(error: AppError) -> str:
    """Say what happened and what to do next, where a full disk is asked again by itself."""
    if not isinstance(error, DiskFull):
        return sentence(error)
    then = tr("Free some space; it is saved again by itself.")
    return f"{what_happened(error)} {then}"
