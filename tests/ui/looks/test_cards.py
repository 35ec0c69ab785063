"""A list of cards: drawn from values, with real buttons on one card at a time."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from ui import style
from ui.widgets import card_pictures
from ui.widgets.buttons import Button
from ui.widgets.card_again import show_again
from ui.widgets.card_drawing import _faces
from ui.widgets.card_list import CardList
from ui.widgets.card_rows import CardRow
from ui.widgets.sheet import Sheet


def buttons():
    made = Button("Keep"), Button("Destroy")
    for button in made:
        button.setObjectName(button.text().lower())
    return made


def cards(*names):
    return (
        CardRow(name, about=name, name=name, lines=(("why " * 30, "text2"),)) for name in names
    )


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(800, 400)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


@pytest.fixture
def shown(window):
    sheet = Sheet(window, "Title", "Close")
    listed = CardList("Cards", buttons, are_below=True)
    listed.reached.connect(lambda area: sheet.reveal(listed, area))
    sheet.body.addWidget(listed)
    listed.show_cards((CardRow("Head"), *cards("one", "two", "three", "four", "five")))
    sheet.open(listed)
    sheet.fit()
    listed.sheet = sheet
    return listed


def middle(listed, row):
    return listed.visualRect(listed.rows.index(row)).center()


def acted(listed):
    told = []
    listed.acted.connect(lambda about, name: told.append((about, name)))
    return told


def test_enter_does_what_the_first_button_does(shown, qtbot):
    told = acted(shown)
    qtbot.keyClick(shown, Qt.Key.Key_Down)

    qtbot.keyClick(shown, Qt.Key.Key_Return)

    assert told == [("two", "keep")]


def test_tab_leads_to_the_buttons_of_the_chosen_card_which_say_whose_they_are(shown, qtbot):
    told, window = acted(shown), shown.window()
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    for _ in shown.buttons:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)

    assert window.focusWidget() is shown.buttons[1]
    assert shown.buttons[1].accessibleName() == "two: Destroy"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert told == [("two", "destroy")]


def test_under_the_mouse_the_buttons_are_real_and_afterwards_those_of_the_chosen_card(
    shown, qtbot
):
    told, ground = acted(shown), shown.viewport()
    qtbot.mouseMove(ground, middle(shown, 2))
    qtbot.waitUntil(lambda: shown.buttons[0].accessibleName() == "two: Keep")

    qtbot.mouseMove(shown.sheet.close_button)

    assert told == []
    qtbot.waitUntil(lambda: shown.buttons[0].accessibleName() == "one: Keep")


def test_a_finger_presses_a_button_that_is_only_a_picture_until_then(shown, qtbot):
    told, at = acted(shown), shown.buttons[1].parentWidget().pos() + shown.buttons[1].pos()
    apart = (
        shown.visualRect(shown.rows.index(2)).top() - shown.visualRect(shown.rows.index(1)).top()
    )

    where = at + QPoint(10, 10 + apart)
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert told == [("two", "destroy")]


def test_the_list_is_as_high_as_its_cards_and_the_chosen_one_is_scrolled_to(shown, qtbot):
    bar = shown.sheet._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert shown.verticalScrollBar().maximum() == 0

    shown.choose(4)

    last = shown.visualRect(shown.rows.index(5))
    seen = shown.viewport().visibleRegion().boundingRect()
    assert seen.contains(last.adjusted(0, 0, 0, -8))


def test_a_head_is_no_card(shown):
    assert [card.title for card in shown.cards] == ["one", "two", "three", "four", "five"]
    assert shown.currentIndex().row() == 1
    assert not shown.rows.flags(shown.rows.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_in_the_least_width_no_line_is_broken_and_the_same_is_not_measured_twice(shown, qtbot):
    faces = _faces()
    listed, measured = shown, faces.small_sizes.high.cache_info
    full, before = listed.heightForWidth(400), measured().misses

    assert 0 < listed.heightForWidth(200) < full
    listed.show_cards((CardRow("Head"), *cards("one", "two", "three", "four", "five")))
    assert listed.heightForWidth(400) == full
    assert measured().misses == before


def test_a_ground_that_was_kept_is_the_one_that_would_be_drawn(qtbot):
    drawn = [QImage(120, 80, QImage.Format.Format_RGB32) for _ in range(2)]
    for kept, picture in zip((True, False), drawn, strict=True):
        theme, line = style.current(), ("focus", 2)
        picture.fill(theme.color("surface"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRect(5, 4, 100, 60)
        if kept:
            card_pictures.draw_ground(painter, card, line)
        else:
            card_pictures._draw_ground(painter, theme, card, line)
        painter.end()

    assert drawn[0] == drawn[1]


def test_cards_that_are_asked_for_again_leave_the_chosen_one_chosen(qtbot, window):
    view = CardList("Cards", buttons)
    view.setParent(window)
    view.resize(600, 400)
    view.show()
    view.show_cards(cards("one", "two", "three"))
    view.setFocus()
    view.choose(1)
    reached = []
    view.reached.connect(reached.append)

    show_again(view, (CardRow("head"), *cards("new", "three", "TWO")), lambda about: about.lower())

    assert chosen(view) == "TWO"
    show_again(view, cards("new", "three"), str)  # it is gone: the one in its place
    assert chosen(view) == "three"
    show_again(view, (), str)
    assert view.isHidden()
    show_again(view, cards("one"), str)
    assert chosen(view) == "one"
    assert not reached  # nothing was scrolled


def chosen(view):
    return view.rows.rows[view.currentIndex().row()].about
