"""Work on one thread, answers on the other."""

import secrets
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from vaults_for_tests import a_vault

from desktop.errors import DiskFull, HubAway, WrongPassphrase
from desktop.services import last_words
from ui.tasks import Tasks, Worker

ROOT = Path(__file__).parents[2]


class FakeVault:
    """Remembers the threads that used it."""

    def __init__(self):
        self.threads = {threading.get_ident()}
        self.is_closed = False

    def close(self):
        self.threads.add(threading.get_ident())
        self.is_closed = True


def a_moment():
    raise AssertionError("nobody asked for the time")


@pytest.fixture
def tasks(qtbot):
    tasks = Tasks(FakeVault, a_moment)
    yield tasks
    tasks.close()


def test_the_vault_is_used_by_one_thread_and_answers_come_to_ours(tasks, qtbot):
    answers = []

    def work(vault):
        vault.threads.add(threading.get_ident())
        return vault

    tasks.run(work, lambda vault: answers.append((vault, threading.get_ident())))
    qtbot.waitUntil(tasks.is_idle)

    [(vault, ours)] = answers
    assert ours == threading.get_ident()
    assert len(vault.threads) == 1
    assert ours not in vault.threads


def test_an_answer_that_is_ready_at_once_still_comes_later_and_in_its_turn(qtbot):
    worker, answers = Worker("quick"), []
    pool = worker._thread()
    submit = pool.submit

    def submit_and_wait(*asked):
        future = submit(*asked)
        future.exception()
        return future

    worker.do(lambda: "first", answers.append)
    pool.submit = submit_and_wait
    worker.do(lambda: "second", answers.append)

    assert answers == []
    qtbot.waitUntil(worker.is_idle)
    assert answers == ["first", "second"]
    assert worker.wait(lambda: None, 5)


def test_answers_come_in_the_order_of_the_questions(tasks, qtbot):
    answers = []

    for number in range(20):
        tasks.run(lambda _, n=number: n, answers.append)
    qtbot.waitUntil(tasks.is_idle)

    assert answers == list(range(20))


def fails(_):
    raise HubAway


def test_a_failure_goes_to_whoever_asked(tasks, qtbot):
    heard = []

    with qtbot.assertNotEmitted(tasks.failed):
        tasks.run(fails, lambda _: None, heard.append)
        qtbot.waitUntil(tasks.is_idle)

    assert isinstance(heard[0], HubAway)


def test_a_failure_nobody_takes_is_told_to_all(tasks, qtbot):
    with qtbot.waitSignal(tasks.failed) as heard:
        tasks.run(fails, lambda _: None)

    assert isinstance(heard.args[0], HubAway)


def test_a_bug_is_not_swallowed(tasks, qtbot):
    with qtbot.captureExceptions() as caught:
        tasks.run(lambda _: 1 / 0, lambda _: None)
        qtbot.waitUntil(tasks.is_idle)

    assert caught[0][0] is ZeroDivisionError


def test_closing_waits_for_what_was_asked(qtbot):
    tasks, done, vaults = Tasks(FakeVault, a_moment), [], []
    tasks.run(vaults.append, lambda _: None)
    tasks.run(lambda _: done.append(True), lambda _: None)

    assert tasks.close()

    assert done == [True]
    assert vaults[0].is_closed


def test_closing_does_not_wait_for_ever(qtbot):
    tasks, stuck = Tasks(FakeVault, a_moment), threading.Event()
    tasks.run(lambda _: stuck.wait(10), lambda _: None)

    assert not tasks.close(0.05)

    stuck.set()


DROPPED = """
import threading
from types import SimpleNamespace
from PySide6.QtCore import QCoreApplication
from ui.tasks import Tasks

app = QCoreApplication([])

def leave():
    tasks, stuck = Tasks(lambda: SimpleNamespace(close=str), None), threading.Event()
    tasks.run(lambda _: stuck.wait(10), lambda _: None)
    assert not tasks.close(0.0005)
    stuck.set()

for _ in range(300):
    leave()
    app.processEvents()
"""


def test_whoever_is_dropped_while_its_thread_works_ends_on_no_other_thread():
    done = subprocess.run(
        [sys.executable, "-c", DROPPED], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_nothing_is_begun_after_the_end(qtbot):
    worker = Worker("test")
    worker.wait(lambda: None, 1)

    worker.do(lambda: pytest.fail("begun"), lambda _: None)

    assert worker.is_idle()


def test_a_vault_that_does_not_open_says_why(qtbot):
    def cannot_open():
        raise WrongPassphrase

    worker, heard = Worker("test"), []
    worker.failed.connect(heard.append)
    Tasks(cannot_open, a_moment, worker)
    qtbot.waitUntil(worker.is_idle)

    assert isinstance(heard[0], WrongPassphrase)
    worker.wait(lambda: None, 1)


def test_only_the_last_words_get_the_room_that_was_kept(qtbot, tmp_path):
    tasks = Tasks(lambda: a_vault(tmp_path / "vault"), lambda: None)
    room, answers, failures = tmp_path / "vault" / "reserve", [], []

    def work(vault):
        if room.exists():
            raise DiskFull
        return "kept"

    tasks.run(lambda vault: last_words.keep_room(vault, secrets.token_bytes), answers.append)
    tasks.run(work, answers.append, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    tasks.take_last_words()
    tasks.run(work, answers.append)
    qtbot.waitUntil(lambda: "kept" in answers)

    assert [type(failure) for failure in failures] == [DiskFull]
    assert tasks.close()
