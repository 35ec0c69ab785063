"""What a night does not need at once is made when it is first needed, and is then as it was."""

import pytest
from PySide6.QtCore import Qt

from ui import style
from ui.consents.card import ConsentCard
from ui.notes.page import NotePage
from ui.referrals.card import ReferralCard
from ui.searching.palette import Palette
from ui.settings.sheet import SettingsSheet
from ui.widgets.sheet import Sheet

LATER = (NotePage, ConsentCard, ReferralCard, Palette, Sheet)


@pytest.fixture
def window(open_window, qtbot):
    window = open_window.program.desk.window
    open_window.program.frame.activateWindow()
    window.rail.reload()
    qtbot.waitUntil(lambda: window.rail.people.view.model().rowCount() == 1)
    return window


@pytest.fixture
def usual_looks(qapp):
    yield
    style.apply(qapp, style.LIGHT)


def choose(window, qtbot, ids):
    window.open_file(*ids)
    qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)


def parts(window):
    header, rail, side, status = window.header, window.rail, window.side, window.status
    middle = window.board.middle
    pages = window.pages
    return (header, rail, middle, pages.consent, pages.referral, side.emergency, status)


def test_nothing_of_it_is_there_before_somebody_is_chosen(window):
    assert [made for kind in LATER for made in window.findChildren(kind)] == []


def test_all_of_it_is_there_once_somebody_is_chosen(open_window, window, qtbot):
    choose(window, qtbot, open_window.ids)

    assert window.pages.note.header.alias.text() == "하늘"
    assert window.pages.consent.isVisible()
    assert window.pages.referral.isVisible()
    column = window.pages.consent.parentWidget().layout()
    assert column.indexOf(window.pages.consent) < column.indexOf(window.pages.referral)


def test_two_files_asked_for_at_once_show_the_last(open_window, window, qtbot):
    youth, meeting = open_window.ids

    window.open_file(youth, None)
    window.open_file(youth, meeting)
    qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)
    qtbot.waitUntil(open_window.program.desk.tasks.is_idle)

    assert not window.pages.note.editor.isReadOnly()


def test_enter_on_the_first_row_leads_into_a_note_that_is_still_being_made(window, qtbot):
    view = window.rail.people.view
    view.setFocus()

    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: window.board.middle.currentIndex() == 1)
    assert window.focusWidget() is window.pages.note.editor


def test_tab_goes_through_the_window_from_left_to_right(open_window, window, qtbot):
    choose(window, qtbot, open_window.ids)

    regions, widget = [], window.header.nextInFocusChain()
    while widget is not window.header:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            regions += [n for n, part in enumerate(parts(window)) if part.isAncestorOf(widget)]
        widget = widget.nextInFocusChain()

    assert regions == sorted(regions)
    assert set(regions) == {0, 1, 2, 4, 5, 6}  # nothing is asked before a referral is written


@pytest.mark.usefixtures("usual_looks")
def test_looks_that_were_changed_before_reach_what_is_made_after(open_window, window, qtbot):
    program = open_window.program
    window.settings.text_size.buttons["130"].click()
    window.settings.theme.buttons["dark"].click()

    choose(window, qtbot, open_window.ids)

    assert window.pages.note.header.alias.font().pixelSize() > style.HERO
    ink = window.pages.note.editor.palette().text().color()
    assert ink.name().lower() == style.DARK.text.lower()
    assert program.settings.text_size == 130


def test_settings_show_what_was_changed_before_they_were_made(open_window, window):
    window.theme_wanted.emit()

    assert window.findChildren(SettingsSheet) == []
    assert window.settings.theme.key() == "dark"


@pytest.mark.parametrize(("size", "is_compact"), [((1440, 900), False), ((1180, 680), True)])
def test_cards_fit_the_window_they_are_made_in(open_window, window, qtbot, size, is_compact):
    open_window.program.frame.resize(*size)
    qtbot.waitUntil(lambda: window.board.width() == size[0])

    choose(window, qtbot, open_window.ids)

    assert window.pages.consent.unique.about.isHidden() is is_compact


def test_locking_before_anybody_was_chosen_is_no_trouble(open_window, window):
    open_window.program.lock.lock()

    assert open_window.became == [()]
