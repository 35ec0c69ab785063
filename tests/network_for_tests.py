"""The real practice network for tests: a real hub on loopback, real desks with their own keys."""

import os
import secrets
import time
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.client import enrolment
from sync.client.directory import renewed
from sync.client.signing import DeviceKeys
from sync.client.transport import HttpHub
from sync.practice.running import Practice


def clock():
    return datetime.now(UTC)  # noqa: TID251 - a real hub and real signatures live by the real clock


class RunningNetwork:
    """What a test may know and do: `with a_network(tmp_path) as network: …`."""

    def __init__(self, folder, pace):
        self.folder = Path(folder)
        self.practice = Practice(self.folder, timedelta(seconds=pace), clock, secrets.token_bytes)
        self.url = self.practice.hub.url
        self.centre = self.practice.network.centre
        self.agencies = self.practice.network.agencies
        """`Member`s: `.record` (HSDS), `.identity` (keys), `.folder`, `.reply`."""

    @property
    def root(self):
        """The fingerprint that a laptop pins."""
        return self.practice.office.root()

    def code(self):
        """Return a one-time code for a laptop of the centre."""
        return self.practice.office.code()

    def agency(self, kind):
        """Return the first agency of this kind, e.g. `police`."""
        return next(member for member in self.agencies if member.record.kind == kind)

    def stop_hub(self):
        self.practice.hub.stop()

    def start_hub(self):
        self.practice.hub.start()

    def enrolled(self):
        """Enrol a laptop the way the program does; return its `Enrolment` and its `HttpHub`."""
        keys = DeviceKeys.make(str(uuid.uuid4()), secrets.token_bytes)
        kept = enrolment.begun(self.url, "practice", self.root, self.code(), keys)
        door = HttpHub(self.url, None, "practice", None)
        answer = enrolment.ask(kept, door)
        while answer.status == enrolment.PENDING:
            time.sleep(0.05)  # as a person's laptop would: a hub counts who asks too often
            answer = enrolment.ask(kept, door)
        door.close()
        hub = HttpHub(self.url, keys, "practice", answer.hub)
        book = renewed({}, self.root, hub, clock(), "practice").book
        return enrolment.completed(kept, answer, book, clock()), hub


@contextmanager
def a_network(folder, pace=0.05):
    """Run the practice network in `folder`; everything of it has ended afterwards."""
    network = RunningNetwork(folder, pace)
    try:
        network.practice.start(os.getpid())
        yield network
    finally:
        network.practice.stop()
