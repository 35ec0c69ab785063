"""The directory is read without writing a referral, narrowed by what is needed, by keyboard."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pages_for_tests import CENTER, settled
from PySide6.QtCore import Qt

from desktop.domain.agencies import Agency, AgencyKind, Category, Service
from desktop.domain.finding_help import Now
from desktop.domain.ids import AgencyId
from desktop.domain.opening import Hours
from desktop.services.agencies import Directory
from desktop.settings import Settings
from ui.referrals.book import AgenciesSheet
from ui.referrals.picker import Picker
from ui.window.window import Window

FRIDAY_NIGHT = Now(datetime(2026, 11, 27, 12, 40, tzinfo=UTC), lambda _: False)
BED = Service(
    "b", "긴급 보호", Category.PROTECT, "", 9, 18, languages=frozenset({"vi"}), free=2,
    assured=date(2026, 10, 1),
)  # fmt: skip
SHELTER = Agency(
    AgencyId("s"), "은하쉼터", AgencyKind.YOUTH_ORGANIZATION, phone="033-000-0001",
    services=(BED,), opening=(Hours(frozenset(range(7)), 0, 1440),),
    district="강원특별자치도 춘천시",
)  # fmt: skip
OFFICE = replace(
    SHELTER, id=AgencyId("o"), name="낮센터", district="서울특별시 관악구",
    opening=(Hours(frozenset(range(5)), 540, 1080),), services=(replace(BED, free=0),),
)  # fmt: skip


@pytest.fixture
def book(qtbot):
    picker = Picker(is_book=True)
    qtbot.addWidget(picker)
    picker.show_directory(Directory((CENTER, OFFICE, SHELTER), FRIDAY_NIGHT), None)
    picker.show()
    return picker


def shown(picker):
    rows = picker.list.model()
    return [rows.data(rows.index(n, 0)) for n in range(rows.rowCount())]


def test_nothing_is_narrowed_beforehand(book):
    assert len(shown(book)) == 3
    assert book.needing.isHidden()
    assert not book.needing.open_now.isChecked()


def test_by_district_language_age_hours_and_room(book):
    book.switch()
    needing = book.needing
    needing.district.setCurrentIndex(needing.district.findData("강원특별자치도 춘천시"))
    assert shown(book) == [CENTER.name, "은하쉼터"]  # of the centre the book does not say where

    needing.clear()
    needing.language.setCurrentIndex(needing.language.findData("vi"))
    assert shown(book) == ["낮센터", "은하쉼터"]
    needing.open_now.setChecked(True)
    needing.has_room.setChecked(True)
    assert shown(book) == ["은하쉼터"]
    needing.age.setCurrentIndex(needing.age.findData(24))
    assert shown(book) == []
    assert book.none.isVisible()

    book.switch()
    assert len(shown(book)) == 3


def test_one_agency_says_its_number_large_whether_open_and_since_when(book):
    book.choose(SHELTER.id)

    detail = book.detail
    assert (detail.phone.text(), detail.phone.isVisible()) == ("033-000-0001", True)
    words = detail.words.text()
    assert "Open now" in words
    assert "Last checked on October 1, 2026" in words
    assert "2 free places" in words
    assert "Speaks: Vietnamese" in words


def test_a_holiday_is_told(book):
    now = replace(
        FRIDAY_NIGHT, at=datetime(2026, 11, 27, 3, tzinfo=UTC), is_holiday=lambda _: True
    )
    book.show_directory(Directory((OFFICE,), now), OFFICE.id)

    assert "Public holiday: call before you go" in book.detail.words.text()


def test_the_sheet_opens_over_the_window_before_there_is_a_directory(qtbot, tasks):
    window = Window(tasks, Settings(), lambda n: bytes(n))
    qtbot.addWidget(window)
    window.show()
    sheet = AgenciesSheet(tasks, window)
    sheet.begin(None)
    settled(qtbot, tasks)

    assert sheet.isVisible()
    assert sheet.none.isVisible()
    assert not sheet.picker.isVisible()


def test_the_palette_finds_an_agency_and_opens_it(qtbot, joined):
    window = Window(joined, Settings(), lambda n: bytes(n))
    qtbot.addWidget(window)
    window.show()
    wanted = []
    window.agency_wanted.connect(wanted.append)
    palette = window.palette_sheet
    palette.open_at(window.header.search_button)
    palette.query.setText("쉼터")
    qtbot.waitUntil(lambda: palette._asked[0] == "쉼터" and joined.is_idle(), timeout=5000)
    rows = palette.list.model()
    titles = [rows.data(rows.index(n)) for n in range(rows.rowCount())]
    place = next(n for n, title in enumerate(titles) if "쉼터" in title)

    palette._choose(rows.index(place))
    assert len(wanted) == 1
    sheet = AgenciesSheet(joined, window)
    sheet.begin(wanted[0])
    settled(qtbot, joined)

    assert sheet.picker.agency.id == wanted[0]
    assert sheet.picker.detail.phone.text()


def by_tab(qtbot, book):
    """Go through the search, and on until the list is passed."""
    book.search.setFocus()
    places = []
    while book.list not in places or book.list.hasFocus():
        qtbot.keyClick(book.focusWidget(), Qt.Key.Key_Tab)
        places.append(book.focusWidget())


@pytest.mark.parametrize("chosen", [None, SHELTER])
def test_whoever_comes_by_with_tab_chooses_nothing(qtbot, book, chosen):
    if chosen:
        book.choose(chosen.id)
        book.search.setText(OFFICE.name)
    with qtbot.assertNotEmitted(book.chosen):
        by_tab(qtbot, book)

    assert book.agency == chosen
    assert not book.list.selectionModel().hasSelection()


def test_the_first_arrow_chooses_the_first(qtbot, book):
    book.list.setFocus()

    with qtbot.waitSignal(book.chosen) as heard:
        qtbot.keyClick(book.list, Qt.Key.Key_Down)

    assert heard.args[0].name == shown(book)[0]


def test_a_click_chooses_the_row_it_is_on(qtbot, book):
    rows = book.list.model()

    for n in (1, 2):
        place = book.list.visualRect(rows.index(n, 0)).center()
        with qtbot.waitSignal(book.chosen) as heard:
            qtbot.mouseClick(book.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert heard.args[0].name == shown(book)[n]
