"""What was asked once is done once: also at another process, and after a restart."""

from datetime import timedelta

import pytest
from backups_for_tests import left, names, say
from hub_for_tests import NIGHT
from prove.exchange_auth import Stage

from sync.protocol.backups import BackupRule
from sync.protocol.codec import packed
from sync.server import tables
from sync.server.repeats import AT_ONCE, Signer, forget, once
from sync.server.signatures import COUNTS_FOR

READS = {"/v1/backups/missing", "/v1/backups/set", "/v1/backups/fetch"}
MESSAGES = {"/v1/exchange", "/v1/carry"}
"""Each is taken once by its id, whoever brings it."""


def test_a_repeated_wish_to_end_backups_destroys_nothing_that_was_left_since(house, laptop):
    centre = house.centre
    end = centre.signed("POST", "/v1/orgs/backups", packed(BackupRule(False)))
    assert house.ask(end).status == 200
    say(house, centre, "/v1/orgs/backups", BackupRule(True))
    house.clock.turn(minutes=2)
    left(house, laptop, "since", b"one")

    house.reopen()
    answer = house.ask(end)

    assert (answer.status, answer.problem) == (401, "bad-signature")
    assert names(house, laptop) == ["since"]


def test_whatever_changes_something_is_taken_once(tmp_path):
    stage = Stage(tmp_path / "house")
    stage._leave_backups()
    places = [place for place in stage.in_turn() if place.method == "POST"]
    told = {}
    for place in places:
        question = stage.ours(place).question()
        assert stage.house.ask(question).status in {200, 403}
        stage.house.reopen()
        told[place.path] = stage.house.ask(question).status
    stage.house.close()

    changing = told.keys() - READS - MESSAGES - {"/v1/orgs/found"}
    assert len(changing) == 8
    assert {path: told[path] for path in changing} == dict.fromkeys(changing, 401)


def test_what_was_refused_may_be_asked_again(house, laptop):
    """Nothing was done, so nothing is done twice."""
    question = laptop.signed("POST", "/v1/orgs/backups", packed(BackupRule(False)))
    assert house.ask(question).problem == "role"

    house.reopen()

    assert house.ask(question).problem == "role"


def test_what_no_longer_counts_is_forgotten(house):
    def kept():
        with house.hub.store.reading() as db:
            return len(db.all(tables.used_nonce))

    with house.hub.store.writing() as db:
        for number in range(AT_ONCE + 1):
            once(db, Signer("device", "org", "admin", str(number)), NIGHT)
        once(db, Signer("device", "org", "admin", "late"), NIGHT + timedelta(minutes=1))
    with house.hub.store.writing() as db:
        assert not forget(db, NIGHT + COUNTS_FOR)

    house.desk.purge(NIGHT + 2 * COUNTS_FOR)

    assert kept() == 1


@pytest.mark.parametrize("device", ["device", "other"])
def test_a_nonce_is_one_devices(house, device):
    with house.hub.store.writing() as db:
        once(db, Signer("device", "org", "admin", "one"), NIGHT)
        by = Signer(device, "org", "admin", "two" if device == "device" else "one")
        once(db, by, NIGHT)
