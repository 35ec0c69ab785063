"""On a full disk each press says so where it was made, and can be made again."""

from contextlib import contextmanager

import pytest
from desk_for_tests import WORDS, AgencyDesk
from vaults_for_tests import a_vault

from desktop.domain.inbox import Declined, Deed
from desktop.domain.kept_laws import KeptLaw
from desktop.services import withdrawals
from sync.protocol.states import TaskStatus


@contextmanager
def a_full_disk(office):
    """Let the log of the desk's vault grow no more."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (office.desk.vault.folder / "notes.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_law_that_could_not_be_said_says_why_beside_the_press_and_can_be_said_again(office):
    consent, _ = office.town.agreed_and_released(words=WORDS)
    office.town.round()
    office.desk.round()
    keeping = office.choose().keeping
    withdrawals.withdraw(office.town.vault, consent.id, office.town.moment())
    office.town.round()
    office.door.show_round(office.desk.round())
    office.settle()
    office.press(keeping.open_button)
    keeping.laws.buttons[KeptLaw.MEDICAL].click()

    with a_full_disk(office):
        office.press(keeping.act_button)
    assert keeping.wrong.isVisible()
    assert "full" in keeping.wrong.text()
    assert keeping.act_button.isEnabled()

    office.press(keeping.act_button)
    assert keeping.done.isVisible()
    assert not keeping.wrong.isVisible()


def test_a_yes_that_could_not_be_kept_says_why(office):
    office.receives()
    case = office.choose()

    with a_full_disk(office):
        office.press(case.decisions.buttons[Deed.ACCEPT])
    assert case.notices.undone.isVisible()
    assert "full" in case.notices.undone.label.text()

    office.press(case.decisions.buttons[Deed.ACCEPT])
    assert office.desk.peek().status is TaskStatus.ACCEPTED
    assert not case.notices.undone.isVisible()


def test_a_refusal_that_could_not_be_kept_says_why_in_its_second_step(office):
    office.receives()
    case = office.choose()
    step = case.decisions.steps[Deed.DECLINE]
    office.press(case.decisions.buttons[Deed.DECLINE])
    step.reasons.buttons[Declined.FULL.value].click()

    with a_full_disk(office):
        office.press(step.act_button)

    assert "full" in step.wrong.text()
    assert not case.notices.undone.isVisible()


def test_leaving_it_as_it_stands_says_why_it_could_not_be_done(office, tmp_path):
    office.receives()
    colleague = AgencyDesk(
        office.town, a_vault(tmp_path / "other"), office.town.hub.let_in(office.town.shelter)
    )
    colleague.round()
    colleague.do(Deed.ACCEPT)
    colleague.round()
    colleague.vault.close()
    office.desk.do(Deed.DECLINE, Declined.FULL.value)
    office.desk.round()
    office.desk.round()
    late = office.choose().late

    with a_full_disk(office):
        office.press(late.leave_button)
    assert late.wrong.isVisible()
    assert "full" in late.wrong.text()
    assert late.leave_button.isEnabled()

    office.press(late.leave_button)
    assert not late.isVisible()
