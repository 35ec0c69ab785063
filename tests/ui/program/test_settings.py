"""Settings hold at once and are there the next time."""

import pytest
from PySide6.QtWidgets import QWidget

import desktop.settings
from desktop.paths import Places
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.settings import Settings
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


def test_joining_hands_over_what_the_center_gave(sheet, qtbot):
    hub = sheet.hub
    hub.address.edit.setText("https://hub.example.org")
    hub.code.edit.setText("ABCD-1234")
    hub.key.edit.setText("AB" * 32)

    with qtbot.waitSignal(hub.join_wanted) as heard:
        hub.join_button.click()

    assert heard.args == ["https://hub.example.org", Invitation("ABCD-1234", b"\xab" * 32)]


@pytest.mark.parametrize(
    ("address", "code", "key"),
    [
        ("http://hub.example.org", "ABCD", "ab" * 32),
        ("https://hub.example.org", "", "ab" * 32),
        ("https://hub.example.org", "ABCD", "ab" * 31),
        ("https://hub.example.org", "ABCD", "xy" * 32),
    ],
)
def test_what_cannot_be_right_is_said_and_not_sent(sheet, qtbot, address, code, key):
    hub = sheet.hub
    hub.address.edit.setText(address)
    hub.code.edit.setText(code)
    hub.key.edit.setText(key)

    with qtbot.assertNotEmitted(hub.join_wanted):
        hub.join_button.click()

    assert any(
        field.edit.property("wrong") == "true" for field in (hub.address, hub.code, hub.key)
    )


def test_once_joined_nothing_is_asked(sheet):
    sheet.hub.show_state(EnrolmentState.ENROLLED, "https://hub.example.org")

    assert not sheet.hub.join_button.isVisible()
    assert "https://hub.example.org" in sheet.hub.notice.label.text()


def test_the_theme_button_is_remembered(start, tmp_path):
    program = start().program

    program._on_theme_wanted()

    assert style.current() is style.DARK
    assert desktop.settings.load(Places(tmp_path).settings).theme == "dark"
