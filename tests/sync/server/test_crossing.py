"""Two hub processes on one database: whoever crosses whom, the books stay in order."""

import secrets
import threading
from collections import defaultdict

import pytest
from hub_for_tests import header_of

from sync.protocol.answers import Exchange
from sync.protocol.messages import SEALED_KINDS, Kind
from sync.server import consents, mailbox, tables
from sync.server.batch import Caller
from sync.server.desk import Desk
from sync.server.founding import open_hub
from sync.server.store import StoreFailed

POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True, scope="session")
EVENINGS = 8
SEALED = tuple(sorted(kind.value for kind in SEALED_KINDS))
MOVES = {Kind.TASK_STATUS.value, Kind.REFERRAL_CANCEL.value, Kind.CONSENT_WITHDRAWN.value}


@pytest.fixture
def desks(house):
    """Two desks that know nothing of each other."""
    other = open_hub(house.home / "hub", "practice", secrets.token_bytes, house.database)
    yield house.desk, Desk(other)
    other.store.close()


@pytest.fixture
def at_once(house):
    """Runs each `(desk, writer, batches)` in a thread of its own; returns the outcomes of each."""

    def run(*works):
        start, said = threading.Barrier(len(works)), [[] for _ in works]

        def work(number, desk, writer, batches):
            caller = Caller(writer.keys.device, writer.org, "admin")
            start.wait(5)
            for batch in batches:
                for result in _insisting(desk, caller, batch, house.clock()):
                    said[number].append(f"{result.outcome}:{result.reason}".rstrip(":"))

        threads = [
            threading.Thread(target=work, args=(number, *each))
            for number, each in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return said

    return run


def _insisting(desk, caller, batch, now):
    """Bring the batch as a laptop does: again, until the hub has taken all of it."""
    for _ in range(20):
        try:
            results = desk.exchange(caller, Exchange(batch), now).answer.results
        except StoreFailed:
            continue
        if "retry" not in {result.outcome for result in results}:
            return results
    raise AssertionError("the hub never took it")


def test_a_withdrawal_crosses_everything_and_leaves_nothing_sealed(house, desks, at_once):
    centre, shelter = house.centre, house.shelter
    colleague = house.let_in(centre)
    for _ in range(EVENINGS):
        consent = centre.fresh()
        first = centre.referral(consent, shelter)
        house.exchange(centre, centre.consent(consent, shelter), first)
        ref = header_of(first).ref

        at_once(
            (desks[0], colleague, [(colleague.withdrawal(consent),)]),
            (desks[1], shelter, [(shelter.note(ref, centre),), (shelter.moves(ref, "accepted"),)]),
            (desks[1], centre, [(centre.referral(consent, shelter),) for _ in range(2)]),
        )

        with house.hub.store.reading() as db:
            refs = tuple(
                row["referral_id"] for row in db.all(tables.referral_basis, consent_id=consent)
            )
            assert db.all(tables.packet, ref=refs, kind=SEALED) == []
            assert {row["status"] for row in db.all(tables.referral, id=refs)} == {"cancelled"}
            assert len(db.all(tables.erasure_duty, referral_id=refs)) == len(refs)
    _is_in_order(house)


def test_two_answers_to_one_referral_have_one_winner(house, desks, at_once):
    centre, shelter = house.centre, house.shelter
    for _ in range(EVENINGS):
        consent, ref = centre.fresh(), centre.fresh()
        house.exchange(
            centre, centre.consent(consent, shelter), centre.referral(consent, shelter, ref=ref)
        )

        first, second = at_once(
            (desks[0], shelter, [(shelter.moves(ref, "accepted"),)]),
            (desks[1], shelter, [(shelter.moves(ref, "rejected"),)]),
        )

        assert sorted(first + second) == ["accepted", "conflict"]
    _is_in_order(house)


def test_who_writes_to_each_other_does_not_stop_each_other(house, desks, at_once):
    centre, shelter = house.centre, house.shelter
    consent, refs = centre.fresh(), [centre.fresh() for _ in range(6)]
    sent = [centre.referral(consent, shelter, ref=ref) for ref in refs]
    house.exchange(centre, centre.consent(consent, shelter), *sent)
    notes = [shelter.note(ref, centre) for ref in refs]

    first, second = at_once(
        (desks[0], shelter, [(*notes[:3],), (*notes[3:],)]),
        (desks[1], centre, [tuple(centre.cancel(ref) for ref in reversed(refs))]),
    )

    # What was asked to come again is `accepted`, and what had been taken with it a `duplicate`.
    assert {*first, *second} <= {"accepted", "duplicate"}
    _is_in_order(house)


@POSTGRESQL
def test_who_asks_whether_a_consent_has_ended_waits_for_no_withdrawal(house):
    # Whoever attests holds the referral and asks; a withdrawal holds the consent and takes the
    # referral: each would wait for the other.
    centre, told = house.centre, []
    consent = centre.fresh()
    house.exchange(centre, centre.consent(consent, house.shelter))

    def asks():
        with house.hub.store.writing() as db:
            told.append(consents.is_withdrawn(db, centre.org, consent))

    asking = threading.Thread(target=asks)
    with house.hub.store.writing() as db:
        db.locked(tables.consent, org_id=centre.org, id=consent)
        asking.start()
        asking.join(5)
        is_waiting = asking.is_alive()
    asking.join()

    assert (is_waiting, told) == (False, [False])


def _is_in_order(house):
    """Mailboxes have no gap; of each referral, every version was told once and none twice."""
    told = defaultdict(list)
    with house.hub.store.reading() as db:
        for party in (house.centre, house.shelter):
            rows = db.all(tables.delivery, mailbox=mailbox.box(party.org))
            assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
            assert db.one(tables.mailbox, id=mailbox.box(party.org))["head"] == len(rows)
            for row in rows:
                if row["kind"] in MOVES:
                    told[row["ref"], row["mailbox"]].append((row["message_id"], row["version"]))
        versions = {row["id"]: row["version"] for row in db.all(tables.referral)}
    assert told
    for (ref, _), moves in told.items():
        assert len({version for _, version in moves}) == len(moves)
        assert max(version for _, version in moves) <= versions[ref]
