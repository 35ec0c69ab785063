"""No question of a hub at work looks through a table that grows with every referral."""

import re

import pytest
from hub_for_tests import header_of
from sqlalchemy import Engine, event

GROWING = (
    "message", "packet", "delivery", "consent", "referral", "referral_basis", "reminder",
    "erasure_duty", "settled",
)  # fmt: skip
_WORKS = re.compile(r"\s*(SELECT|UPDATE|DELETE)\b")
_WHOLE = re.compile(r"\b(SCAN|Seq Scan on) (\w+)")


@pytest.fixture
def said():
    """Every statement that is executed meanwhile, with values for it."""
    found = {}

    def note(_connection, _cursor, statement, values, *_rest):
        if _WORKS.match(statement):
            found.setdefault(statement, values)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def test_whatever_a_hub_asks_its_database_has_an_index(house, said):
    _an_evening(house)
    asked = dict(said)

    whole = {each: _looked_through(house, each, values) for each, values in asked.items()}

    assert len(asked) > 25
    assert {each: names for each, names in whole.items() if names} == {}


def test_a_question_without_an_index_is_caught(house):
    without = "SELECT delivery.seq FROM delivery WHERE delivery.state = 'accepted'"

    assert _looked_through(house, without, ()) == {"delivery"}


def _an_evening(house):
    centre, shelter = house.centre, house.shelter
    colleague = house.let_in(centre)
    first, second, amended = (centre.fresh() for _ in range(3))
    for consent in (first, second, amended):
        house.exchange(centre, centre.consent(consent, shelter))
    sent = [centre.referral(consent, shelter) for consent in (first, first, second)]
    house.exchange(centre, *sent)
    done, quiet, withdrawn = (header_of(message).ref for message in sent)
    house.exchange(centre, centre.amends(done, amended, shelter))
    house.exchange(
        shelter,
        shelter.receipt(sent[0]),
        shelter.moves(done, "accepted"),
        shelter.note(done, centre),
        shelter.moves(done, "completed"),
        after=3,
    )
    house.exchange(colleague, colleague.withdrawal(second))
    house.exchange(shelter, shelter.attest(withdrawn))
    house.exchange(centre, centre.cancel(quiet))
    for days in (0, 2, 31):
        house.clock.turn(days=days)
        for party in (centre, colleague, shelter):
            house.exchange(party, after=99)
        house.desk.look_after(house.clock())
    assert house.exchange(shelter).events[1].message is None
    for days in (300, 40):  # in which nobody comes
        house.clock.turn(days=days)
        house.desk.look_after(house.clock())


def _looked_through(house, statement, values):
    """Name the growing tables that the plan reads from one end to the other."""
    with house.hub.store.reading() as db:
        driver = db._said._connection.connection.driver_connection
        if house.database:
            driver.execute("SET LOCAL enable_seqscan = off")
            plan = [row[0] for row in driver.execute(f"EXPLAIN {statement}", values)]
        else:
            plan = [row[-1] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    aliases = {"elsewhere": "delivery"}
    return {aliases.get(name, name) for _, name in _WHOLE.findall("\n".join(plan))} & set(GROWING)
