"""Rows that wait to be written together: nobody can tell but by the clock."""

import secrets

import pytest

from sync.server import tables
from sync.server.batch import Batch, Caller
from sync.server.founding import open_hub
from sync.server.store import Store, Taken, written

POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True, scope="session")


@pytest.fixture
def store(tmp_path, database):
    hub = open_hub(tmp_path, "practice", secrets.token_bytes, database)
    yield hub.store
    hub.store.close()


def a_row(key):
    return {"key": key, "value": ""}


def a_referral(key):
    return {
        "id": key, "from_org": "a centre", "to_org": "a shelter", "digests": "", "reason": "",
        "priority": "routine", "status": "requested", "delivery": "sent", "version": 1,
        "created_at": "", "updated_at": "",
    }  # fmt: skip


def keys(store):
    with store.reading() as db:
        return {row["key"] for row in db.all(tables.meta)}


def test_what_waits_is_there_for_whoever_asks(store):
    with store.writing() as db:
        db.add_later(tables.meta, a_row("one"))
        db.add_later(tables.meta, a_row("two"))
        assert db.one(tables.meta, key="two")
        assert db.change(tables.meta, {"key": "one"}, value="new") == 1
        db.add_later(tables.meta, a_row("three"))

    assert {"one", "two", "three"} < keys(store)


@pytest.mark.parametrize("asks", [False, True])
def test_an_attempt_takes_back_what_waits_in_it_and_nothing_else(store, asks):
    def fails():
        with db.attempt():
            db.add_later(tables.meta, a_row("inside"))
            if asks:
                assert db.one(tables.meta, key="inside")
            db.add_later(tables.meta, a_row("inside too"))
            raise ZeroDivisionError

    with store.writing() as db:
        db.add_later(tables.meta, a_row("before"))
        with pytest.raises(ZeroDivisionError):
            fails()
        with db.attempt():
            db.add_later(tables.meta, a_row("after"))

    assert {"before", "after"} < keys(store)
    assert not {"inside", "inside too"} & keys(store)


def test_a_key_is_taken_once(house, centre, shelter):
    consent, ref, other = (centre.fresh() for _ in range(3))
    same = [centre.referral(consent, shelter, ref) for _ in range(2)]
    wrong = centre.referral(consent, shelter, centre.fresh(), item_codes=("guardian",))
    last = centre.referral(consent, shelter, other)

    answer = house.exchange(centre, centre.consent(consent, shelter), *same, wrong, last)
    again = [centre.referral(consent, shelter, ref), centre.referral(consent, shelter)]
    later = house.exchange(centre, *again)

    outcomes = [(result.outcome, result.reason) for result in (*answer.results, *later.results)]
    assert outcomes == [
        ("accepted", ""), ("accepted", ""), ("rejected", "id-reused"),
        ("rejected", "item-not-consented"), ("accepted", ""),
        ("rejected", "id-reused"), ("accepted", ""),
    ]  # fmt: skip
    with house.hub.store.reading() as db:
        told = {row["id"] for row in db.all(tables.referral)}
        assert {ref, other} < told
        assert {row["referral_id"] for row in db.all(tables.referral_basis)} == told
        assert {row["referral_id"] for row in db.all(tables.reminder)} == told
        assert len(db.all(tables.packet)) == len(told)


def test_what_is_withdrawn_in_the_same_batch_is_destroyed_in_it(house, centre, shelter):
    consent = centre.fresh()
    asked = [centre.referral(consent, shelter) for _ in range(3)]

    house.exchange(centre, centre.consent(consent, shelter), *asked, centre.withdrawal(consent))

    with house.hub.store.reading() as db:
        kinds = {row["kind"] for row in db.all(tables.packet)}
    assert "referral.request" not in kinds


@POSTGRESQL
def test_a_key_that_another_process_took_meanwhile_is_seen_the_next_time(
    tmp_path, database, house, centre, shelter
):
    consent, ref = centre.fresh(), centre.fresh()
    house.exchange(centre, centre.consent(consent, shelter))
    mine = [centre.referral(consent, shelter, ref), centre.referral(consent, shelter)]
    caller = Caller(centre.keys.device, centre.org, "admin")
    other, tries = Store(tmp_path, house.database), []

    def work(db):
        tries.append(db)
        batch = Batch(db, house.hub, caller, house.clock())
        if len(tries) == 1:
            look = db.look_for
            db.look_for = lambda *asked: (look(*asked), taken_by_another())
        return batch.take(mine)[0]

    def taken_by_another():
        with other.writing() as db:
            db.add(tables.referral, a_referral(ref))

    results = written(house.hub.store, work)

    assert len(tries) == 2
    assert [result.reason for result in results] == ["id-reused", ""]
    other.close()


def test_a_key_that_was_free_when_we_looked_and_is_used_since_is_taken(store):
    with store.writing() as db:
        db.look_for(tables.referral, ["a", "b"])
        db.add(tables.referral, a_referral("a"))
        db.add_new(tables.referral, a_referral("b"))
        for key in ("a", "b"):
            with pytest.raises(Taken):
                db.add_new(tables.referral, a_referral(key))

    with store.reading() as db:
        assert [row["id"] for row in db.all(tables.referral)] == ["a", "b"]
