"""What was not taken leads on only to where something about it can be found."""

import pytest
from pages_for_tests import NIGHT
from PySide6.QtWidgets import QMainWindow

from desktop.domain.referrals import GUARDIAN_UNSAID
from desktop.services.exchange import HubState, Waiting
from sync.protocol.messages import Kind
from ui.syncing.going import Going
from ui.syncing.refused_steps import RefusedSteps
from ui.syncing.words import line_words


@pytest.mark.parametrize(
    ("kind", "agency", "is_law", "leads"),
    [
        (Kind.CONSENT_WITHDRAWN, "관악 센터", False, True),
        (Kind.CONSENT_WITHDRAWN, "", False, False),  # a colleague's: its referral is elsewhere
        (Kind.REFERRAL_REQUEST, "관악 센터", False, True),
        (Kind.REFERRAL_REQUEST, "관악경찰서", True, False),
    ],
)
def test_it_leads_to_the_referral_where_there_is_one_here(qtbot, kind, agency, is_law, leads):
    waiting = Waiting(kind, "r", agency, None, 1, "malformed", is_refused=True, is_law=is_law)
    steps = RefusedSteps(waiting)
    qtbot.addWidget(steps)

    assert steps.again_button.isHidden() is not leads
    assert steps.leave_button.isHidden() is (kind is Kind.CONSENT_WITHDRAWN)


@pytest.mark.parametrize("problem", ["consent-lapsed", GUARDIAN_UNSAID])
@pytest.mark.parametrize("attempts", [0, 1])
def test_what_stays_here_leads_to_its_referral_and_is_left_only_if_it_never_left(
    qtbot, tasks, attempts, problem
):
    window, going = QMainWindow(), Going(tasks)
    qtbot.addWidget(window)
    window.setCentralWidget(going)
    lapsed = Waiting(Kind.REFERRAL_REQUEST, "r", "관악 센터", NIGHT, attempts, problem)

    going.show_waiting((lapsed,), line_words(HubState.REACHED, is_cut=False), going)

    (row,) = going.deciding.rows
    (steps,) = row.findChildren(RefusedSteps)
    assert not steps.again_button.isHidden()
    assert steps.leave_button.isHidden() is bool(attempts)
