"""A new organisation at a real hub on loopback: its office, its keepers, and laptops that join."""

import secrets
import time
import uuid
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from tuf_for_tests import Keepers
from vaults_for_tests import a_vault

from desktop.domain.moment import Moment
from desktop.services import enrolment, exchange
from desktop.services.enrolment import EnrolmentState, Invitation
from sync.hsds.records import Organization
from sync.keeping.steps import listings, proposed
from sync.practice.hub import HubProcess
from sync.protocol.codec import canonical
from sync.server import office
from sync.server.founding import open_hub
from sync.trust.making import public_of

ORG = "ac148810-d857-441c-9679-408f346de14b"


def moment():
    # A real hub and real signatures live by the real clock.
    return Moment(datetime.now(UTC), uuid.uuid4())  # noqa: TID251


class NewOrg:
    """Everybody who is needed until an organisation takes part."""

    def __init__(self, place):
        self.place = place
        self.hub = open_hub(place / "hub", "practice", secrets.token_bytes)
        now, stamps = moment().now, public_of(self.hub.key.timestamp_seed)
        self.keepers = Keepers(now, timestamp=stamps)
        office.publish(self.hub, self.keepers.publish((), now), now)
        office.add_orgs(self.hub, (Organization(ORG, "새벽센터", "밤에 여는 곳"),), now)
        self.process = HubProcess(place / "hub")
        self.process.start()

    def code(self, role):
        return office.new_code(self.hub, ORG, role, secrets.token_bytes, moment().now)

    def list_who_asks(self, proposals=None):
        """Let the keepers publish what the hub proposes, or what they have; words are compared."""
        known = listings(self.keepers.files)
        for proposal in office.proposals(self.hub) if proposals is None else proposals:
            one = proposed(canonical(proposal), known)
            if not one.is_older and not one.takes_a_number:
                known[one.listing.org] = one.listing
        now = moment().now
        office.publish(self.hub, self.keepers.publish(tuple(known.values()), now), now)

    def laptop(self, name, role):
        """Return a vault that asks to join, and a way to ask again."""
        vault = a_vault(self.place / name)
        invitation = Invitation(self.code(role), office.root(self.hub))

        def ask():
            door = enrolment.unknown_hub(self.process.url, "practice")
            return enrolment.enrol(vault, door, invitation, moment(), secrets.token_bytes)

        return vault, ask

    def admin(self):
        """Return the vault of the first admin, all the way in."""
        vault, ask = self.laptop("admin", "admin")
        assert ask() is EnrolmentState.PENDING
        (waiting,) = office.waiting(self.hub, ORG)
        office.let_in_first(self.hub, ORG, waiting.device, moment().now)
        assert ask() is EnrolmentState.PENDING
        self.list_who_asks()
        assert ask() is EnrolmentState.ENROLLED
        return vault

    def round(self, vault):
        return exchange.exchange(vault, enrolment.hub(vault), moment().now)

    def over_line(self, vault, ask):
        with closing(enrolment.hub(vault)) as line:
            return ask(line)

    def wait(self, is_so):
        deadline = time.monotonic() + 30
        while not is_so():
            assert time.monotonic() < deadline
            time.sleep(0.05)


@contextmanager
def a_new_org(place):
    org = NewOrg(place)
    try:
        yield org
    finally:
        org.process.stop()
        org.hub.store.close()
