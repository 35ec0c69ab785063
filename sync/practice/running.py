"""The practice network at work: a hub beside us, a desk on a thread for every agency."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from urllib.parse import urlsplit

from sync.practice import asking
from sync.practice.centre import Centre
from sync.practice.desks import Desk, Surroundings
from sync.practice.hub import HubProcess
from sync.practice.identity import Chance, Clock, write_private
from sync.practice.network import network_in
from sync.practice.office import Office

CODE_LIFE = timedelta(hours=24)
"""Half of what the hub allows, so that the code we show always works."""


class Practice:
    """Everything that runs in one practice folder."""

    def __init__(self, home: Path, pace: timedelta, clock: Clock, chance: Chance) -> None:
        """Be ready to run in `home`; whatever is there already is used again."""
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._home, self._pace, self._clock, self._chance = home, pace, clock, chance
        self.network = network_in(home, chance)
        self.hub = HubProcess(home / "hub", _port_of(home))
        self.office = Office(home / "hub", self.network, clock, chance)
        self._stopping = Signal()
        self._threads: list[Thread] = []
        self._code_at = clock()

    def start(self, pid: int) -> None:
        """Start the hub and every desk, then say where we are."""
        code = self.office.settle()
        self.hub.start()
        around = Surroundings(
            self.hub.url, self.office.root(), self._pace, self._clock, self._chance
        )
        centre = Centre(self.network.centre.identity, around)
        self._employ("centre", centre.work)
        for member in self.network.agencies:
            desk = Desk(member.folder, member.identity, member.reply, around)
            if member.record.kind == asking.KIND:
                desk.ask(self.network.centre.identity.org)
            self._employ(member.record.id, desk.work)
        self._say(code, pid)

    def look_after(self, pid: int) -> None:
        """Mend what broke: a hub that fell, a directory near its end, a code near its end."""
        if not self.hub.is_running:
            self.hub.start()
        if self._clock() - self._code_at >= CODE_LIFE:
            self._say(self.office.settle(), pid)

    def stop(self) -> None:
        """Stop the hub, then every desk; a desk in a long poll is let go by the hub's end."""
        self._stopping.set()
        self.hub.stop()
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _employ(self, name: str, work: Callable[[Signal], None]) -> None:
        thread = Thread(target=work, args=(self._stopping,), name=f"desk {name}", daemon=True)
        thread.start()
        self._threads.append(thread)

    def _say(self, code: str, pid: int) -> None:
        self._code_at = self._clock()
        said = {
            "url": self.hub.url,
            "code": code,
            "root": self.office.root().hex(),
            "pid": os.getpid(),
            "parent": pid,
        }
        write_private(address_file(self._home), json.dumps(said).encode())


def address_file(home: Path) -> Path:
    """Return where the network says how to reach it."""
    return home / "address.json"


def _port_of(home: Path) -> int:
    """Return the port of last time: laptops that enrolled then know the hub by it."""
    try:
        url = json.loads(address_file(home).read_text("utf-8"))["url"]
        return urlsplit(str(url)).port or 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0
