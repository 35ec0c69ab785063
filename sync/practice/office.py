"""What practice does at its own hub: lists everybody, seats every desk, gives out codes."""

from pathlib import Path

from sync.practice.desks import WORLD
from sync.practice.identity import Chance, Clock
from sync.practice.network import Network
from sync.server import directory, office, tables
from sync.server.founding import Hub, open_hub
from sync.trust.making import public_of


class Office:
    """The office of one hub's folder. It may work while the hub's own process runs."""

    def __init__(self, home: Path, network: Network, clock: Clock, chance: Chance) -> None:
        """Work for `network` on the hub in `home`."""
        self._home = home
        self._network = network
        self._clock = clock
        self._chance = chance

    def settle(self) -> str:
        """Bring the hub up to date with the network, and return a code for a new laptop."""
        hub = open_hub(self._home, WORLD, self._chance)
        try:
            self._publish(hub)
            self._seat_desks(hub)
            return self._code(hub)
        finally:
            hub.store.close()

    def root(self) -> bytes:
        """Return the fingerprint that a new laptop pins."""
        hub = open_hub(self._home, WORLD, self._chance)
        try:
            return office.root(hub)
        finally:
            hub.store.close()

    def code(self) -> str:
        """Return another one-time code for a laptop of the counselor's own centre."""
        hub = open_hub(self._home, WORLD, self._chance)
        try:
            return self._code(hub)
        finally:
            hub.store.close()

    def _publish(self, hub: Hub) -> None:
        stamps = public_of(hub.key.timestamp_seed)
        files = self._network.repository(stamps, self._clock())
        with hub.store.reading() as db:
            current = directory.newest_files(db)
        if current != files:
            office.publish(hub, files, self._clock())
        with hub.store.writing() as db:
            directory.restamp(db, hub.key.timestamp_seed, self._clock())

    def _seat_desks(self, hub: Hub) -> None:
        with hub.store.reading() as db:
            seated = {row["id"] for row in db.all(tables.device)}
        for member in self._network.members:
            own, now = member.identity, self._clock()
            if own.device not in seated:
                asked = own.own_request()
                office.add_device(hub, asked, own.approval(asked, own.role, now), now)

    def _code(self, hub: Hub) -> str:
        org = self._network.centre.identity.org
        return office.new_code(hub, org, "counselor", self._chance, self._clock())
