"""A sync that would take more than a tenth or twenty away stops and asks, whatever its pages."""

from datetime import timedelta

import pytest
from desk_for_tests import WORDS, AgencyDesk
from vaults_for_tests import a_vault, by_key

from desktop.domain.inbox import Declined, Deed, Gone
from desktop.services import exchange, removals
from desktop.services.exchange import HubState
from desktop.vault import inbox, removed
from desktop.vault.inbox import Arrived, Packed
from desktop.vault.steps import Step
from sync.client.pace import Pace
from sync.protocol.states import TaskStatus

YEAR = timedelta(days=365)


class Desk(AgencyDesk):
    """A desk that holds many cases, and hears of some in pages of a few."""

    def __init__(self, town, folder, writer=None):
        super().__init__(town, a_vault(folder), writer)
        self.clock_off = timedelta()

    def receives(self, count):
        """Take in so many real cases; return their ids."""
        sent = [
            str(self.town.agreed_and_released(words=WORDS)[1].referral.id) for _ in range(count)
        ]
        while self.town.round().sent:
            pass
        self.catches_up()
        return sent

    def holds(self, count):
        """Hold so many cases, those that have come among them."""
        with self.vault.transaction() as db:
            for n in range(inbox.held(db), count):
                ref, now = f"00000000-0000-4000-8000-{n:012}", self.town.now
                arrived = Arrived(ref, self.town.centre.org, "", "consent", "routine", now, None)
                inbox.add(db, arrived, Step("received", now, ref))
                inbox.keep_packet(db, ref, Packed(1, b"{}", "d" * 64))

    def in_pages_of(self, count):
        self.line.pace = Pace(count)
        return self

    def round(self, may_remove=0):
        now = self.town.now + self.clock_off
        return exchange.exchange(self.vault, self.line, now, may_remove=may_remove)

    def catches_up(self, most=99):
        """Make rounds until nothing comes or it asks; return the last."""
        for _ in range(most):
            done = self.round()
            if not done.came:
                break
        return done

    def here(self):
        with self.vault.reading() as db:
            return inbox.held(db)

    def kept(self):
        with self.vault.reading() as db:
            return removed.kept(db)

    def locks(self):
        """Close and open again, as every lock does."""
        folder = self.vault.folder
        self.vault.close()
        self.vault = by_key(folder)


@pytest.fixture
def desk(town, tmp_path):
    desk = Desk(town, tmp_path / "desk")
    yield desk
    desk.vault.close()


def call_off(town, refs):
    """Let whoever asked call these off, one after the other."""
    for ref in refs:
        assert town.hub.outcomes(town.centre, town.centre.cancel(ref)) == ["accepted"]


@pytest.mark.parametrize("page", [100, 3])
def test_exactly_a_tenth_goes_and_one_more_is_asked_about(town, desk, page):
    sent = desk.receives(5)
    desk.holds(40)
    call_off(town, sent[:4])
    assert desk.in_pages_of(page).catches_up().state is HubState.REACHED
    assert desk.here() == 36

    call_off(town, sent[4:])
    stopped = desk.round()

    assert (stopped.state, stopped.problem, stopped.removed) == (HubState.WOULD_REMOVE, "1", 4)
    assert desk.here() == 36


def test_just_above_a_tenth_at_once_is_asked_about(town, desk):
    sent = desk.receives(5)
    desk.holds(49)
    call_off(town, sent)

    assert desk.round().state is HubState.WOULD_REMOVE
    desk.holds(50)
    assert desk.round().state is HubState.REACHED


@pytest.mark.parametrize("page", [100, 7])
def test_twenty_go_of_very_many_and_the_next_is_asked_about(town, desk, page):
    sent = desk.receives(21)
    desk.holds(400)
    call_off(town, sent[:20])
    assert desk.in_pages_of(page).catches_up().state is HubState.REACHED
    assert desk.here() == 380

    call_off(town, sent[20:])

    assert desk.round().state is HubState.WOULD_REMOVE
    assert desk.here() == 380


def test_twenty_one_at_once_of_very_many_are_asked_about(town, desk):
    sent = desk.receives(21)
    desk.holds(400)
    call_off(town, sent)

    stopped = desk.in_pages_of(100).round()

    assert (stopped.state, stopped.problem) == (HubState.WOULD_REMOVE, "21")


def test_small_pages_do_not_take_away_little_by_little(town, desk):
    sent = desk.receives(14)
    desk.holds(42)
    call_off(town, sent)
    desk.in_pages_of(3)

    stopped = desk.catches_up()
    assert (stopped.state, stopped.problem, stopped.removed) == (HubState.WOULD_REMOVE, "3", 3)
    assert desk.here() == 39

    # Whoever agreed is asked again after as much as nobody is asked about at first.
    gone = []
    while stopped.state is HubState.WOULD_REMOVE:
        assert desk.round(may_remove=3).came
        stopped = desk.catches_up()
        gone.append(42 - desk.here())
    assert gone == [9, 14]


def test_the_few_that_always_go_are_few_in_one_sync_together(town, desk):
    sent = desk.receives(6)

    for count, ref in enumerate(sent[:4]):
        call_off(town, [ref])
        done = desk.round()
        is_asked = count >= removals.FEW
        assert done.state is (HubState.WOULD_REMOVE if is_asked else HubState.REACHED)
        town.hub.clock.turn(hours=7)

    assert desk.here() == 3


def test_a_lock_in_between_begins_nothing_anew(town, desk):
    sent = desk.receives(6)
    call_off(town, sent[:3])
    desk.round()
    desk.locks()
    call_off(town, sent[3:4])

    assert desk.round().state is HubState.WOULD_REMOVE
    desk.locks()
    assert desk.round().state is HubState.WOULD_REMOVE


@pytest.mark.parametrize("off", [YEAR, -YEAR])
def test_a_wrong_clock_does_not_end_a_sync(town, desk, off):
    sent = desk.receives(6)
    call_off(town, sent[:3])
    desk.round()
    desk.clock_off = off
    call_off(town, sent[3:4])

    assert desk.round().state is HubState.WOULD_REMOVE
    desk.clock_off = timedelta()
    assert desk.round().state is HubState.WOULD_REMOVE


def test_a_hub_that_lies_about_the_time_does_not_end_a_sync(town, desk):
    sent = desk.receives(6)
    call_off(town, sent[:3])
    desk.round()
    call_off(town, sent[3:4])
    town.hub.clock.turn(days=365)
    desk.clock_off = -YEAR

    assert desk.round().state is HubState.WOULD_REMOVE


@pytest.mark.parametrize("off", [timedelta(), YEAR, -YEAR])
def test_the_next_evening_is_another_sync_by_a_clock_that_is_wrong_too(town, desk, off):
    desk.clock_off = off
    sent = desk.receives(6)
    call_off(town, sent[:3])
    desk.round()
    town.hub.clock.turn(hours=8)
    call_off(town, sent[3:5])

    assert desk.round().came == 2
    assert (desk.here(), desk.kept().count) == (1, 2)


def test_a_question_stays_open_until_somebody_agrees(town, desk):
    sent = desk.receives(8)
    call_off(town, sent[:3])
    desk.round()
    call_off(town, sent[3:4])
    assert desk.round().state is HubState.WOULD_REMOVE
    asked = desk.kept()
    town.hub.clock.turn(days=30)
    assert desk.round().state is HubState.WOULD_REMOVE
    assert desk.kept() == asked  # written once

    assert desk.round(may_remove=1).state is HubState.REACHED
    call_off(town, sent[4:7])
    assert desk.round().state is HubState.REACHED
    assert desk.here() == 1


def test_a_question_about_what_went_here_meanwhile_is_closed(town, desk):
    sent = desk.receives(8)
    call_off(town, sent[:3])
    desk.round()
    call_off(town, sent[3:4])
    assert desk.round().state is HubState.WOULD_REMOVE
    (case,) = (each for each in desk.cases() if str(each.id) == sent[3])
    desk.do(Deed.DECLINE, Declined.FULL.value, ref=case.id)

    assert desk.catches_up().state is HubState.REACHED
    town.hub.clock.turn(hours=8)
    call_off(town, sent[4:7])

    assert desk.round().came == 3


def test_more_than_was_agreed_to_is_asked_about_anew(town, desk):
    sent = desk.receives(8)
    call_off(town, sent[:4])
    assert desk.round().problem == "4"
    call_off(town, sent[4:6])

    stopped = desk.round(may_remove=4)

    assert (stopped.state, stopped.problem, desk.here()) == (HubState.WOULD_REMOVE, "6", 8)
    assert desk.round(may_remove=6).state is HubState.REACHED
    assert desk.here() == 2


@pytest.mark.parametrize("to", [TaskStatus.CANCELLED, TaskStatus.ENTERED_IN_ERROR])
def test_a_status_that_calls_off_counts_as_what_it_does(town, desk, to):
    sent = desk.receives(4)
    for ref in sent:
        assert town.hub.outcomes(town.centre, town.centre.moves(ref, to.value)) == ["accepted"]

    assert (desk.round().state, desk.here()) == (HubState.WOULD_REMOVE, 4)

    desk.round(may_remove=4)
    assert desk.here() == 0
    assert {case.gone for case in desk.cases()} == {Gone.CANCELLED}


def test_what_a_colleague_sends_back_counts_as_what_it_does(town, desk, tmp_path):
    other = Desk(town, tmp_path / "other", town.hub.let_in(town.shelter))
    try:
        desk.receives(4)
        other.catches_up()
        for case in other.cases():
            other.do(Deed.DECLINE, Declined.FULL.value, ref=case.id)
        while other.round().sent:
            pass

        assert (desk.catches_up().state, desk.here()) == (HubState.WOULD_REMOVE, 4)

        desk.round(may_remove=4)
        assert desk.here() == 0
    finally:
        other.vault.close()


def test_what_only_moves_a_case_is_not_asked_about(town, desk, tmp_path):
    other = Desk(town, tmp_path / "other", town.hub.let_in(town.shelter))
    try:
        desk.receives(4)
        other.catches_up()
        for case in other.cases():
            other.do(Deed.ACCEPT, ref=case.id)
        while other.round().sent:
            pass

        assert desk.catches_up().state is HubState.REACHED
        assert (desk.here(), desk.kept()) == (4, None)
    finally:
        other.vault.close()


def test_what_was_declined_here_is_not_counted_when_it_comes_back(town, desk, tmp_path):
    # With a second device our own words come back, too.
    other = Desk(town, tmp_path / "other", town.hub.let_in(town.shelter))
    try:
        desk.receives(4)
        for case in desk.cases():
            desk.do(Deed.DECLINE, Declined.FULL.value, ref=case.id)

        assert desk.catches_up().state is HubState.REACHED
        assert desk.kept() is None
    finally:
        other.vault.close()


def test_the_event_of_each_kind_that_destroys_is_foreseen(town, desk):
    # What is foreseen and what really goes are found in two ways; they must not part.
    sent, foreseen = desk.receives(3), []

    for ref, message in (
        (sent[0], town.centre.cancel(sent[0])),
        (sent[1], town.centre.moves(sent[1], "entered-in-error")),
        (sent[2], town.centre.withdrawal(_consent_of(desk, sent[2]))),
    ):
        before = desk.here()
        assert town.hub.outcomes(town.centre, message) == ["accepted"]
        answer = town.hub.exchange(town.shelter, after=_seq(desk))
        with desk.vault.reading() as db:
            foreseen.append(removals.count(db, answer.events))
        desk.round()
        assert before - desk.here() == 1, ref
    assert foreseen == [1, 1, 1]


def _seq(desk):
    with desk.vault.reading() as db:
        return db.execute("SELECT seq FROM mailbox").fetchone()[0]


def _consent_of(desk, ref):
    with desk.vault.reading() as db:
        (consent,) = inbox.case(db, ref).consents
    return consent
