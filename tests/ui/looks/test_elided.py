"""Words that are too long give way, and stay one look away."""

import pytest

from ui.widgets.elided import Elided, ElidedIconLabel
from ui.widgets.labels import text

LONG = "Friday night, the third parasol in front of the convenience store"


@pytest.fixture
def shown(qtbot):
    def show(widget, width):
        qtbot.addWidget(widget)
        widget.resize(width, widget.heightForWidth(width) if widget.hasHeightForWidth() else 24)
        widget.grab()
        return widget

    return show


def test_what_is_cut_off_is_in_the_tooltip(shown):
    label = shown(Elided(text(LONG)), 120)

    assert label.toolTip() == LONG


def test_what_fits_has_no_tooltip(shown):
    label = shown(Elided(text("Exit 3")), 400)

    assert label.toolTip() == ""


def test_two_lines_ask_for_their_height_and_no_more_than_two(shown):
    label = shown(Elided(text(LONG), lines=2), 160)

    assert label.heightForWidth(160) == 2 * label.heightForWidth(2000)
    assert label.heightForWidth(60) == label.heightForWidth(160)
    assert label.toolTip() == LONG


def test_a_short_name_is_never_cut_for_its_neighbour(shown):
    label = Elided(text("하늘"), least=200)

    assert label.minimumSizeHint() == label.sizeHint()
    assert Elided(text(LONG), least=200).minimumSizeHint().width() == 200


def test_an_icon_keeps_its_place_before_words_that_give_way(shown):
    label = shown(ElidedIconLabel("map-pin", LONG), 90)

    assert label.icon.width() == 16
    assert label.minimumSizeHint().width() < 90
