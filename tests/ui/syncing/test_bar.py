"""The line, in a person's words."""

from pathlib import Path

import pytest
from pages_for_tests import NIGHT, settled
from PySide6.QtWidgets import QMainWindow

from desktop.domain.referrals import GUARDIAN_UNSAID
from desktop.services.exchange import HubState, LineState, Round, Waiting
from sync import server
from sync.protocol.messages import Kind
from ui.syncing.bar import StatusBar
from ui.syncing.words import _REFUSALS, line_words, needs_a_person, what_waits, why_it_waits


@pytest.fixture
def bar(qtbot, tasks):
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = StatusBar(tasks)
    window.setCentralWidget(bar)
    window.show()
    yield bar
    settled(qtbot, tasks)


def _waiting(**changes):
    facts = {"kind": Kind.REFERRAL_REQUEST, "ref": "r", "agency_name": "관악 센터",
             "queued_at": NIGHT, "attempts": 1, "problem": ""} | changes  # fmt: skip
    return Waiting(**facts)


@pytest.mark.parametrize("state", list(HubState))
def test_every_state_has_words_of_its_own_and_says_where_the_data_is(bar, state):
    bar.show_round(Round(state, waiting=2))

    assert bar.pill.text()
    assert bar.pill.toolTip().endswith(".")
    assert state is HubState.REACHED or "safe on this device" in bar.pill.text()
    shorts = {line_words(each, is_cut=False).short for each in HubState}
    assert len(shorts) == len(HubState)


def test_a_clock_that_is_off_is_named_though_the_hub_was_reached(bar):
    bar.show_round(Round(HubState.REACHED, problem="clock"))

    assert bar.pill.text() == "Clock is off · safe on this device"
    bar.show_round(Round(HubState.REACHED))
    assert bar.pill.text() == "Connected"


def test_only_a_laptop_that_is_not_known_there_is_sent_to_join_anew(bar):
    said, codes = {}, (*_REFUSALS, "malformed")
    for code in codes:
        bar.show_round(Round(HubState.REFUSED, problem=code))
        said[code] = bar.pill.toolTip()

    joins = {code for code, words in said.items() if "join again" in words}
    assert joins == {"device-revoked", "unknown-key", "bad-signature"}
    assert "renew the program" in said["protocol-too-old"]
    assert "(malformed)" in said["malformed"]
    assert "nothing is lost" in said["malformed"]


def test_the_refusals_that_are_told_apart_are_the_hubs_own():
    hub = "".join(path.read_text("utf-8") for path in Path(server.__file__).parent.glob("*.py"))

    assert [code for code in _REFUSALS if f'"{code}"' not in hub] == []


def test_what_waits_is_counted(bar):
    bar.show_round(Round(HubState.AWAY, waiting=2))
    assert bar.waiting_button.text() == "2 things to send"

    bar.show_round(Round(HubState.REACHED, waiting=0))
    assert bar.waiting_button.text() == "Nothing to send"


def test_the_switch_is_there_in_practice_only(bar):
    bar.show_line(LineState(0, None, "http://x", "real"))
    assert not bar.switch_button.isVisible()

    bar.show_line(LineState(0, NIGHT, "http://x", "practice"))
    assert bar.switch_button.isVisible()
    assert bar.heard.text() == "Last synced Nov 20, 21:40"


def test_cutting_the_line_is_plain_to_see_and_can_be_undone(qtbot, bar):
    bar.show_line(LineState(0, NIGHT, "http://x", "practice"))
    said = []
    bar.line_switched.connect(said.append)

    bar.switch_button.click()
    bar.show_round(Round(HubState.REACHED))
    assert bar.pill.text() == "Line cut · safe on this device"
    bar.switch_button.click()

    assert said == [True, False]
    assert bar.pill.text() == "Connected"


def test_the_empty_outbox_says_so(qtbot, tasks, bar):
    bar.waiting_button.click()
    settled(qtbot, tasks)

    assert bar.outbox.isVisible()
    assert bar.outbox.empty.isVisible()


def test_the_outbox_names_what_waits_and_what_needs_a_person(qtbot, tasks, bar):
    bar.waiting_button.click()
    settled(qtbot, tasks)

    bar.outbox._show((_waiting(), _waiting(problem="item-not-consented", is_refused=True)))

    first, second = bar.outbox.rows
    assert "It was not taken" in first.accessibleName()
    assert "Referral to 관악 센터" in second.accessibleName()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_message_has_a_name(kind):
    assert what_waits(_waiting(kind=kind))


def test_a_lapsed_consent_is_a_persons_matter():
    lapsed, line = _waiting(problem="consent-lapsed"), line_words(HubState.AWAY, is_cut=False)

    assert needs_a_person(lapsed)
    assert "ask again" in why_it_waits(lapsed, line)
    assert why_it_waits(_waiting(), line) == line.why


@pytest.mark.parametrize("attempts", [0, 1])
def test_whoever_has_answered_since_is_not_pressed(attempts):
    facts = {"problem": "consent-lapsed", "attempts": attempts}
    line = line_words(HubState.AWAY, is_cut=False)

    asked, unasked = (_waiting(**facts, was_asked_since=is_so) for is_so in (True, False))

    assert f"{why_it_waits(asked, line)} Please ask again." == why_it_waits(unasked, line)
    assert ("stays here" in why_it_waits(asked, line)) is not bool(attempts)


@pytest.mark.parametrize(("attempts", "step"), [(0, "Send it again"), (1, "call 관악 센터")])
def test_what_does_not_say_that_a_guardian_must_not_be_told_is_a_persons_matter(attempts, step):
    unsaid = _waiting(problem=GUARDIAN_UNSAID, attempts=attempts)

    said = why_it_waits(unsaid, line_words(HubState.REACHED, is_cut=False))

    assert needs_a_person(unsaid)
    assert unsaid.may_be_left is not bool(attempts)
    assert "must not be told" in said
    assert step in said


def test_what_stays_here_is_counted_apart_from_what_is_to_be_sent(bar):
    bar.show_line(LineState(0, NIGHT, "http://x", "real", held=1))
    assert bar.waiting_button.text() == "1 stays here"

    bar.show_line(LineState(2, NIGHT, "http://x", "real", refused=1, held=2))
    bar.show_round(Round(HubState.REACHED, waiting=2))
    assert bar.waiting_button.text() == "2 things to send · 1 was not taken · 2 stay here"


def test_a_list_that_ran_out_is_not_called_an_answer_that_nobody_trusts():
    said = line_words(HubState.LYING, is_cut=False, problem="directory")

    assert said.why.startswith("The list of agencies has run out")
    assert said.short.endswith("safe on this device")
    assert "could not be verified" in line_words(HubState.LYING, is_cut=False, problem="event").why
