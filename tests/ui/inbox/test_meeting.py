"""An appointment is typed in the time in which it is told, whatever zone the laptop is set to."""

import time
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QDateTimeEdit

from i18n import formats
from i18n.formats import SEOUL
from ui.inbox.meeting import MeetPart

NOW = datetime(2026, 11, 20, 5, 20, tzinfo=UTC)
"""14:20 in Seoul."""


@pytest.fixture(params=["Asia/Seoul", "UTC0", "EST5EDT,M3.2.0,M11.1.0", "XXX-13"])
def meet(request, monkeypatch, qtbot):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    part = MeetPart()
    qtbot.addWidget(part)
    part.propose(NOW)
    part.show()
    yield part
    monkeypatch.undo()
    time.tzset()


def test_the_next_full_hour_is_proposed_as_it_is_told(meet):
    assert meet.at.text() == "2026-11-20  15:00"
    assert meet.appointment().at == datetime(2026, 11, 20, 15, tzinfo=SEOUL)


def test_whoever_types_an_hour_sends_a_young_person_there_at_that_hour(meet, qtbot):
    meet.at.setSelectedSection(QDateTimeEdit.Section.HourSection)
    qtbot.keyClicks(meet.at, "17")

    assert meet.at.text() == "2026-11-20  17:00"
    assert formats.day_and_clock(meet.appointment().at) == "Nov 20, 17:00"
