"""A month read and opened with the keyboard: days, what they hold, and the months beside it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

import i18n
from desktop.domain.promises import Due
from desktop.services import promises
from desktop.services.promises import NewPromise
from ui.calendar.grid import DAY
from ui.calendar.sheet import CalendarSheet

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def begun(qtbot, night):
    night.begun = night.begin(qtbot)
    night.youth = night.meet(qtbot, "하늘").youth.id
    moment, new = night.moment(), NewPromise(night.youth, "전화", Due(FRIDAY))
    night.ask(qtbot, lambda vault: promises.make(vault, new, moment))
    return night


@pytest.fixture(params=["ko", "en"])
def sheet(request, qtbot, begun, window):
    i18n.use(request.param)
    sheet = CalendarSheet(begun, window)
    sheet.begin()
    qtbot.waitUntil(begun.is_idle)
    return sheet


def key(qtbot, night, widget, which):
    qtbot.keyClick(widget, which)
    qtbot.waitUntil(night.is_idle)


def chosen(sheet):
    return sheet.grid.currentIndex().data(DAY)


def test_it_opens_on_the_day_that_is_now_with_what_it_holds(sheet):
    head = sheet.grid.days.headerData(0, Qt.Orientation.Horizontal)

    assert chosen(sheet) == FRIDAY
    assert head == {"ko": "일", "en": "Sun"}[i18n.language()]
    rows = [sheet.list.item(n).text() for n in range(sheet.list.count())]
    assert len(rows) == 2
    assert "신림역" in rows[0]
    assert "하늘" in rows[1]
    assert not any("전화" in row for row in rows)  # an alias, and no word more
    said = sheet.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert {"ko": "약속 1건", "en": "1 promise due"}[i18n.language()] in said


def test_keys_choose_days_turn_months_and_open_what_is_there(qtbot, begun, sheet):
    key(qtbot, begun, sheet.grid, Qt.Key.Key_Right)
    assert chosen(sheet) == date(2026, 11, 21)
    assert sheet.empty.isVisible()

    key(qtbot, begun, sheet.grid, Qt.Key.Key_PageDown)
    assert chosen(sheet) == date(2026, 12, 1)
    christmas = sheet.grid.days.index(3, 5)
    assert christmas.data(DAY) == date(2026, 12, 25)
    name = {"ko": "기독탄신일", "en": "Christmas Day"}[i18n.language()]
    assert name in christmas.data(Qt.ItemDataRole.AccessibleTextRole)

    key(qtbot, begun, sheet.grid, Qt.Key.Key_PageUp)
    sheet.today_button.click()
    qtbot.waitUntil(begun.is_idle)
    key(qtbot, begun, sheet.grid, Qt.Key.Key_Return)
    assert sheet.list.hasFocus()
    with qtbot.waitSignal(sheet.night_chosen) as night:
        key(qtbot, begun, sheet.list, Qt.Key.Key_Return)
    assert night.args == [begun.begun.id]
    assert not sheet.isVisible()


def test_a_promise_leads_to_whom_it_is_about(qtbot, begun, sheet):
    sheet.list.setCurrentRow(1)

    with qtbot.waitSignal(sheet.youth_chosen) as youth:
        key(qtbot, begun, sheet.list, Qt.Key.Key_Return)

    assert youth.args == [begun.youth, None]
