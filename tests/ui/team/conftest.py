"""Two colleagues on one laptop, each with an open vault, and the sheet of the team."""

import os

import pytest
from pages_for_tests import Clock
from PySide6.QtWidgets import QWidget
from vaults_for_tests import a_vault, by_key

from desktop.services import members
from ui.tasks import Tasks
from ui.team.sheet import TeamSheet
from ui.team.worker import TeamTasks


class Laptop:
    """Where colleagues sit down one after the other."""

    def __init__(self, qtbot, place):
        self._qtbot, self._place, self.sheets = qtbot, place, []

    def __call__(self, label, *, is_answered=True):
        """Return the sheet of the team as it opens for this colleague."""
        own = self._own(label)
        window = QWidget()
        window.resize(1366, 768)
        self._qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        sheet = TeamSheet(TeamTasks(own, self._place / "team", os.urandom), own, window)
        sheet.own = own
        sheet.begin()
        self.sheets.append(sheet)
        if is_answered:
            self._qtbot.waitUntil(lambda: not sheet.waiting.isVisible(), timeout=20_000)
        return sheet

    def leave(self, sheet):
        """Lock: what was open is closed."""
        sheet._tasks.close(5)
        sheet.own.close(5)

    def _own(self, label):
        folder = self._place / label
        if folder.exists():
            return Tasks(lambda: by_key(folder), Clock())
        tasks = Tasks(lambda: a_vault(folder), Clock())
        tasks.run(lambda vault: members.rename(vault, label), lambda _: None)
        return tasks


@pytest.fixture
def sit_down(qtbot, tmp_path):
    laptop = Laptop(qtbot, tmp_path)
    yield laptop
    for sheet in laptop.sheets:
        laptop.leave(sheet)
