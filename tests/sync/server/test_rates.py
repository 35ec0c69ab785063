"""Who asks too often is told when to come back; nobody else notices."""

import asyncio
import shutil

import pytest
from hub_for_tests import ADDRESS, Clock, HubForTests, Question, asked
from sqlalchemy import event

from sync.protocol.answers import Exchange
from sync.protocol.codec import packed
from sync.server import office, rates
from sync.server.app import Manner, app
from sync.server.rates import Gates, Rates, WrongRate
from sync.server.refusals import Refused

FEW = Rates(device="3/minute", stranger="5/minute", unproven="2/minute", code="2/minute")


@pytest.fixture
def strict(a_founded_hub, a_database, tmp_path):
    """A hub where little is allowed."""
    founded, like = a_founded_hub
    home = shutil.copytree(founded, tmp_path / "strict")
    with a_database(like) as address:
        made = HubForTests(home, seed=2, database=address)
        made.close()
        manner = Manner(rates=FEW)
        made.app = app(home / "hub", "practice", made.clock, database=address, manner=manner)
        made.hub = made.app.state.hub
        yield made
        made.close()


def statuses(house, question, times):
    return [house.ask(question()).status for _ in range(times)]


def round_of(party):
    return lambda: party.signed("POST", "/v1/exchange", packed(Exchange()))


def test_a_device_that_asks_too_often_waits_and_others_do_not(strict):
    clinic = strict.clinic

    assert statuses(strict, round_of(clinic), 4) == [200, 200, 200, 429]

    strict.clock.turn(seconds=20)
    answer = strict.ask(round_of(clinic)())
    assert (answer.problem, answer.headers["retry-after"]) == ("too-often", "40")
    assert strict.ask(round_of(strict.centre)()).status == 200
    strict.clock.turn(seconds=40)
    assert strict.ask(round_of(clinic)()).status == 200


def test_a_stranger_who_asks_too_often_waits(strict):
    def hello():
        return Question("GET", f"{ADDRESS}/v1/hello")

    assert statuses(strict, hello, 6) == [200] * 5 + [429]
    assert strict.ask(round_of(strict.centre)()).status == 200


def test_what_was_asked_too_often_may_be_asked_again_as_it_is(strict):
    clinic = strict.clinic
    statuses(strict, round_of(clinic), 3)
    question = round_of(clinic)()
    assert strict.ask(question).problem == "too-often"

    strict.clock.turn(seconds=60)

    assert strict.ask(question).status == 200


def test_whoever_repeats_a_request_uses_up_nobodys_share(strict):
    clinic = strict.clinic
    question = round_of(clinic)()

    assert [strict.ask(question).status for _ in range(2)] == [200, 401]
    assert statuses(strict, round_of(clinic), 3) == [200, 200, 429]


def test_a_device_that_is_shut_out_is_counted(strict):
    clinic = strict.clinic
    office.revoke(strict.hub, clinic.org, clinic.keys.device, strict.clock())

    assert statuses(strict, round_of(clinic), 4) == [403, 403, 403, 429]


def test_who_asks_for_the_whole_directory_too_often_waits_and_who_asks_for_a_file_does_not(strict):
    whole = Question("GET", f"{ADDRESS}/v1/tuf/whole")
    assert statuses(strict, lambda: whole, 6) == [200] * 5 + [429]

    for path in ("root.json", "timestamp.json"):
        file = Question("GET", f"{ADDRESS}/v1/tuf/{path}")
        assert statuses(strict, lambda file=file: file, 20) == [200] * 20


def test_a_crowd_asks_the_database_once_a_second_whether_it_is_ready(strict):
    asked_for = []
    event.listen(strict.hub.store._engines.reading.engine, "begin", asked_for.append)
    probe = Question("GET", f"{ADDRESS}/readyz")

    assert statuses(strict, lambda: probe, 20) == [200] * 20
    assert len(asked_for) == 1
    strict.clock.turn(seconds=1)
    strict.ask(probe)

    assert len(asked_for) == 2


def test_who_guesses_codes_is_soon_not_heard(strict, centre):
    guess = packed(strict.newcomer(centre).own.own_request("0" * 26))

    def enrol():
        return Question("POST", f"{ADDRESS}/v1/enrol", body=guess)

    assert statuses(strict, enrol, 3) == [403, 403, 429]


def test_who_cannot_sign_is_soon_not_heard(strict):
    def forged():
        question = round_of(strict.centre)()
        question.body += b"\0"
        return question

    assert statuses(strict, forged, 3) == [401, 401, 429]


def test_a_wrong_clock_is_no_attempt(strict):
    def early():
        at = strict.clock().replace(year=2025)
        return strict.centre.signed("POST", "/v1/exchange", packed(Exchange()), at)

    assert statuses(strict, early, 4) == [401] * 4


def test_zero_allows_everything():
    gates = Gates(Rates(device="0", stranger="0", unproven="0", code=" 0 "), Clock())

    for _ in range(2_000):
        gates.pass_device("one")
        gates.pass_stranger("127.0.0.1")
        gates.note("code", "127.0.0.1")
    gates.check("code", "127.0.0.1")


@pytest.mark.parametrize("rate", ["", "many", "-1/minute", "5", "5/fortnight"])
def test_what_is_no_rate_is_refused_at_the_start(rate):
    with pytest.raises(WrongRate):
        Gates(Rates(device=rate), Clock())


def test_an_office_day_fits_the_usual_rate():
    clock = Clock()
    gates = Gates(Rates(), clock)
    for _ in range(60):  # ten thousand items up and down, then an hour of rounds
        clock.turn(minutes=1)
        for _ in range(100):
            gates.pass_device("laptop")


def test_no_crowd_fills_the_memory(monkeypatch):
    monkeypatch.setattr(rates, "MOST_COUNTS", 100)
    gates = Gates(Rates(device="1/minute"), Clock())

    for number in range(5_000):
        gates.pass_device(str(number))

    assert gates._counts.reset() <= 100
    gates.pass_device("4999")
    with pytest.raises(Refused):
        gates.pass_device("4999")


def test_neighbours_in_one_ipv6_network_are_one_asker():
    gates = Gates(Rates(stranger="2/minute"), Clock())

    gates.pass_stranger("2001:db8::1")
    gates.pass_stranger("2001:db8::2")
    with pytest.raises(Refused):
        gates.pass_stranger("2001:db8::3")
    gates.pass_stranger("2001:db8:0:1::1")
    gates.pass_stranger("::ffff:192.0.2.1")
    gates.pass_stranger("::ffff:192.0.2.2")
    gates.pass_stranger("::ffff:192.0.2.3")


def test_who_lives_is_never_counted(strict):
    async def often():
        probe = Question("GET", f"{ADDRESS}/livez")
        return {(await asked(strict.app, probe)).status for _ in range(20)}

    assert asyncio.run(often()) == {200}
