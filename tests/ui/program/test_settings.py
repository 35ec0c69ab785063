"""Settings hold at once and are there the next time."""

import pytest
from PySide6.QtWidgets import QWidget

import desktop.settings
from desktop.errors import InvitationRefused
from desktop.paths import Places
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.settings import Settings
from sync.protocol.tickets import Ticket, plain_code
from sync.protocol.words import root_words, six_words
from ui import style
from ui.settings.sheet import SettingsSheet


@pytest.fixture
def sheet(qtbot):
    window = QWidget()
    window.resize(1180, 680)
    qtbot.addWidget(window)
    window.show()
    sheet = SettingsSheet(window, Settings(language="en", theme="light"))
    sheet.open()
    return sheet


@pytest.mark.parametrize(
    ("part", "key", "changed"),
    [
        ("theme", "dark", {"theme": "dark"}),
        ("language", "ko", {"language": "ko"}),
        ("minutes", "10", {"lock_after_minutes": 10}),
        ("text_size", "130", {"text_size": 130}),
        ("contrast", "high", {"high_contrast": True}),
    ],
)
def test_a_choice_holds_at_once(sheet, qtbot, part, key, changed):
    with qtbot.waitSignal(sheet.changed) as heard:
        getattr(sheet, part).buttons[key].click()

    settings = heard.args[0]
    assert {name: getattr(settings, name) for name in changed} == changed


def test_every_choice_is_one_that_settings_take(sheet):
    for part, name, kind in (
        (sheet.theme, "theme", str), (sheet.language, "language", str),
        (sheet.minutes, "lock_after_minutes", int), (sheet.text_size, "text_size", int),
    ):  # fmt: skip
        for key in part.buttons:
            assert Settings(**{name: kind(key)}).is_sound()


CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RS"
ROOT = bytes(range(32))
TICKET = Ticket(plain_code(CODE), "https://hub.example.org", "org", "counselor", ROOT)


def shown(part):
    return tuple(label.text() for label in part.words.labels)


def test_a_scanned_picture_asks_for_the_six_words_and_then_joins(sheet, qtbot):
    hub = sheet.hub
    hub.code.edit.setText(TICKET.text())
    assert not hub.address.isVisible()

    hub.next_button.click()

    assert hub.comparing.isVisible()
    assert shown(hub.comparing) == root_words(ROOT).en
    with qtbot.waitSignal(hub.join_wanted) as heard:
        hub.comparing.same_button.click()
    assert heard.args == ["https://hub.example.org", Invitation(plain_code(CODE), ROOT)]


def test_a_typed_code_asks_the_hub_for_its_root_first(sheet, qtbot):
    hub = sheet.hub
    hub.code.edit.setText(CODE.lower())
    hub.address.edit.setText("https://hub.example.org")

    with qtbot.waitSignal(hub.root_wanted) as heard:
        hub.next_button.click()
    assert heard.args == ["https://hub.example.org"]
    hub.show_root(ROOT)

    assert shown(hub.comparing) == root_words(ROOT).en
    with qtbot.waitSignal(hub.join_wanted):
        hub.comparing.same_button.click()


def test_other_words_are_not_joined_and_nothing_typed_is_lost(sheet, qtbot):
    hub = sheet.hub
    hub.code.edit.setText(TICKET.text())
    hub.next_button.click()

    with qtbot.assertNotEmitted(hub.join_wanted):
        hub.comparing.back_button.click()

    assert not hub.comparing.isVisible()
    assert hub.code.words() == TICKET.text()
    assert "Do not join" in hub.notice.label.text()


def test_after_a_refused_code_another_can_be_tried(sheet, qtbot):
    hub = sheet.hub
    hub.code.edit.setText(TICKET.text())
    hub.next_button.click()
    hub.comparing.same_button.click()
    assert not hub.comparing.isVisible()
    assert hub.notice.label.text() == "Asking the hub …"
    hub.say_failed(InvitationRefused())

    hub.next_button.click()

    with qtbot.waitSignal(hub.join_wanted):
        hub.comparing.same_button.click()


def test_a_hub_that_does_not_answer_is_said_and_the_address_can_be_looked_at(sheet):
    hub = sheet.hub
    hub.code.edit.setText(CODE)
    hub.address.edit.setText("https://hub.example.org")
    hub.next_button.click()
    hub.show_root(ROOT)
    hub.comparing.same_button.click()

    hub.say_away()

    assert "does not answer" in hub.notice.label.text()
    assert hub.address.isVisible()
    assert hub.address.words() == "https://hub.example.org"


def test_who_waits_to_be_let_in_is_not_asked_for_a_code_when_the_line_breaks(sheet):
    hub = sheet.hub
    hub.code.edit.setText(TICKET.text())
    hub.next_button.click()
    hub.comparing.same_button.click()
    hub.show_state(EnrolmentState.PENDING, "")

    hub.say_away()

    assert not hub.code.isVisible()


def test_nobody_who_compares_words_loses_them_while_the_last_code_is_still_asked_for(sheet):
    hub = sheet.hub
    hub.code.edit.setText(TICKET.text())
    for _ in range(2):
        hub.next_button.click()
        hub.comparing.same_button.click()
        hub.say_away()
    hub.next_button.click()

    hub.say_away()

    assert hub.comparing.isVisible()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://hub.example.org", CODE),
        ("https://hub.example.org", ""),
        ("https://hub.example.org", CODE[:-1]),
        ("https://hub.example.org", TICKET.text()[:-1]),
        ("https://hub.example.org", CODE.replace("0", "U")),
    ],
)
def test_what_cannot_be_right_is_said_and_not_sent(sheet, qtbot, address, code):
    hub = sheet.hub
    hub.address.edit.setText(address)
    hub.code.edit.setText(code)

    with qtbot.assertNotEmitted(hub.root_wanted):
        hub.next_button.click()

    assert not hub.comparing.isVisible()
    assert any(field.edit.property("wrong") == "true" for field in (hub.address, hub.code))


def test_who_waits_sees_the_words_to_read_out(sheet):
    sheet.hub.show_state(EnrolmentState.PENDING, "")

    sheet.hub.show_own_words(six_words(b"laptop"))

    assert sheet.hub.own.isVisible()
    assert shown(sheet.hub.own) == six_words(b"laptop").en


def test_the_door_to_devices_is_there_for_who_looks_after_them(sheet):
    assert not sheet.doors.buttons["devices"].isVisible()

    sheet.doors.show_devices(is_there=True)

    assert sheet.doors.buttons["devices"].isVisible()


def test_once_joined_nothing_is_asked(sheet):
    sheet.hub.show_state(EnrolmentState.ENROLLED, "https://hub.example.org")

    assert not sheet.hub.next_button.isVisible()
    assert "https://hub.example.org" in sheet.hub.notice.label.text()


def test_the_theme_button_is_remembered(start, tmp_path):
    program = start().program

    program._on_theme_wanted()

    assert style.current() is style.DARK
    assert desktop.settings.load(Places(tmp_path).settings).theme == "dark"


def test_joining_again_is_offered_only_once_joined_and_asks_in_two_steps(sheet, qtbot):
    hub = sheet.hub
    assert not hub.again_button.isVisible()
    hub.show_state(EnrolmentState.ENROLLED, "hub")
    assert hub.again_button.isVisible()
    assert not hub.code.isVisible()

    hub.again_button.click()
    assert "shut out" in hub.notice.label.text()
    hub.code.edit.setText(TICKET.text())
    hub.next_button.click()
    assert shown(hub.comparing) == root_words(ROOT).en

    with qtbot.assertNotEmitted(hub.join_wanted), qtbot.waitSignal(hub.again_wanted) as heard:
        hub.comparing.same_button.click()
    assert heard.args == ["https://hub.example.org", Invitation(plain_code(CODE), ROOT)]


def test_whoever_begins_to_join_again_can_leave_it_as_it_is(sheet, qtbot):
    hub = sheet.hub
    hub.show_state(EnrolmentState.ENROLLED, "hub")
    hub.again_button.click()

    with qtbot.waitSignal(hub.staying_wanted):
        hub.stay_button.click()
    hub.show_state(EnrolmentState.ENROLLED, "hub")

    assert hub.again_button.isVisible()
    assert not hub.stay_button.isVisible()
    assert not hub.code.isVisible()


def test_while_it_waits_to_be_let_in_anew_it_shows_its_new_words(sheet):
    words = six_words(b"new")
    sheet.hub.show_state(EnrolmentState.PENDING, "")
    sheet.hub.show_own_words(words, may_stay=True)

    assert shown(sheet.hub.own) == words.en
    assert sheet.hub.stay_button.isVisible()
