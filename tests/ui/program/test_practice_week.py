"""Practice lays out its week while the person works, once, and can be begun anew."""

import sys

import pytest
from vaults_for_tests import PASSPHRASE, a_closed_vault, by_key

from desktop.paths import Places
from desktop.services import members
from ui import lock
from ui.__main__ import _parser, _start, _usual
from ui.main import Program
from ui.practice import destroy
from ui.world import ANEW, PRACTICE, Start


def people(folder):
    vault = by_key(folder)
    try:
        with vault.reading() as db:
            return db.execute("SELECT count(*) FROM youth").fetchone()[0]
    finally:
        vault.close()


@pytest.fixture
def begin(qapp, qtbot, tmp_path, start_practice):
    """Open practice over an empty vault, without its network, and with its week."""
    begun = []

    def start(**how):
        kept = []
        how = {"has_week": True} | how
        program = Program(qapp, Start(tmp_path, PRACTICE, **how), kept.append, members.FLOOR)
        program.became = kept
        begun.append(program)
        qtbot.addWidget(program.frame)
        program.show()
        if program.unlock.door is not None:
            program.unlock.door.passphrase.edit.setText(PASSPHRASE)
            program.unlock.door.unlock_button.click()
            qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
        return program

    yield start
    for program in begun:
        program.lock.close()
        program.worker.wait(lambda: None, 5)
        program.frame.close()


def is_laid(program):
    practising = program.desk.practising
    return practising._is_begun and not practising._is_running


def test_the_week_is_laid_out_and_goes_on_after_a_lock(begin, qtbot, tmp_path):
    program = begin()
    qtbot.waitUntil(lambda: program.desk.practising._is_running, timeout=5_000)
    program.lock.lock()
    cut = people(Places(tmp_path).vault("practice"))
    again = begin()
    qtbot.waitUntil(lambda: is_laid(again), timeout=60_000)
    again.lock.lock()

    assert cut < 200
    assert people(Places(tmp_path).vault("practice")) == 200
    assert program.became == [()]


def test_tours_and_tests_have_an_empty_practice(start_practice, begin, qtbot, tmp_path):
    program = begin(has_week=False)

    assert program.desk.practising is None
    program.lock.lock()
    assert people(Places(tmp_path).vault("practice")) == 0


def test_to_begin_anew_takes_two_presses_and_destroys_practice_alone(begin, qtbot, tmp_path):
    real = a_closed_vault(Places(tmp_path).vault("real"))
    program = begin(has_week=False)
    desk = program.desk
    desk.window.settings_wanted.emit()
    desk.window.settings.doors.buttons["anew"].click()
    sheet = desk.drawer.anew

    sheet.act_button.click()
    assert program.became == []
    sheet.act_button.click()
    assert program.became == [(ANEW,)]
    again = begin(is_anew=True)

    assert again.unlock.first is not None
    assert not Places(tmp_path).has_vault("practice")
    assert (real / "notes.db").exists()


def test_practice_is_begun_anew_once_and_not_at_every_lock_after_it(monkeypatch):
    seen = []
    monkeypatch.setattr("os.execve", lambda *given: seen.append(given[1]))
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "ui", "--practice", ANEW])

    lock.start_again()
    lock.start_again((ANEW,))

    assert [each[1:] for each in seen] == [
        ["-m", "ui", "--practice"],
        ["-m", "ui", "--practice", ANEW],
    ]


def test_only_practice_has_a_week_and_is_begun_anew():
    parsed = _parser().parse_args

    assert _usual(["--practice"]).has_week
    assert not _usual([]).has_week
    assert _start(parsed(["--practice", ANEW])).is_anew
    assert not _start(parsed([ANEW])).is_anew
    assert not _start(parsed(["--practice", "--tour", "x"])).has_week


def test_what_is_not_there_is_destroyed_without_a_word(tmp_path):
    destroy(tmp_path / "practice")

    assert list(tmp_path.iterdir()) == []
