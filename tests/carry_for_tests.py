"""The sheet for handing over, each over a vault of its own."""

from pages_for_tests import settled
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from ui.syncing.carry import CarrySheet
from ui.tasks import Tasks


class Laptop:
    """A window over one vault."""

    def __init__(self, qtbot, town, vault):
        self.qtbot = qtbot
        self.tasks = Tasks(lambda: vault, town.moment)
        self.window = QMainWindow()
        self.window.resize(1000, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        self.sheet = CarrySheet(self.tasks, town.hub.chance, self.window)
        self.changes = []
        self.sheet.changed.connect(lambda: self.changes.append(1))
        self.sheet.begin()

    def press(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settled(self.qtbot, self.tasks)

    def said(self, *words):
        """Wait until the notice says all of this."""
        label = self.sheet.notice.label
        self.qtbot.waitUntil(lambda: all(w in label.text() for w in words), timeout=10_000)
        return label.text()

    def wait_in_the_office(self):
        """Wait for colleagues; return the port."""
        self.press(self.sheet.colleagues.wait_button)
        self.said("Type the address below")
        return self.sheet.office._stall.port

    def send(self, port):
        """Hand over to a colleague who waits."""
        self.press(self.sheet.here.office_button)
        assert self.window.focusWidget() is self.sheet.here.address.edit
        self.sheet.here.address.edit.setText(f"127.0.0.1:{port}")
        self.press(self.sheet.here.send_button)

    def close(self):
        self.sheet.office.close(5)
        self.tasks._worker.wait(lambda: None, 5)
