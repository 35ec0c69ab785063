"""The whole program with a home of its own, a keyring that works and no other process."""

import gc

import pytest
from fakes import FakeKeychain
from vaults_for_tests import PASSPHRASE, a_closed_vault, a_keychain

import ui.main
from desktop.domain.ids import MeetingId, YouthId
from desktop.domain.youths import Age, Gender
from desktop.paths import Places
from desktop.services import members, outreach, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.settings import Settings, save
from ui.main import Program
from ui.world import Start

ENGLISH = Settings(language="en", theme="light")


class Started:
    """A program, and what it asked to become at its lock."""

    def __init__(self, app, home, world):
        self.became = []
        self.program = Program(app, Start(home, world), self.became.append, members.FLOOR)
        self.program.show()

    def leave(self):
        self.program.lock.close()
        self.program.worker.wait(lambda: None, 5)
        self.program.frame.close()


@pytest.fixture
def keyring(monkeypatch):
    kept = FakeKeychain()
    monkeypatch.setattr(ui.main, "keychain", lambda: kept)
    return kept


@pytest.fixture(scope="session")
def little_to_collect():
    """Leave what all tests share out of every collection from here on."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def start(qapp, qtbot, tmp_path, keyring, little_to_collect):
    begun = []
    gc.collect()  # the last one, here: another thread must not end what belongs to Qt

    def begin(world="real"):
        if not Places(tmp_path).settings.exists():
            save(Places(tmp_path).settings, ENGLISH)
        started = Started(qapp, tmp_path, world)
        begun.append(started)
        qtbot.addWidget(started.program.frame)
        return started

    yield begin
    while begun:
        begun.pop().leave()
    gc.enable()


@pytest.fixture
def start_practice(monkeypatch, start, keyring, tmp_path):
    """Start in practice over a vault, without its network."""
    monkeypatch.setattr("ui.practice.Practice.start", lambda _: None)
    keyring.kept.update(a_keychain().kept)
    a_closed_vault(Places(tmp_path).vault("practice"))
    return lambda: start("practice")


@pytest.fixture
def open_window(start_practice, qtbot):
    """Open the window on a night when one young person was met; nobody is chosen yet."""
    started = start_practice()
    program = started.program
    program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    program.unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    desk, found = program.desk, []
    tasks, moment = desk.tasks, desk.tasks.moment()
    who = NewYouth("하늘", Age.stated(16), Gender.UNSAID, "ko", False)
    tasks.run(lambda vault: outreach.begin(vault, Plan("역"), moment), found.append)
    again = tasks.moment()
    tasks.run(lambda vault: youths.meet(vault, who, "역", again), found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    started.ids = (YouthId(found[1].youth.id), MeetingId(found[1].meeting.id))
    qtbot.waitUntil(lambda: desk.joining is not None)
    desk.joining.skip_button.click()
    return started


@pytest.fixture
def open_note(open_window, qtbot):
    """Open the window on the note of that young person."""
    window = open_window.program.desk.window
    window.open_file(*open_window.ids)
    qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)
    return open_window
