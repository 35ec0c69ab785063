"""What upkeep destroys in the inbox by itself stands on no page any more."""

import pytest
from desk_for_tests import NEEDLES, readable
from PySide6.QtWidgets import QLabel

from desktop.domain.inbox import Deed, Gone
from ui.backing_up import BackingUp
from ui.window.forgetting import look_after


@pytest.fixture
def upkeep(office):
    """What looks after the worker's vault once an hour."""
    backing_up = BackingUp(office.desk.moment, first=3_600_000)
    backing_up.begin(office.desk.vault)
    upkeep = look_after(office.window, backing_up, office.desk.moment)
    office.door.looked_after_by(upkeep)
    yield upkeep, backing_up
    backing_up.close(5)


def looks(office, upkeep):
    """Let an hour go by, until all that follows from it is done."""
    tidying, backing_up = upkeep
    tidying.look()
    office.qtbot.waitUntil(lambda: backing_up.is_idle() and office.tasks.is_idle(), timeout=20_000)
    office.settle()


def written(page):
    return {needle for label in page.findChildren(QLabel) for needle in NEEDLES
            if needle in label.text()}  # fmt: skip


@pytest.mark.parametrize("is_in_front", [True, False])
def test_what_upkeep_destroys_does_not_stay_on_the_page(office, upkeep, is_in_front):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    office.desk.do(Deed.COMPLETE)
    office.desk.round()
    if not is_in_front:
        office.press(office.door.page.back_button)
    assert written(office.door.page)

    office.town.hub.clock.turn(days=91)
    office.desk.round()
    looks(office, upkeep)

    assert office.desk.peek().gone is Gone.ENDED
    assert not written(office.door.page)
    assert case.notices.gone.isVisibleTo(case)
    assert not readable(office.desk.vault)


def test_the_door_counts_no_more_what_upkeep_has_destroyed(office, upkeep):
    office.receives()
    assert "1" in office.window.header.inbox_button.text()

    office.town.hub.clock.turn(days=91)
    office.desk.round()
    looks(office, upkeep)

    assert "1" not in office.window.header.inbox_button.text()
