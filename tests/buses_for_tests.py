"""A private pair of buses, and a stand-in for what Linux says on them: we do not own logind.

Run as a program it does what is asked on stdin, a word a line, and says on stdout what came.
"""

import json
import os
import select
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

LOGIND, UPOWER = "org.freedesktop.login1", "org.freedesktop.UPower"
MANAGER, SESSION = f"{LOGIND}.Manager", f"{LOGIND}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
OURS, ANOTHER = "/org/freedesktop/login1/session/_31", "/org/freedesktop/login1/session/c2"
_RULES = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""


@contextmanager
def a_bus(place: Path):
    """Run a bus of our own; its address."""
    place.mkdir(exist_ok=True, parents=True)
    rules = place / "bus.conf"
    rules.write_text(_RULES.format(path=place / "bus"))
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={rules}", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield daemon.stdout.readline().decode().strip()
    finally:
        daemon.kill()
        daemon.communicate()


class StandIn(QDBusVirtualObject):
    """Logind, UPower and a screen saver, as far as a program listens to them."""

    def __init__(self, system: str, session: str):
        super().__init__()
        self._system = _connected(system, "stand-in system")
        self._session = _connected(session, "stand-in session")
        self._power = _connected(system, "stand-in power")
        self._delays: list[int] = []
        tree = QDBusConnection.VirtualObjectRegisterOption.SubPath
        assert self._system.registerVirtualObject("/org/freedesktop/login1", self, tree)
        assert self._system.registerService(LOGIND)
        assert self._power.registerService(UPOWER)
        assert self._session.registerService("org.gnome.ScreenSaver")

    def introspect(self, _):
        return ""

    def handleMessage(self, message, connection):
        """Answer what a program asks of logind."""
        answer = message.createReply()
        if message.member() == "Inhibit" and message.arguments()[0] == "sleep:shutdown":
            ours, theirs = os.pipe()
            self._delays.append(ours)
            answer.setArguments([QDBusUnixFileDescriptor(theirs)])
            os.close(theirs)
        elif message.member() == "GetSession":
            answer.setArguments([QDBusObjectPath(OURS)])
        else:
            return False
        return connection.send(answer)

    def is_delayed(self) -> bool:
        """Whether somebody holds a delay: then the machine waits before it sleeps."""
        return any(not select.select([delay], [], [], 0)[0] for delay in self._delays)

    def say(self, sign: str, *, is_beginning=True, session=OURS) -> None:
        """Say that something begins, or ends."""
        yes = is_beginning
        {
            "sleep": lambda: self._tell(MANAGER, "PrepareForSleep", [yes]),
            "end": lambda: self._tell(MANAGER, "PrepareForShutdown", [yes]),
            "session": lambda: self._tell(SESSION, "Lock", [], session),
            "hint": lambda: self._changed(SESSION, {"LockedHint": yes}, session),
            "switch": lambda: self._changed(SESSION, {"Active": not yes}, session),
            "lid": lambda: self._lid(is_closed=yes),
            "screen": lambda: self._saver("org.gnome.ScreenSaver", yes),
            "saver": lambda: self._saver("org.freedesktop.ScreenSaver", yes),
            "odd": self._odd,
        }[sign]()

    def _saver(self, name, is_on):
        path = "/" + name.replace(".", "/")
        self._tell(name, "ActiveChanged", [is_on], path, self._session)

    def _odd(self):
        """Anybody may say anything on a bus."""
        for words in (["yes"], [["yes"]], [{"a": 1}], [7], [], [True, "more"]):
            self._tell("org.gnome.ScreenSaver", "ActiveChanged", words, "/x", self._session)

    def _lid(self, *, is_closed):
        self._changed(UPOWER, {"LidIsClosed": is_closed}, "/org/freedesktop/UPower", self._power)

    def _changed(self, interface, values, path, bus=None):
        self._tell(PROPERTIES, "PropertiesChanged", [interface, values, []], path, bus)

    def _tell(self, interface, name, words, path="/org/freedesktop/login1", bus=None):
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(words)
        assert (bus or self._system).send(signal)


class Desktop:
    """That stand-in, in a process of its own."""

    def __init__(self, system: str, session: str):
        self._process = subprocess.Popen(
            [sys.executable, __file__, system, session],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout.readline() == "ready\n"

    def say(self, sign: str, **how) -> None:
        """Say that something begins, or ends."""
        self._ask({"sign": sign, **how})

    def is_delayed(self) -> bool:
        """Whether somebody holds a delay: then the machine waits before it sleeps."""
        return self._ask({})

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=10)

    def _ask(self, asked):
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


SIGNS = ("sleep", "end", "session", "hint", "switch", "lid", "screen", "saver")


def _connected(address, name):
    QDBusConnection.disconnectFromBus(name)
    bus = QDBusConnection.connectToBus(address, name)
    assert bus.isConnected()
    return bus


def main(system: str, session: str) -> None:
    """Be the desktop of another process."""
    app = QCoreApplication(sys.argv[:1])
    desktop = StandIn(system, session)

    def told():
        line = sys.stdin.readline()
        if not line:
            app.quit()
            return
        asked = json.loads(line)
        answer = desktop.say(**asked) if asked else desktop.is_delayed()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(told)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
