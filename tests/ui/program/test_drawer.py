"""Keys and team in the whole program: beside the line, the backups and the lock."""

from builders import NOON
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from vaults_for_tests import PASSPHRASE, WORLD

from desktop.paths import Places
from desktop.services import members, team
from desktop.services.exchange import HubState, Round


def on_paper(paper):
    for field, number in zip(paper.fields, paper.asked, strict=True):
        field.edit.setText(paper.groups[number])
    paper.done_button.click()


def start_a_team(desk, qtbot):
    desk.window.drawer_wanted.emit("team")
    sheet = desk.drawer.team
    qtbot.waitUntil(sheet.entering.isVisible)
    sheet.entering.name.edit.setText("목요일 순찰팀")
    sheet.entering.label.edit.setText("솔")
    sheet.entering.enter_button.click()
    qtbot.waitUntil(lambda: sheet.paper is not None, timeout=20_000)


def test_new_keys_are_made_though_line_team_and_backups_are_open_and_then_it_locks(
    open_window, keyring, tmp_path, qtbot
):
    program = open_window.program
    desk = program.desk
    start_a_team(desk, qtbot)
    desk.drawer.team.leave()

    desk.window.drawer_wanted.emit("keys")
    desk.drawer.keys.list.buttons["renew"].click()
    task = desk.drawer.keys.task
    task.passphrase.edit.setText(PASSPHRASE)
    task.act_button.click()
    qtbot.waitUntil(lambda: task.paper is not None, timeout=30_000)
    on_paper(task.paper)
    qtbot.waitUntil(lambda: open_window.became == [()], timeout=20_000)

    folder = Places(tmp_path).vault("practice")
    again = members.unlock(folder, PASSPHRASE, world=WORLD, keychain=keyring, now=NOON).vault
    again.verify()
    again.close()


def test_at_lock_the_team_is_closed_too(open_window, keyring, tmp_path, qtbot):
    program, places = open_window.program, Places(tmp_path)
    start_a_team(program.desk, qtbot)

    program.lock.lock()

    assert open_window.became == [()]
    own = members.unlock(
        places.vault("practice"), PASSPHRASE, world=WORLD, keychain=keyring, now=NOON
    ).vault
    opened = team.open_team(own, places.team("practice"), now=NOON)
    assert opened.notices == ()  # closed in good order
    opened.vault.close()
    own.close()


def test_nothing_of_the_team_is_open_before_it_is_asked_for(open_window):
    assert open_window.program.desk.drawer is None


def test_settings_lead_to_keys_and_team(open_window, qtbot):
    window = open_window.program.desk.window
    for key in ("keys", "team"):
        window.settings_wanted.emit()
        window.settings.doors.buttons[key].click()

        sheet = getattr(open_window.program.desk.drawer, key)
        assert sheet.isVisible()
        assert not window.settings.isVisible()
        sheet.leave()


def test_whoever_answers_the_telephone_finds_the_number_by_ctrl_k(open_window, qtbot):
    desk = open_window.program.desk
    palette = desk.window.palette_sheet
    qtbot.waitUntil(desk.window.tasks.is_idle)
    desk.window.header.search_button.click()
    palette.query.setText("called with a number")
    qtbot.waitUntil(lambda: palette.list.currentIndex().data() == "Somebody called with a number")
    QTest.keyClick(palette.query, Qt.Key.Key_Return)

    sheet = desk.numbered.sheet
    qtbot.waitUntil(sheet.isVisible)
    QTest.keyClicks(sheet.field.edit, "0123 4567 89AB")
    QTest.keyClick(sheet.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.sync_button.isVisible)
    asked = []
    sheet._ask = lambda: asked.append(True)

    desk.line.round_done.emit(Round(HubState.REACHED, came=1))

    assert asked == [True]
