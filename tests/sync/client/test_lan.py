"""Two laptops on one line: one bundle each way, within limits, and nobody else is heard."""

import socket
import threading
import time

import pytest

from sync.client import lan
from sync.client.errors import LineError, Lying, TooSlow, Unreachable
from sync.client.lan import Address, NotInTheOffice, Stall, address_of, hand_over

HERE = "127.0.0.1"


def always():
    return True


@pytest.fixture
def stall():
    stall = Stall(HERE, 0)
    yield stall
    stall.close()


class Keeper(threading.Thread):
    """Sits at a stall and answers everybody by turning their words round."""

    def __init__(self, stall, answer=lambda said: said[::-1]):
        super().__init__(daemon=True)
        self.stall, self.answer = stall, answer
        self.heard, self.sent, self.is_open = [], [], True
        self.start()

    def run(self):
        while visit := self.stall.next(lambda: self.is_open):
            self.heard.append(visit.bundle)
            self.sent.append(visit.answer(self.answer(visit.bundle)))

    def leave(self):
        self.is_open = False
        self.join(5)


@pytest.fixture
def keeper(stall):
    keeper = Keeper(stall)
    yield keeper
    keeper.leave()
    assert not keeper.is_alive()


def test_one_bundle_goes_and_one_comes_back(stall, keeper):
    for said in (b"\0\1\2" * 700_000, b"x", b""):
        assert hand_over(Address(HERE, stall.port), said, always) == said[::-1]

    assert len(keeper.heard) == 3


def test_who_says_something_else_is_hung_up_on_and_hinders_nobody(stall, keeper):
    too_long = (lan.MOST_BYTES + 1).to_bytes(4)
    for junk in (b"GET / HTTP/1.1\r\n\r\n", b"", b"BMJ-lan\1", b"BMJ-lan\1" + too_long):
        with socket.create_connection((HERE, stall.port), 5) as line:
            line.sendall(junk)

    assert hand_over(Address(HERE, stall.port), b"abc", always) == b"cba"
    assert keeper.heard == [b"abc"]


def test_who_says_nothing_is_not_waited_for_long(stall, keeper, monkeypatch):
    monkeypatch.setattr(lan, "_SAY_SECONDS", 0.3)

    with socket.create_connection((HERE, stall.port), 5):
        assert hand_over(Address(HERE, stall.port), b"abc", always) == b"cba"


def test_cut_in_the_middle_nothing_was_heard(stall, keeper):
    with socket.create_connection((HERE, stall.port), 5) as line:
        line.sendall(b"BMJ-lan\1" + (10).to_bytes(4) + b"abcde")

    assert hand_over(Address(HERE, stall.port), b"abc", always) == b"cba"
    assert keeper.heard == [b"abc"]


def test_nobody_there_is_said(stall):
    port = stall.port
    stall.close()

    with pytest.raises(Unreachable):
        hand_over(Address(HERE, port), b"abc", always)


def test_what_does_not_answer_is_given_up(stall, monkeypatch):
    monkeypatch.setattr(lan, "_ANSWER_SECONDS", 0.3)

    with pytest.raises(TooSlow):
        hand_over(Address(HERE, stall.port), b"abc", always)


def test_it_can_be_given_up_on_either_side(stall):
    answers = iter([True, True, False])

    with pytest.raises(TooSlow):
        hand_over(Address(HERE, stall.port), b"abc", lambda: next(answers))
    assert stall.next(lambda: False) is None


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 200 OK\r\n\r\n", b"BMJ-lan\1\xff\xff\xff\xff", b"BMJ"]
)
def test_something_else_that_listens_there_is_not_believed(said):
    with socket.create_server((HERE, 0)) as other:

        def speak():
            line, _ = other.accept()
            with line:
                line.recv(1 << 16)
                line.sendall(said)

        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        with pytest.raises((Lying, Unreachable)) as refused:
            hand_over(Address(HERE, other.getsockname()[1]), b"abc", always)
        thread.join(5)
    assert isinstance(refused.value, LineError)


def test_the_other_side_leaving_is_noticed(stall):
    with socket.create_connection((HERE, stall.port), 5) as line:
        line.sendall(b"BMJ-lan\1" + (1).to_bytes(4) + b"x")
        visit = stall.next(always)
    time.sleep(0)
    visit.answer(b"y" * 4_000_000)

    assert visit.line.fileno() == -1


def test_two_stalls_stand_at_two_ports():
    first = Stall(HERE)
    second = Stall(HERE, first.port)
    try:
        assert first.port != second.port
    finally:
        first.close()
        second.close()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("192.168.0.12", Address("192.168.0.12", lan.PORT)),
        (" 192.168.0.12 : 40001 ", Address("192.168.0.12", 40001)),
        ("10.1.2.3:13880", Address("10.1.2.3", lan.PORT)),
        ("169.254.7.7", Address("169.254.7.7", lan.PORT)),
    ],
)
def test_an_address_is_read_as_it_is_typed_and_said_as_it_is_read(typed, address):
    assert address_of(typed) == address
    assert address_of(str(address)) == address


@pytest.mark.parametrize(
    "typed",
    ["", "8.8.8.8", "100.64.0.1", "0.0.0.0", "192.168.0", "192.168.0.300", "hub.example",
     "192.168.0.12:", "192.168.0.12:0", "192.168.0.12:70000", "192.168.0.12:１", "::1"],
)  # fmt: skip
def test_nothing_is_sent_outside_the_office(typed):
    with pytest.raises(NotInTheOffice):
        address_of(typed)


def test_our_own_addresses_are_ones_that_can_be_typed():
    for host in lan.own_hosts():
        assert address_of(host).host == host
        assert not host.startswith("127.")
