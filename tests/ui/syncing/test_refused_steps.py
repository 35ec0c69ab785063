"""What was not taken leads on only to where something about it can be found."""

import pytest

from desktop.services.exchange import Waiting
from sync.protocol.messages import Kind
from ui.syncing.refused_steps import RefusedSteps


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
