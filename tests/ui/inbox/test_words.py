"""What the inbox says of a case is so, also once what was told is gone, and without a consent."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import AgencyId, ReferralId
from desktop.domain.inbox import Deed, Glimpse, Gone, Received
from desktop.domain.referrals import Urgency
from sync.protocol.disclosures import ABUSE
from sync.protocol.states import TaskStatus
from ui.inbox import words
from ui.inbox.deciding import DecisionCard


def a_case(status, gone=Gone.HERE, basis=""):
    glimpse = Glimpse(frozenset(), Urgency.ROUTINE, None, "", True, basis)
    shown = glimpse if gone is Gone.HERE else None
    facts = {"glimpse": shown, "gone": gone}
    return Received(
        ReferralId(uuid4()), AgencyId("a"), "쉼터", NOON, Urgency.ROUTINE, status, **facts
    )


@pytest.mark.parametrize(
    ("gone", "status", "said", "tone"),
    [
        (Gone.ENDED, TaskStatus.REQUESTED, "Time is over", "neutral"),
        (Gone.ERASED, TaskStatus.ACCEPTED, "Destroyed", "neutral"),
        (Gone.ERASED, TaskStatus.IN_PROGRESS, "Destroyed", "neutral"),
        (Gone.ENDED, TaskStatus.COMPLETED, "Support finished", "ok"),
        (Gone.ERASED, TaskStatus.FAILED, "Could not be supported", "neutral"),
        (Gone.WITHDRAWN, TaskStatus.CANCELLED, "Consent withdrawn", "neutral"),
    ],
)
def test_a_case_that_is_over_looks_like_none_that_waits_for_somebody(gone, status, said, tone):
    case, later = a_case(status, gone), NOON + timedelta(days=100)

    assert (words.standing(case, later), words.tone(case, later)) == (said, tone)


def test_that_whoever_asked_is_told_is_said_before_it_has_left(qtbot):
    case = replace(a_case(TaskStatus.CANCELLED, Gone.WITHDRAWN), waiting=1)

    assert "쉼터 is told" in words.gone(case)


def test_finishing_what_came_by_law_speaks_of_no_consent(qtbot):
    page, card = QWidget(), DecisionCard()
    qtbot.addWidget(page)
    card.setParent(page)  # shown without one, it would be a window of its own
    about = card.steps[Deed.COMPLETE].about

    card.show_case(a_case(TaskStatus.ACCEPTED, basis=ABUSE), is_same=False)
    assert "consent" not in about.text()
    assert "your organization's time" in about.text()

    card.show_case(a_case(TaskStatus.ACCEPTED), is_same=False)
    assert "than the consent holds" in about.text()
