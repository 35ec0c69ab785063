"""Every screen of an open vault, and how a hand gets there."""

from builders import a_moment
from pages_for_tests import a_draft, a_handing
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from desktop.domain.youths import Age
from desktop.services import referrals, youths
from desktop.services.youths import NewYouth


def _file(started, qtbot):
    found, window = [], started.program.desk.window
    window._tasks.run(
        lambda vault: youths.open_file(vault, *started.ids, a_moment()), found.append
    )
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def _drop_down(started, qtbot):
    _new_contact(started, qtbot)
    started.program.desk.window.rail.sheet.language.showPopup()


def _menu(started, qtbot):
    editor = started.program.desk.window.pages.note.editor
    started.menu = editor.createStandardContextMenu()
    started.menu.popup(editor.mapToGlobal(editor.rect().center()))


def _dialog(started, qtbot):
    started.dialog = QDialog(started.program.frame)  # as the system's print dialog is
    started.dialog.open()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is started.dialog.windowHandle())


def _new_contact(started, qtbot):
    window = started.program.desk.window
    window.rail.reload()
    qtbot.waitUntil(lambda: window.rail._tonight is not None)
    window.rail.new_meeting()
    window.rail.sheet.alias.edit.setText("새벽별")


def _search(started, qtbot):
    window = started.program.desk.window
    window.header.search_button.click()
    window.palette_sheet.query.setText("하늘")


def _hand_over(started, qtbot):
    window = started.program.desk.window
    file, moment = _file(started, qtbot), window._tasks.moment()
    draft = a_draft(file)
    window._tasks.run(lambda vault: referrals.keep_draft(vault, draft, moment), lambda _: None)
    window.start_sheet.chosen.emit(a_handing(_file(started, qtbot)))


def _record(started, qtbot):
    started.program.desk.reporting.record.open_for(_file(started, qtbot))


def _look_back(started, qtbot):
    window = started.program.desk.window
    window.rail.reload()
    qtbot.waitUntil(lambda: window.rail._tonight is not None)
    window.rail.end()


def _night_plan(started, qtbot):
    rail = started.program.desk.window.rail
    rail.reload()
    qtbot.waitUntil(lambda: rail._tonight is not None)
    rail.card.plan_button.click()


def _safety_plan(started, qtbot):
    desk = started.program.desk
    desk.writing.open_plan()
    qtbot.waitUntil(lambda: desk.writing.plan.isVisible())


def _templates(started, qtbot):
    desk = started.program.desk
    desk.window.drawer_wanted.emit("templates")
    qtbot.waitUntil(lambda: desk.writing.templates.isVisible())


def _consent_texts(started, qtbot):
    desk = started.program.desk
    desk.window.drawer_wanted.emit("texts")
    qtbot.waitUntil(lambda: desk.writing.shelf.isVisible())


def _alias(started, qtbot):
    window, moment = started.program.desk.window, started.program.desk.tasks.moment()
    who, found = NewYouth("이름 없음 2", Age.unknown(), is_nameless=True), []
    window.tasks.run(lambda vault: youths.meet(vault, who, "", moment), found.append)
    qtbot.waitUntil(lambda: bool(found))
    window.open_file(found[0].youth.id, found[0].meeting.id)
    nameless = found[0].youth.id
    qtbot.waitUntil(lambda: window.pages.file and window.pages.file.youth.id == nameless)
    window.drawer_wanted.emit("alias")


def _timeline(started, qtbot):
    desk = started.program.desk
    desk.passing.open_timeline()
    qtbot.waitUntil(lambda: desk.passing.timeline.isVisible())


def _printing(started, qtbot):
    sheet = _sheet_to_print(started, qtbot)
    sheet.see_button.click()
    qtbot.waitUntil(lambda: sheet.preview.isVisible())


def _sheet_to_print(started, qtbot):
    sheet = started.program.desk.passing.printing
    started.program.desk.passing.print_summary()
    qtbot.waitUntil(sheet.isVisible)
    next(iter(sheet.choosing.boxes.values())).setChecked(True)
    sheet.choosing.reason.setCurrentIndex(1)
    sheet.choosing.reader.edit.setText("하늘")
    sheet.choosing.printer.edit.setText("한빛")
    return sheet


def _calendar(started, qtbot):
    evening = started.program.desk.evening
    evening.open_calendar()
    qtbot.waitUntil(lambda: evening.calendar.isVisible())


SCREENS = {
    "alias": _alias,
    "merge": lambda s, qtbot: s.program.desk.window.drawer_wanted.emit("merge"),
    "note": lambda started, qtbot: None,
    "new contact": _new_contact,
    "look back": _look_back,
    "plan": _night_plan,
    "earlier nights": lambda s, qtbot: s.program.desk.evening.open("nights"),
    "timeline": _timeline,
    "printing": _printing,
    "calendar": _calendar,
    "places": lambda s, qtbot: s.program.desk.evening.open("places"),
    "search": _search,
    "settings": lambda s, qtbot: s.program.desk.window.settings_wanted.emit(),
    "keys": lambda s, qtbot: s.program.desk.window.drawer_wanted.emit("keys"),
    "safety plan": _safety_plan,
    "templates": _templates,
    "consent texts": _consent_texts,
    "begin anew": lambda s, qtbot: s.program.desk.window.drawer_wanted.emit("anew"),
    "first evening": lambda s, qtbot: s.program.desk.window.drawer_wanted.emit("learning"),
    "team": lambda s, qtbot: s.program.desk.window.drawer_wanted.emit("team"),
    "carry": lambda s, qtbot: s.program.desk.window.drawer_wanted.emit("carry"),
    "outbox": lambda s, qtbot: s.program.desk.window.status.waiting_button.click(),
    "referral": lambda s, qtbot: s.program.desk.window.write_referral(_file(s, qtbot)),
    "preview": lambda s, qtbot: s.program.desk.window.show_preview(_file(s, qtbot)),
    "pin": lambda s, qtbot: s.program.desk.window.ask_for_pin(_file(s, qtbot)),
    "hand-over": _hand_over,
    "report": lambda s, qtbot: s.program.desk.window.side.emergency.open_report(),
    "record": _record,
    "signing": lambda s, qtbot: s.program.desk.reporting.open_signing(),
    "drop-down": _drop_down,
    "menu": _menu,
    "dialog": _dialog,
}


def press(key, *held):
    """Press where the system would: at the window that has the keyboard."""
    from PySide6.QtTest import QTest

    flags = Qt.KeyboardModifier.NoModifier
    for each in held:
        flags |= each
    QTest.keyClick(QGuiApplication.focusWindow(), key, flags)
