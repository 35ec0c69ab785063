"""The practice police ask the centre for help, once for ever, under a consent."""

from datetime import timedelta

from laptop_for_tests import Laptop
from network_for_tests import a_network, clock

from sync.client.directory import sender_of
from sync.client.engine import Place, sync_once
from sync.client.sealing import open_sealed
from sync.practice.asking import case_of
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from sync.protocol.messages import Header, Kind


class Listener:
    """Reads the centre's mailbox from its beginning, and says nothing."""

    def __init__(self, network):
        self.enrolment, self.hub = network.enrolled()
        self.seq, self.events = 0, []

    def place(self):
        return Place("", self.seq)

    def waiting(self, _):
        return ()

    def take(self, _, answer):
        self.events += answer.events
        self.seq += len(answer.events)

    def rejoin(self, _):
        raise AssertionError

    def asked(self, count=1):
        for _ in range(30):
            sync_once(self, self.hub, clock(), wait=1)
            found = [e for e in self.events if e.kind is Kind.REFERRAL_REQUEST]
            if len(found) >= count:
                return found
        raise AssertionError


def test_the_request_is_sealed_to_the_centre_and_comes_once(tmp_path):
    with a_network(tmp_path) as network:
        listener = Listener(network)
        [event] = listener.asked()
        police = network.agency("police").identity
        header = read_json(Header, event.message.header)

        assert event.ref == case_of(police.device)
        assert (header.from_org, header.to_org) == (police.org, listener.enrolment.org)
        assert header.expires - clock() > timedelta(days=80)
        assert "솔" not in str(event.message)
        own = listener.enrolment
        sign_pub = sender_public(event, network)
        packet = read_json(Packet, open_sealed(event.message, own.org, own.org_keys, sign_pub))
        assert packet.words["alias"] == "솔"
        listener.hub.close()

    with a_network(tmp_path) as again:
        listener = Listener(again)
        listener.asked()
        sync_once(listener, listener.hub, clock(), wait=2)
        assert [e.kind for e in listener.events].count(Kind.REFERRAL_REQUEST) == 1
        listener.hub.close()


def sender_public(event, network):
    laptop = Laptop(network)
    claim = sender_of(event.message, event.cert, laptop.book, clock())
    laptop.hub.close()
    return claim.sign_pub
