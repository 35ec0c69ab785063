"""The line that benchmarks measure on is as good, and as bad, as it says."""

import socket
import threading
import time
from contextlib import closing, contextmanager, suppress

import pytest
from bench.shared_line import Manner, a_line

ITEM = b'POST /items HTTP/1.1\r\n\r\n{"_id":"00000000-0000-4000-8000-000000000001"}'
MARK = r'"_id":"([0-9a-f-]{36})"'
BAD = Manner(cuts=1.0, seed="h")


@contextmanager
def an_echo():
    """Answer everything with itself; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer(line):
            with closing(line), suppress(OSError):
                while piece := line.recv(1 << 16):
                    line.sendall(piece)

        def serve():
            while True:
                try:
                    met, _ = door.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(met,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)


def said(line, words):
    """Send the words over a connection of their own; return what came back before its end."""
    back = b""
    port = int(line.url.rpartition(":")[2])
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 10) as there:
        there.sendall(words)
        there.shutdown(socket.SHUT_WR)
        while piece := there.recv(1 << 16):
            back += piece
    return back


def test_a_line_carries_every_byte_and_counts_both_ways():
    with an_echo() as port, a_line(port, Manner(mark=MARK)) as line:
        back = said(line, ITEM + ITEM)

        told = line.tally()

    assert back == ITEM + ITEM
    assert (told["up"], told["down"]) == (2 * len(ITEM), 2 * len(ITEM))
    assert (told["connections"], told["requests"], told["cut"]) == (1, 2, 0)
    assert (told["items"], told["again"]) == (1, 1)


def test_a_bad_line_is_cut_and_the_same_seed_cuts_it_at_the_same_bytes():
    carried = []
    for _ in range(2):
        with an_echo() as port, a_line(port, BAD) as line:
            line.worsen()
            backs = [said(line, bytes(1 << 17)) for _ in range(5)]
            told = line.tally()
        assert told["cut"] == told["connections"] == 5
        assert all(len(back) < 1 << 17 for back in backs)
        carried.append(told["up"] + told["down"])

    assert carried[0] == carried[1]


@pytest.mark.parametrize(
    ("manner", "least"), [(Manner(bits=80_000), 1.0), (Manner(trip=0.3), 0.6)]
)
def test_a_bad_line_is_slow_and_late(manner, least):
    with an_echo() as port, a_line(port, manner) as line:
        line.worsen()
        began = time.monotonic()

        back = said(line, bytes(10_000))

        assert len(back) == 10_000
        assert least <= time.monotonic() - began < least + 30
