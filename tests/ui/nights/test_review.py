"""The night ends in one calm step, and its numbers can be copied then and later."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.domain.outreach import Tally
from desktop.domain.promises import Due
from desktop.services import nights, notes, outreach, promises
from desktop.services.promises import NewPromise
from ui.nights.past import PastSheet
from ui.nights.review import ReviewSheet
from ui.widgets.card import Card


@pytest.fixture
def window(qtbot):
    made = Card()
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    return made


@pytest.fixture
def review(qtbot, night, window):
    return ReviewSheet(night, window)


def count(qtbot, night, tally, by):
    moment = night.moment()
    night.ask(qtbot, lambda vault: outreach.count(vault, tally, by, moment))


def shown(qtbot, night, sheet, begun):
    sheet.begin(begun.id)
    qtbot.waitUntil(night.is_idle)
    assert sheet.isVisible()


def test_a_finished_night_says_so_and_ends_at_enter(qtbot, night, review):
    begun = night.begin(qtbot)
    count(qtbot, night, Tally.HOT_PACK, 3)
    shown(qtbot, night, review, begun)

    assert not review.list.rows
    assert "finished" in review.left.label.text()
    assert review.end_button.hasFocus()
    with qtbot.waitSignal(review.ended):
        qtbot.keyClick(review.end_button, Qt.Key.Key_Space)
    qtbot.waitUntil(night.is_idle)

    assert night.ask(qtbot, outreach.tonight) is None
    assert review.title.text() == "The night is over"
    assert review.end_button.isHidden()
    review.copy_button.click()
    assert "Hot packs 3" in QGuiApplication.clipboard().text()
    assert "한빛" not in QGuiApplication.clipboard().text()
    assert "관악경찰서" in QGuiApplication.clipboard().text()


def test_what_is_not_finished_is_a_row_that_opens_it_and_hinders_nothing(qtbot, night, review):
    begun = night.begin(qtbot)
    file = night.meet(qtbot, "하늘")
    moment = night.moment()
    ids = (file.youth.id, file.meeting.id)
    night.ask(qtbot, lambda vault: notes.save(vault, *ids, "벤치에 있음", moment))
    shown(qtbot, night, review, begun)

    (row,) = review.list.rows
    assert review.on_button.hasFocus()
    assert row.open_button.accessibleName() == "하늘, Note not finished: Open"
    with qtbot.waitSignal(review.youth_chosen) as chosen:
        row.open_button.click()

    assert chosen.args == list(ids)
    assert review.isHidden()
    shown(qtbot, night, review, begun)
    review.end_button.click()
    qtbot.waitUntil(night.is_idle)
    assert night.ask(qtbot, outreach.tonight) is None


def test_a_contact_that_was_not_kept_is_said_before_it_cannot_be_kept(qtbot, night, review):
    begun = night.begin(qtbot)
    review.begin(begun.id, is_half_typed=True)
    qtbot.waitUntil(night.is_idle)

    (row,) = review.list.rows
    with qtbot.waitSignal(review.contact_wanted):
        row.open_button.click()


def test_promises_are_counted_and_one_that_was_due_is_a_row(qtbot, night, review):
    begun = night.begin(qtbot)
    youth, moment = night.meet(qtbot, "하늘").youth.id, night.moment()
    new = NewPromise(youth, "전화", Due(begun.night()))
    night.ask(qtbot, lambda vault: promises.make(vault, new, moment))

    shown(qtbot, night, review, begun)

    assert review.promised.text() == "Promises: 1 made"
    assert "promise" in review.list.rows[0].open_button.accessibleName()
    with qtbot.waitSignal(review.youth_chosen) as chosen:
        review.list.rows[0].open_button.click()
    assert chosen.args[0] == youth


def test_going_on_ends_nothing(qtbot, night, review):
    begun = night.begin(qtbot)
    shown(qtbot, night, review, begun)

    qtbot.keyClick(review, Qt.Key.Key_Escape)

    assert review.isHidden()
    assert night.ask(qtbot, outreach.tonight).outreach.id == begun.id


@pytest.fixture
def past(qtbot, night, window):
    for leaflets in (20, 30):
        begun = night.begin(qtbot)
        count(qtbot, night, Tally.LEAFLET, leaflets)
        moment = night.moment()
        night.ask(qtbot, lambda vault, n=begun.id, at=moment: outreach.end(vault, n, at))
    sheet = PastSheet(night, window)
    sheet.begin()
    qtbot.waitUntil(night.is_idle)
    return sheet


def test_a_month_is_a_list_with_all_of_it_on_top(past):
    model = past.list.rows

    assert past.month.text() == "November 2026"
    assert model.rowCount() == 3
    whole = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert whole.startswith("The whole month, 2 nights, Met 0")
    assert "Flyers handed out: 50" in past.counts.words()


def test_the_arrow_keys_show_the_numbers_of_one_night(qtbot, past):
    qtbot.keyClick(past.list, Qt.Key.Key_Down)

    assert "Flyers handed out: 30" in past.counts.words()
    assert past.counts.words().startswith("November 20, 2026 · 신림역")


def test_enter_opens_one_night_again(qtbot, night, past):
    qtbot.keyClick(past.list, Qt.Key.Key_Down)

    with qtbot.waitSignal(past.night_chosen):
        past.list.activated.emit(past.list.currentIndex())

    assert past.isHidden()


def test_a_month_without_nights_says_so_and_leads_back(qtbot, night, past):
    assert not past.earlier.isEnabled()
    assert not past.later.isEnabled()

    past._ask(past._page.month.moved(-1))
    qtbot.waitUntil(night.is_idle)

    assert past.empty.isVisible()
    assert past.list.isHidden()
    past.later.setFocus()
    past.later.click()
    qtbot.waitUntil(night.is_idle)
    assert past.list.isVisible()
    assert past.list.hasFocus()


def test_the_month_is_saved_where_somebody_chooses(qtbot, night, past, tmp_path, monkeypatch):
    file = tmp_path / "report.csv"
    monkeypatch.setattr(
        "ui.nights.past.QFileDialog.getSaveFileName", lambda *_: (str(file), "CSV (*.csv)")
    )

    past.save_button.click()
    qtbot.waitUntil(night.is_idle)

    head, *lines = file.read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert len(head.split(",")) == len(lines[0].split(",")) == len(nights.COLUMNS)
    assert past.notice.isVisible()
