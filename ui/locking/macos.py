"""macOS says it in notices and in a call from the power system. Written, and not run there yet."""

import ctypes
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from ui.locking.signs import Sign

_NOTICES: Final = {
    "com.apple.screenIsLocked": Sign.SESSION,
    "com.apple.screensaver.didstart": Sign.SCREEN,
    "com.apple.sessionDidMoveOffConsole": Sign.SWITCH,
}
_FRAMEWORKS: Final = "/System/Library/Frameworks"
_UTF8, _AT_ONCE = 0x08000100, ctypes.c_long(4)  # CFNotificationSuspensionBehavior
# IOKit/IOMessage.h: may it sleep; it will sleep.
_MAY_SLEEP, _WILL_SLEEP = 0xE0000270, 0xE0000280
_OnNotice = ctypes.CFUNCTYPE(
    None,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
)
_OnPower = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p
)


class Notices(QObject):
    """Observes the notices that every program may hear, and the power system."""

    seen = Signal(str)

    def __init__(self) -> None:
        """Be ready to listen."""
        super().__init__()
        # Kept here for as long as they may be called.
        self._on_notice = _OnNotice(self._notice)
        self._on_power = _OnPower(self._power)
        self._signs: dict[int, Sign] = {}
        self._root = 0
        self._kit: Any = None
        self._core: Any = None

    def follow(self) -> None:
        """Begin to listen."""
        core: Any = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
        for name in ("CFStringCreateWithCString", "CFNotificationCenterGetDistributedCenter"):
            getattr(core, name).restype = ctypes.c_void_p
        center = ctypes.c_void_p(core.CFNotificationCenterGetDistributedCenter())
        for name, sign in _NOTICES.items():
            text = core.CFStringCreateWithCString(None, name.encode(), _UTF8)
            core.CFNotificationCenterAddObserver(
                center, None, self._on_notice, ctypes.c_void_p(text), None, _AT_ONCE
            )
            self._signs[text] = sign
        self._core = core
        self._listen_to_power(core)

    def heard(self) -> tuple[Sign, ...]:
        """Return the signs that macOS gives everywhere; a shut lid sends it to sleep."""
        return (Sign.SLEEP, Sign.LID, Sign.SESSION, Sign.SWITCH, Sign.SCREEN)

    def _listen_to_power(self, core: Any) -> None:
        kit: Any = ctypes.CDLL(f"{_FRAMEWORKS}/IOKit.framework/IOKit")
        kit.IONotificationPortGetRunLoopSource.restype = ctypes.c_void_p
        core.CFRunLoopGetMain.restype = ctypes.c_void_p
        port, notifier = ctypes.c_void_p(), ctypes.c_uint32()
        self._kit, self._root = (
            kit,
            kit.IORegisterForSystemPower(
                None, ctypes.byref(port), self._on_power, ctypes.byref(notifier)
            ),
        )
        source = ctypes.c_void_p(kit.IONotificationPortGetRunLoopSource(port))
        mode = ctypes.c_void_p.in_dll(core, "kCFRunLoopCommonModes")
        core.CFRunLoopAddSource(ctypes.c_void_p(core.CFRunLoopGetMain()), source, mode)

    def _notice(self, _: int, __: int, name: int, ___: int, ____: int) -> None:
        found = [
            sign for text, sign in self._signs.items()
            if self._core.CFEqual(ctypes.c_void_p(text), ctypes.c_void_p(name))
        ]  # fmt: skip
        for sign in found:
            self.seen.emit(sign)

    def _power(self, _: int, __: int, message: int, argument: int) -> None:
        if message == _WILL_SLEEP:
            self.seen.emit(Sign.SLEEP)
        if message in (_MAY_SLEEP, _WILL_SLEEP):
            # Otherwise the system waits thirty seconds for an answer.
            self._kit.IOAllowPowerChange(ctypes.c_uint32(self._root), ctypes.c_void_p(argument))
