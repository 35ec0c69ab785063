"""Linux: logind, UPower and the screen savers say it on the two buses.

While notes are open, a delay is asked of logind, so that it waits for the lock before it sleeps.
The descriptor that stands for it closes when the process is replaced: that gives it back.
"""

import os
from collections.abc import Mapping
from typing import Final, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusError,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
)

from ui.locking.signs import Sign

_LOGIND: Final = "org.freedesktop.login1"
_LOGIND_PATH: Final = "/org/freedesktop/login1"
_MANAGER, _SESSION = f"{_LOGIND}.Manager", f"{_LOGIND}.Session"
_UPOWER: Final = "org.freedesktop.UPower"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SAVERS: Final = tuple(
    f"org.{name}.ScreenSaver" for name in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
)
_PATIENCE = 3_000  # milliseconds
_CHANGED: Final = {
    (_SESSION, "Active", False): Sign.SWITCH,
    (_SESSION, "LockedHint", True): Sign.SESSION,
    (_UPOWER, "LidIsClosed", True): Sign.LID,
}


class Buses(QObject):
    """Listens on the system's bus and on the person's own; either may be missing."""

    seen = Signal(str)

    def __init__(self, system: str, session: str) -> None:
        """Connect to both addresses; an empty one is left alone."""
        super().__init__()
        self._system = _connected(system, "bammajung-system")
        self._session = _connected(session, "bammajung-session")
        self._own = ""
        self._delay: QDBusUnixFileDescriptor | None = None

    def follow(self) -> None:
        """Begin to listen, and ask logind to wait for us."""
        if self._system is not None:
            self._listen(
                self._system, (_LOGIND, _MANAGER, "PrepareForSleep"), "on_sleep(QDBusMessage)"
            )
            self._listen(
                self._system, (_LOGIND, _MANAGER, "PrepareForShutdown"), "on_end(QDBusMessage)"
            )
            self._listen(self._system, (_LOGIND, _SESSION, "Lock"), "on_lock(QDBusMessage)")
            for service in (_LOGIND, _UPOWER):
                changed = "on_changed(QString,QVariantMap,QDBusMessage)"
                self._listen(self._system, (service, _PROPERTIES, "PropertiesChanged"), changed)
            self._ask("Inhibit", ["sleep:shutdown", "Bammajung", "", "delay"], "on_delay")
            self._ask("GetSession", [os.environ.get("XDG_SESSION_ID", "auto")], "on_session")
        if self._session is not None:
            for saver in _SAVERS:
                self._listen(
                    self._session, ("", saver, "ActiveChanged"), "on_screen(QDBusMessage)"
                )

    def heard(self) -> tuple[Sign, ...]:
        """Return the signs that this machine gives. It waits for the buses' answers."""
        signs: list[Sign] = []
        system, session = _names(self._system), _names(self._session)
        if _LOGIND in system:
            signs += [Sign.SLEEP, Sign.SESSION, Sign.SWITCH, Sign.END]
        if _UPOWER in system:
            signs.append(Sign.LID)
        if session & set(_SAVERS):
            signs.append(Sign.SCREEN)
        return tuple(signs)

    @Slot("QDBusMessage")
    def on_sleep(self, message: QDBusMessage) -> None:
        """It is about to sleep, or has woken."""
        if _is_yes(message):
            self.seen.emit(Sign.SLEEP)

    @Slot("QDBusMessage")
    def on_end(self, message: QDBusMessage) -> None:
        """It is about to shut down, or will not after all."""
        if _is_yes(message):
            self.seen.emit(Sign.END)

    @Slot("QDBusMessage")
    def on_lock(self, message: QDBusMessage) -> None:
        """A session is to be locked."""
        if self._is_ours(message):
            self.seen.emit(Sign.SESSION)

    @Slot(str, "QVariantMap", "QDBusMessage")
    def on_changed(
        self, interface: str, changed: Mapping[str, object], message: QDBusMessage
    ) -> None:
        """Something about a session, or the lid, is otherwise than it was.

        Only logind and UPower are listened to here: Qt ends a program whose slot was promised a
        map and gets something else, and on the person's own bus anybody may say anything.
        """
        for name, value in changed.items():
            sign = _CHANGED.get((interface, name, value)) if isinstance(value, bool) else None
            if sign and (interface != _SESSION or self._is_ours(message)):
                self.seen.emit(sign)

    @Slot("QDBusMessage")
    def on_screen(self, message: QDBusMessage) -> None:
        """A screen saver came on, or went."""
        if _is_yes(message):
            self.seen.emit(Sign.SCREEN)

    @Slot("QDBusUnixFileDescriptor")
    def on_delay(self, delay: QDBusUnixFileDescriptor) -> None:
        """Logind waits for as long as this is held."""
        self._delay = delay

    @Slot("QDBusObjectPath")
    def on_session(self, path: QDBusObjectPath) -> None:
        """This is the session we are in."""
        self._own = path.path()

    @Slot(QDBusError)
    def on_refused(self, _: QDBusError) -> None:
        """Nobody waits for us, or knows our session: then every session's lock counts as ours."""

    def _is_ours(self, message: QDBusMessage) -> bool:
        return not self._own or message.path() == self._own

    def _listen(self, bus: QDBusConnection, what: tuple[str, str, str], slot: str) -> None:
        service, interface, name = what
        bus.connect(service, "", interface, name, self, _slot(slot))

    def _ask(self, what: str, words: list[str], then: str) -> None:
        if self._system is None:
            return
        call = QDBusMessage.createMethodCall(_LOGIND, _LOGIND_PATH, _MANAGER, what)
        call.setArguments(words)
        kind = {"on_delay": "QDBusUnixFileDescriptor", "on_session": "QDBusObjectPath"}[then]
        self._system.callWithCallback(
            call, self, _slot(f"{then}({kind})"), _slot("on_refused(QDBusError)"), _PATIENCE
        )


def _connected(address: str, name: str) -> QDBusConnection | None:
    if not address:
        return None
    QDBusConnection.disconnectFromBus(name)  # one that failed before would be given back
    bus = QDBusConnection.connectToBus(address, name)
    return bus if bus.isConnected() else None


def _is_yes(message: QDBusMessage) -> bool:
    return message.signature() == "b" and message.arguments() == [True]


def _slot(signature: str) -> bytes:
    # PySide takes the text that its own SLOT() makes; its types say bytes.
    return cast("bytes", SLOT(signature))


def _names(bus: QDBusConnection | None) -> set[str]:
    if bus is None:
        return set()
    call = QDBusMessage.createMethodCall(
        "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames"
    )
    answer = bus.call(call, timeout=_PATIENCE)
    return {str(name) for words in answer.arguments() for name in words}
