"""The sheet of keys over a real vault."""

import os

import pytest
from pages_for_tests import Clock
from PySide6.QtWidgets import QWidget
from vaults_for_tests import WORLD, a_closed_vault, a_keychain, by_key

from desktop.services import members
from ui.members.means import Means
from ui.members.sheet import KeysSheet
from ui.tasks import Tasks


@pytest.fixture
def folder(tmp_path):
    return a_closed_vault(tmp_path / "vault")


@pytest.fixture
def keychain():
    return a_keychain()


@pytest.fixture
def tasks(qtbot, folder):
    tasks = Tasks(lambda: by_key(folder), Clock())
    yield tasks
    tasks.close(5)


@pytest.fixture
def sheet(tasks, keychain, qtbot):
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    making = {
        "world": WORLD, "chance": os.urandom, "keychain": keychain, "cost": members.FLOOR,
    }  # fmt: skip
    sheet = KeysSheet(Means(tasks, os.urandom, lambda: making, lambda: True), window)
    sheet.begin()
    qtbot.waitUntil(tasks.is_idle)
    return sheet
