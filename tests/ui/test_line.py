"""The line is kept alive off the painting thread; being away is a state."""

import pytest
from vaults_for_tests import a_vault

from desktop.domain.moment import Moment
from desktop.errors import EnrolmentRefused, HubAway
from desktop.services import enrolment, exchange, rejoining
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState, Round
from ui.line import Join, Line
from ui.tasks import Tasks

INVITATION = Invitation("CODE", bytes(32))


@pytest.fixture
def tasks(qtbot, tmp_path):
    from datetime import UTC, datetime
    from uuid import UUID

    moment = Moment(datetime(2026, 11, 20, 21, 0, tzinfo=UTC), UUID(int=1))
    tasks = Tasks(lambda: a_vault(tmp_path / "vault"), lambda: moment)
    yield tasks
    tasks.close()


@pytest.fixture
def hub(monkeypatch):
    """Answer every round from a list; its last answer again and again."""

    class Hub:
        answers, asked = [Round(HubState.REACHED)], 0
        may_remove = ()

        def answer(self, *_, **more):
            self.asked += 1
            self.may_remove += (more["may_remove"],)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    hub = Hub()
    monkeypatch.setattr(exchange, "exchange", hub.answer)
    monkeypatch.setattr(enrolment.OpenLine, "hub", lambda line, vault: None)
    return hub


def test_a_vault_that_has_not_joined_says_so_and_nothing_fails(tasks, qtbot):
    line = Line(tasks)

    with qtbot.waitSignal(line.round_done) as heard, qtbot.assertNotEmitted(tasks.failed):
        line.start()

    assert heard.args[0].state is HubState.NOT_ENROLLED
    line.stop()


def test_a_cut_line_makes_no_request_until_it_is_mended(tasks, qtbot, hub):
    line = Line(tasks)

    with qtbot.waitSignal(line.round_done) as heard:
        line.cut(True)
    assert heard.args[0].state is HubState.AWAY
    assert hub.asked == 0

    with qtbot.waitSignal(line.round_done) as heard:
        line.cut(False)
    assert heard.args[0].state is HubState.REACHED
    assert hub.asked == 1
    line.stop()


def test_a_yes_is_for_one_round_and_for_the_number_that_was_shown(tasks, qtbot, hub):
    line = Line(tasks)

    for ask in (line.start, lambda: line.agree(5), line.start):
        with qtbot.waitSignal(line.round_done):
            ask()

    assert hub.may_remove == (0, 5, 0)
    line.stop()


def pause_after(line, qtbot):
    with qtbot.waitSignal(line.round_done):
        line._run()
    pause = line._timer.interval()
    line.stop()
    return pause


def test_it_asks_often_while_something_waits_and_calmly_when_all_is_quiet(tasks, qtbot, hub):
    line = Line(tasks)
    hub.answers[:] = [Round(HubState.REACHED, waiting=1)]
    assert pause_after(line, qtbot) <= 3_000

    hub.answers[:] = [Round(HubState.REACHED)]
    line._lively = 1

    assert pause_after(line, qtbot) == 30_000


def test_it_asks_less_and_less_often_while_the_hub_is_away(tasks, qtbot, hub):
    line = Line(tasks)
    hub.answers[:] = [Round(HubState.AWAY, waiting=1)]

    pauses = [pause_after(line, qtbot) for _ in range(8)]

    assert pauses == sorted(pauses)
    assert pauses[-1] == 60_000

    hub.answers[:] = [Round(HubState.REACHED, waiting=1)]
    assert pause_after(line, qtbot) <= 3_000


def test_what_is_released_during_a_round_goes_right_after_it(tasks, qtbot, hub):
    line = Line(tasks)

    with qtbot.waitSignal(line.round_done):
        line._run()
        line.start()

    assert line._timer.interval() <= 50
    line.stop()


def test_a_round_that_a_mistake_has_ended_is_made_again(tasks, qtbot, hub, monkeypatch):
    line = Line(tasks)
    monkeypatch.setattr(exchange, "exchange", lambda *_, **__: 1 / 0)
    with qtbot.captureExceptions() as caught:
        line._run()
        qtbot.waitUntil(tasks.is_idle)
    assert caught[0][0] is ZeroDivisionError
    assert line._timer.isActive()

    monkeypatch.setattr(exchange, "exchange", hub.answer)
    with qtbot.waitSignal(line.round_done):
        line._timer.setInterval(1)

    line.stop()


def test_joining_asks_again_until_the_center_has_approved(tasks, qtbot, monkeypatch):
    states = [EnrolmentState.PENDING, EnrolmentState.ENROLLED]
    monkeypatch.setattr(enrolment, "unknown_hub", lambda url, world: None)
    monkeypatch.setattr(enrolment, "enrol", lambda *_: states.pop(0))
    join = Join(tasks, bytes)
    join._timer.setInterval(1)

    with qtbot.waitSignals([join.waiting, join.joined]):
        join.begin("https://hub", INVITATION)

    assert states == []


def test_a_hub_that_is_away_is_asked_again(tasks, qtbot, monkeypatch):
    tries = []

    def enrol(*_):
        tries.append(True)
        if len(tries) < 3:
            raise HubAway
        return EnrolmentState.ENROLLED

    monkeypatch.setattr(enrolment, "unknown_hub", lambda url, world: None)
    monkeypatch.setattr(enrolment, "enrol", enrol)
    join = Join(tasks, bytes)
    join._timer.setInterval(1)

    with qtbot.waitSignal(join.joined):
        join.begin("https://hub", INVITATION)

    assert len(tries) == 3


def test_a_refused_code_is_not_tried_again(tasks, qtbot, monkeypatch):
    def enrol(*_):
        raise EnrolmentRefused

    monkeypatch.setattr(enrolment, "unknown_hub", lambda url, world: None)
    monkeypatch.setattr(enrolment, "enrol", enrol)
    join = Join(tasks, bytes)

    with qtbot.waitSignal(join.refused) as heard:
        join.begin("https://hub", INVITATION)

    assert isinstance(heard.args[0], EnrolmentRefused)
    assert not join._timer.isActive()


def test_what_waits_is_signed_anew_later_where_the_line_broke_off(tasks, qtbot, monkeypatch):
    answers = [False, True]
    monkeypatch.setattr(rejoining, "finish", lambda *_: answers.pop(0))
    monkeypatch.setattr(rejoining, "begun", lambda _: None)
    monkeypatch.setattr(enrolment, "begun", lambda _: None)
    join = Join(tasks, bytes)
    join._later.setInterval(1)

    join.go_on()
    qtbot.waitUntil(lambda: answers == [])
    qtbot.waitUntil(tasks.is_idle)

    assert not join._later.isActive()


@pytest.mark.parametrize("is_unsigned", [True, False])
def test_what_a_restored_hub_has_lost_is_signed_anew_after_the_round(
    tasks, qtbot, hub, monkeypatch, is_unsigned
):
    signed = []
    monkeypatch.setattr(rejoining, "sign_anew", lambda *_: signed.append(True))
    hub.answers = [Round(HubState.REACHED, is_unsigned=is_unsigned)]
    line, join = Line(tasks), Join(tasks, bytes)
    line.round_done.connect(join.sign)

    with qtbot.waitSignal(line.round_done):
        line.start()
    line.stop()
    qtbot.waitUntil(tasks.is_idle)

    assert signed == [True] * is_unsigned
