"""Windows without a screen, in the language the tests read."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import strays_for_tests
from buses_for_tests import Desktop, a_bus
from desk_for_tests import AgencyDesk
from network_of_one import Town
from night_for_tests import Night
from passing_for_tests import Room
from PySide6.QtWidgets import QWidget
from vaults_for_tests import a_vault

import i18n


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(autouse=True)
def nobody_waits_for_a_double_click(qapp):
    """Let the second of two presses count at once."""
    qapp.setDoubleClickInterval(0)


@pytest.fixture(scope="session")
def strays():
    with strays_for_tests.watched() as found:
        yield found


@pytest.fixture(autouse=True)
def nothing_flashes_up_beside_the_window(strays):
    yield
    found = list(strays)
    strays.clear()
    assert not found


@pytest.fixture(autouse=True)
def no_bus(monkeypatch, tmp_path):
    """Hear nothing of the desktop that the tests run on."""
    for bus in ("SYSTEM", "SESSION"):
        monkeypatch.setenv(f"DBUS_{bus}_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")


@pytest.fixture
def addresses(tmp_path, monkeypatch, no_bus):
    """Run two private buses, and let the program find them."""
    with a_bus(tmp_path / "s") as system, a_bus(tmp_path / "p") as session:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", system)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session)
        yield system, session


@pytest.fixture
def desktop(addresses):
    """Put a stand-in for a Linux desktop on them."""
    desktop = Desktop(*addresses)
    yield desktop
    desktop.close()


@pytest.fixture
def night(qtbot, tmp_path):
    """Open a real vault behind real tasks."""
    tasks = Night(tmp_path / "vault")
    qtbot.waitUntil(tasks.is_idle)
    yield tasks
    assert tasks.close()


@pytest.fixture
def window(qtbot):
    """Show an empty window for sheets to stand over."""
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


@pytest.fixture
def room(qtbot, tmp_path):
    """Open the window over a real vault."""
    room = Room(qtbot, tmp_path / "vault")
    yield room
    room.tasks.close(5)


@pytest.fixture
def haneul(room):
    """Meet somebody, whose page comes to the front."""
    file = room.met()
    room.show(file)
    return file


@pytest.fixture
def town(tmp_path):
    """A counselor's vault that has joined a hub of its own."""
    town = Town(tmp_path / "town", a_vault(tmp_path / "centre"))
    yield town
    town.close()
    town.vault.close()


@pytest.fixture
def desk(town, tmp_path):
    """The desk of the agency there."""
    desk = AgencyDesk(town, a_vault(tmp_path / "desk"))
    yield desk
    desk.vault.close()
