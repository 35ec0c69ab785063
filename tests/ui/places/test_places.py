"""Where nights were, read with the arrow keys, down to one night."""

from PySide6.QtCore import Qt

from desktop.services import outreach
from ui.places.sheet import PlacesSheet


def test_a_place_leads_to_its_nights_and_a_night_opens(qtbot, night, window):
    ended = night.begin(qtbot, "영등포역 광장")
    moment = night.moment()
    night.ask(qtbot, lambda vault: outreach.end(vault, ended.id, moment))
    night.begin(qtbot, "신림역 3번 출구")
    night.meet(qtbot, "하늘")
    sheet = PlacesSheet(night, window)

    sheet.begin()
    qtbot.waitUntil(night.is_idle)

    assert [row[:3] for row in _cells(sheet.list)] == [
        ("신림역 3번 출구", "1", "1"), ("영등포역 광장", "1", "0"),
    ]  # fmt: skip
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    qtbot.waitUntil(night.is_idle)
    assert sheet.there.text() == "영등포역 광장"
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.nights.hasFocus()
    with qtbot.waitSignal(sheet.night_chosen) as chosen:
        qtbot.keyClick(sheet.nights, Qt.Key.Key_Return)
    assert chosen.args == [ended.id]


def test_before_the_first_night_it_says_so(qtbot, night, window):
    sheet = PlacesSheet(night, window)

    sheet.begin()
    qtbot.waitUntil(night.is_idle)

    assert sheet.empty.isVisible()
    assert not sheet.list.isVisible()


def _cells(rows):
    """Read the list as a person does: each row's cells."""
    model = rows.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
