"""Windows says it in messages to the window. Written, and not run there yet."""

import ctypes
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
)

from ui.locking.signs import Sign

# <winuser.h>, <wtsapi32.h>
_POWER, _SESSION_CHANGE = 0x0218, 0x02B1
_SUSPEND, _SETTING = 0x0004, 0x8013
_SESSIONS: Final = {
    0x2: Sign.SWITCH,  # WTS_CONSOLE_DISCONNECT
    0x4: Sign.SWITCH,  # WTS_REMOTE_DISCONNECT
    0x6: Sign.END,  # WTS_SESSION_LOGOFF
    0x7: Sign.SESSION,  # WTS_SESSION_LOCK
}
_THIS_SESSION = 0
# GUID_LIDSWITCH_STATE_CHANGE, as its sixteen bytes lie in memory
_LID: Final = UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le


class _Setting(ctypes.Structure):
    """POWERBROADCAST_SETTING."""

    _fields_ = (
        ("which", ctypes.c_ubyte * 16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


class _Message(ctypes.Structure):
    """The beginning of MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("what", ctypes.c_size_t),
        ("detail", ctypes.c_ssize_t),
    )


def sign_of(message: int, what: int, detail: int = 0) -> Sign | None:
    """Return what a message says; `detail` is an address where `what` needs one."""
    if message == _SESSION_CHANGE:
        return _SESSIONS.get(what)
    if message != _POWER:
        return None
    if what == _SUSPEND:
        return Sign.SLEEP
    if what == _SETTING and detail:
        setting = _Setting.from_address(detail)
        is_shut = bytes(setting.which) == _LID and setting.value == 0
        return Sign.LID if is_shut else None
    return None


class Messages(QObject):
    """Asks to be told, and reads what comes."""

    seen = Signal(str)

    def __init__(self, window: int) -> None:
        """Be ready to listen at this window."""
        super().__init__()
        self._window = window
        self._filter = _Filter(self._on_message)

    def follow(self) -> None:
        """Begin to listen."""
        windll: Any = ctypes.windll  # type: ignore[attr-defined]  # there is none elsewhere
        windll.wtsapi32.WTSRegisterSessionNotification(
            ctypes.c_void_p(self._window), _THIS_SESSION
        )
        windll.user32.RegisterPowerSettingNotification(
            ctypes.c_void_p(self._window), (ctypes.c_ubyte * 16)(*_LID), 0
        )
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)

    def heard(self) -> tuple[Sign, ...]:
        """Return the signs that Windows gives everywhere."""
        return (Sign.SLEEP, Sign.LID, Sign.SESSION, Sign.SWITCH, Sign.END)

    def _on_message(self, message: _Message) -> None:
        sign = sign_of(message.message, message.what, message.detail)
        if sign is not None:
            self.seen.emit(sign)


class _Filter(QAbstractNativeEventFilter):
    """Shows each message, and lets it through."""

    def __init__(self, see: Callable[[_Message], None]) -> None:
        """Show them to `see`."""
        super().__init__()
        self._see = see

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Look at one message."""
        if QByteArray(kind) == QByteArray(b"windows_generic_MSG"):
            self._see(_Message.from_address(int(message)))
        return False, 0
