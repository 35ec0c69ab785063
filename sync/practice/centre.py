"""The counselor's own centre: lets its laptops in and signs, as practice needs no waiting."""

from threading import Event as Signal

from sync.client.backoff import Backoff
from sync.client.errors import LineError
from sync.client.transport import HttpHub
from sync.practice.desks import LONGEST_REST, WORLD, Surroundings
from sync.practice.identity import Identity
from sync.practice.supervisor import Supervisor
from sync.protocol.directory import Enrol, PendingDevice

LONGEST_PAUSE = 1.0
"""A laptop that has just shown its code waits no longer than this for us to look."""


class Centre:
    """The admin's desk of one organisation."""

    def __init__(self, own: Identity, around: Surroundings) -> None:
        """Answer for the organisation that `own` has the keys of."""
        self._own = own
        self._around = around
        self._hub = HttpHub(around.url, own.keys, WORLD, None)
        self._supervisor = Supervisor(own, self._hub, around)
        self._backoff = Backoff()

    def work(self, stopping: Signal) -> None:
        """Look at the door until told to stop."""
        pause = min(max(self._around.pace.total_seconds(), 0.05), LONGEST_PAUSE)
        while not stopping.is_set():
            try:
                self.let_in_who_waits()
                self._supervisor.look()
                self._backoff = self._backoff.after_success()
                stopping.wait(pause)
            except LineError:
                self._backoff = self._backoff.after_failure()
                stopping.wait(min(self._backoff.wait(0.5), LONGEST_REST).total_seconds())
        self._hub.close()

    def let_in_who_waits(self) -> None:
        """Vouch for every device of ours that showed a valid code."""
        for device in self._hub.pending(self._around.clock()).devices:
            now = self._around.clock()
            self._hub.approve(self._own.approval(_asked(device), device.role, now), now)


def _asked(device: PendingDevice) -> Enrol:
    return Enrol("", device.device, device.sign_pub, device.seal_pub, b"")
