"""What a Linux desktop says before it sleeps or locks is heard; a missing bus is no error."""

import sys

import pytest
from buses_for_tests import ANOTHER, SIGNS

from ui.locking import places, systems
from ui.locking.signs import Sign

if not sys.platform.startswith("linux"):
    pytest.skip("D-Bus belongs to Linux", allow_module_level=True)

MEANT = {"hint": Sign.SESSION, "saver": Sign.SCREEN}


@pytest.fixture
def heard(desktop, addresses, qtbot):
    """Listen; return every sign that came."""
    from ui.locking.linux import Buses

    buses, came = Buses(*addresses), []
    buses.seen.connect(came.append)
    buses.follow()
    qtbot.waitUntil(lambda: desktop.is_delayed() and buses._own != "")
    came.append(buses)  # kept alive
    return came


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_heard_with_its_meaning(desktop, heard, qtbot, sign):
    desktop.say(sign)

    qtbot.waitUntil(lambda: len(heard) > 1)
    assert heard[1:] == [MEANT.get(sign, sign)]


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign != "session"])
def test_waking_unlocking_and_coming_back_are_no_signs(desktop, heard, qtbot, sign):
    desktop.say(sign, is_beginning=False)
    desktop.say("lid")

    qtbot.waitUntil(lambda: len(heard) > 1)
    assert heard[1:] == [Sign.LID]


@pytest.mark.parametrize("sign", ["session", "hint", "switch"])
def test_another_persons_session_is_not_ours(desktop, heard, qtbot, sign):
    desktop.say(sign, session=ANOTHER)
    desktop.say("lid")

    qtbot.waitUntil(lambda: len(heard) > 1)
    assert heard[1:] == [Sign.LID]


def test_words_of_another_kind_than_they_should_be_do_no_harm(desktop, heard, qtbot):
    desktop.say("odd")
    desktop.say("lid")

    qtbot.waitUntil(lambda: Sign.LID in heard)
    assert set(heard[1:]) <= {Sign.LID, Sign.SCREEN}


def test_the_machine_waits_for_the_lock_while_something_is_open(desktop, heard, qtbot):
    assert desktop.is_delayed()

    heard[0]._delay = None

    qtbot.waitUntil(lambda: not desktop.is_delayed())


def test_the_doctor_learns_which_signs_are_given_here(desktop, addresses):
    from ui.locking.linux import Buses

    assert set(Buses(*addresses).heard()) == set(Sign)


def test_where_there_is_no_bus_nothing_happens(tmp_path, capfd, qapp):
    from ui.locking.linux import Buses

    buses = Buses(f"unix:path={tmp_path}/none", "")
    buses.follow()

    assert buses.heard() == ()
    assert capfd.readouterr() == ("", "")


def test_a_desktop_that_answers_nothing_is_no_error(addresses, qtbot, capfd):
    from ui.locking.linux import Buses

    buses = Buses(*addresses)
    buses.follow()
    buses._system.call  # noqa: B018 - still alive
    qtbot.wait(50)

    assert buses.heard() == ()
    assert buses._delay is None
    assert capfd.readouterr() == ("", "")


def test_without_an_address_dbus_is_not_even_loaded(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "system_bus", lambda: "")
    monkeypatch.setattr(places, "session_bus", lambda: "")

    assert systems.of_this_system(0) is None


def test_no_bus_is_ever_started_for_us(tmp_path):
    assert places.session_bus({}) == ""
    assert places.session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert places.session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert places.system_bus({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/x"}) == "unix:path=/x"
