"""The keyboard is where a counselor goes on, and what must be seen stays in sight."""

import pytest
from PySide6.QtCore import Qt

from ui import style


@pytest.fixture
def window(open_note, qtbot):
    window = open_note.program.desk.window
    open_note.program.frame.activateWindow()
    window.rail.reload()
    qtbot.waitUntil(lambda: window.rail.people.view.model().rowCount() == 1)
    return window


def settled(qtbot, program):
    qtbot.waitUntil(program.desk.tasks.is_idle)


def test_after_a_new_contact_one_can_write_at_once(open_note, window, qtbot):
    window.rail.new_meeting()
    window.rail.sheet.alias.edit.setText("새벽")

    window.rail.sheet.save_button.click()

    qtbot.waitUntil(lambda: window.pages.note.header.alias.text() == "새벽")
    assert window.focusWidget() is window.pages.note.editor


def test_choosing_in_the_palette_leads_into_the_note(open_note, window, qtbot):
    window.header.search_button.setFocus()
    window.header.search_button.click()
    window.palette_sheet.query.setText("하늘")
    qtbot.waitUntil(lambda: window.palette_sheet._asked[0] == "하늘")
    settled(qtbot, open_note.program)

    qtbot.keyClick(window.palette_sheet.query, Qt.Key.Key_Return)
    settled(qtbot, open_note.program)

    qtbot.waitUntil(lambda: window.focusWidget() is window.pages.note.editor)


def test_enter_on_a_row_leads_into_its_note_and_arrows_do_not(open_note, window, qtbot):
    view = window.rail.people.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    settled(qtbot, open_note.program)
    assert window.focusWidget() is view

    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert window.focusWidget() is window.pages.note.editor


@pytest.mark.parametrize(
    "key", ["new-meeting", "lock", "theme", "sync", "report", "settings", "team", "keys"]
)
def test_every_action_of_the_palette_does_what_it_says(open_note, window, qtbot, key):
    synced = []
    window.sync_wanted.connect(lambda: synced.append(True))
    done = {
        "new-meeting": lambda: window.rail.sheet.isVisible(),
        "lock": lambda: open_note.became == [()],
        "theme": lambda: open_note.program.settings.theme == "dark",
        "sync": lambda: bool(synced),
        "report": window.side.emergency.report.isVisible,
        "settings": open_note.program.desk.window.settings.isVisible,
        "team": lambda: open_note.program.desk.drawer.team.isVisible(),
        "keys": lambda: open_note.program.desk.drawer.keys.isVisible(),
    }

    window.palette_sheet.action_chosen.emit(key)

    qtbot.waitUntil(done[key])


@pytest.fixture
def usual_size(qapp):
    yield
    style.apply(qapp, style.LIGHT)


@pytest.mark.usefixtures("usual_size")
@pytest.mark.parametrize("percent", [100, 130])
def test_the_emergency_numbers_stay_in_sight_on_a_small_laptop(open_note, window, qtbot, percent):
    program = open_note.program
    program.desk.window.settings.text_size.buttons[str(percent)].click()

    program.frame.resize(1366, 768)
    qtbot.waitUntil(lambda: window.side.geometry().right() < window.board.width() == 1366)

    for button in (*window.side.emergency.numbers.values(), window.side.emergency.report_button):
        assert button.visibleRegion().boundingRect().size() == button.size()
