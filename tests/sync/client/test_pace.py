"""A slow line gets small rounds and enough time; a quick one grows back to full rounds."""

import socket
import threading
import time
from datetime import UTC, datetime

import pytest

from sync.client.errors import LineError
from sync.client.pace import FIRST, SLOWEST, Pace, patience
from sync.client.transport import HttpHub
from sync.protocol.answers import Exchange
from sync.protocol.messages import BATCH_ITEMS, Message

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def test_rounds_shrink_on_a_slow_line_and_grow_back_on_a_quick_one():
    slow = Pace(BATCH_ITEMS).after(20).after(20).after_silence()
    assert slow.limit == 6
    assert slow.after(1).after(5).limit == 12
    assert Pace(1).after_silence().after(60).limit == 1
    assert Pace(BATCH_ITEMS).after(0.1).limit == BATCH_ITEMS
    assert Pace().after(0.1).after(0.1).after(0.1).limit == BATCH_ITEMS


def test_what_is_asked_of_a_line_nobody_knows_is_little():
    assert Pace().limit == FIRST < BATCH_ITEMS
    assert Pace().after(5) == Pace()


def test_a_line_that_breaks_shrinks_rounds_but_never_to_crumbs():
    pace = Pace()
    for _ in range(9):
        pace = pace.after_cut()
    assert pace.limit == 4
    assert Pace(1).after_cut().limit == 1


def test_the_time_a_round_may_take_grows_with_what_it_carries():
    assert patience(SLOWEST * 10) == 10


def _slow_server(opened, bytes_a_second):
    """Take one request slowly, then hang up; return how much of it came."""
    came = []

    def serve():
        line, _ = opened.accept()
        with line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            total = 0
            while piece := line.recv(bytes_a_second // 20):
                total += len(piece)
                came[:] = [total]
                time.sleep(0.05)
                if total > 150_000:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return came, thread


@pytest.mark.parametrize("seconds", [0.4])
def test_a_long_question_may_take_longer_to_send_than_an_answer_may(seconds):
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        came, thread = _slow_server(opened, 100_000)
        hub = HttpHub(f"http://127.0.0.1:{opened.getsockname()[1]}", None, "practice", None)
        hub.answer_seconds = seconds
        asked = Exchange(tuple(Message(b"h", body=bytes(100_000)) for _ in range(8)))
        began = time.monotonic()

        with pytest.raises(LineError):
            hub.exchange(asked, NOON)

        thread.join(10)
        assert came[0] > 150_000
        assert time.monotonic() - began > seconds
        assert hub.pace.limit < BATCH_ITEMS
