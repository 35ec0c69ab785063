"""Garbage is collected on the painting thread, and on no other."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QTimer

from ui import quick


class Clockwork(QObject):
    """Something of Qt's with a timer that runs, held only by itself."""

    def __init__(self):
        super().__init__()
        self.timer = QTimer(self)
        self.timer.start(3_600_000)
        self.itself = self


@pytest.fixture
def window(qapp):
    window = QObject()
    gc.collect()
    yield window
    gc.enable()


def test_a_thread_that_asks_for_memory_ends_no_timer(window, qtbot):
    ended, kept = [], []
    quick.collect_here(window, lambda: True)
    weakref.finalize(Clockwork(), lambda: ended.append(threading.get_ident()))

    busy = threading.Thread(target=lambda: kept.extend([n] for n in range(100_000)))
    busy.start()
    busy.join()
    assert ended == []

    qtbot.waitUntil(lambda: bool(ended), timeout=5_000)
    assert ended == [threading.get_ident()]


def test_nothing_is_collected_while_there_is_little(window, monkeypatch):
    quick.collect_here(window, lambda: True)
    collected = []
    monkeypatch.setattr(gc, "collect", collected.append)

    quick._collect(lambda: True)

    assert collected == []


@pytest.mark.parametrize(("is_resting", "looked_through"), [(False, 0), (True, 2)])
def test_what_is_old_is_looked_through_only_while_the_hand_rests(
    window, monkeypatch, is_resting, looked_through
):
    quick.collect_here(window, lambda: is_resting)
    collected = []
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 100, 100))
    monkeypatch.setattr(gc, "collect", collected.append)

    quick._collect(lambda: is_resting)

    assert collected == [looked_through]


def test_what_is_there_before_anything_is_unlocked_is_looked_through_no_more(window):
    there = [[n] for n in range(5_000)]
    assert len(gc.get_objects()) >= len(there)

    quick.collect_here(window, lambda: True)

    assert len(gc.get_objects()) < 2_000
