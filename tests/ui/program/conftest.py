"""The whole program with a home of its own, a keyring that works and no other process."""

import pytest
from fakes import FakeKeychain
from vaults_for_tests import a_closed_vault, a_keychain

import ui.main
from desktop.paths import Places
from desktop.services import members
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


@pytest.fixture
def start(qapp, qtbot, tmp_path, keyring):
    begun = []

    def begin(world="real"):
        if not Places(tmp_path).settings.exists():
            save(Places(tmp_path).settings, ENGLISH)
        started = Started(qapp, tmp_path, world)
        begun.append(started)
        qtbot.addWidget(started.program.frame)
        return started

    yield begin
    for started in begun:
        started.leave()


@pytest.fixture
def start_practice(monkeypatch, start, keyring, tmp_path):
    """Start in practice over a vault, without its network."""
    monkeypatch.setattr("ui.world.Practice.start", lambda _: None)
    keyring.kept.update(a_keychain().kept)
    a_closed_vault(Places(tmp_path).vault("practice"))
    return lambda: start("practice")
