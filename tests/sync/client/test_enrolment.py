import uuid
from datetime import UTC, datetime

import msgspec
import pytest

from sync.client.enrolment import Enrolment, ask, begun, completed, noted, wrapped
from sync.client.errors import EnrolmentRefused
from sync.client.hybrid import HYBRID
from sync.client.signing import DeviceKeys
from sync.client.signing import verify as verify_signature
from sync.protocol.directory import ENROL_CONTEXT, Enrolled, SealingKey

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
ROOT = bytes(range(32))


@pytest.fixture
def laptop(chance):
    return DeviceKeys.make(str(uuid.UUID(bytes=chance(16))), chance)


@pytest.fixture
def kept(laptop):
    return begun("http://127.0.0.1:1", "practice", ROOT, " CODE ", laptop)


@pytest.fixture
def book(a_directory):
    return a_directory()


@pytest.fixture
def welcome(centre, laptop):
    facts = {"device": laptop.device, "sign_pub": laptop.sign.public, "role": "counselor"}

    def make(**changes):
        cert = centre.cert(**facts | changes)
        key = wrapped(1, centre.pair.secret, laptop.device, laptop.seal.public)
        return Enrolled(
            "enrolled", "hub", "practice", "centre", "counselor", b"k" * 32, cert, (key,)
        )

    return make


class Door:
    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def enrol(self, asked):
        self.asked.append(asked)
        return self.answer


def test_the_laptop_proves_that_it_holds_the_key_it_shows(kept, welcome):
    door = Door(welcome())

    ask(kept, door)

    (asked,) = door.asked
    said = b"CODE" + asked.device.encode() + asked.sign_pub + asked.seal_pub
    verify_signature(asked.sign_pub, ENROL_CONTEXT + said, asked.proof, "proof")


def test_a_welcome_gives_the_organisations_key_and_forgets_the_code(kept, welcome, book, centre):
    done = completed(kept, welcome(), book, NIGHT)

    assert done.is_complete
    assert (done.org, done.role, done.code) == ("centre", "counselor", "")
    assert done.org_keys == {1: centre.pair.secret}


def test_an_enrolment_survives_being_kept_as_json(kept, welcome, book):
    done = completed(kept, welcome(), book, NIGHT)

    assert msgspec.json.decode(msgspec.json.encode(done), type=Enrolment) == done


def test_pending_is_noted_and_asked_again_of_the_same_hub_only(kept, welcome):
    waiting = msgspec.structs.replace(welcome(), status="pending", cert=None, org_keys=())
    kept = noted(kept, waiting)

    assert not kept.is_complete
    assert ask(kept, Door(waiting)) == waiting
    with pytest.raises(EnrolmentRefused):
        ask(kept, Door(msgspec.structs.replace(waiting, hub="another")))


def test_a_hub_of_the_other_world_is_refused(kept, welcome):
    with pytest.raises(EnrolmentRefused):
        ask(kept, Door(msgspec.structs.replace(welcome(), world="real")))


@pytest.mark.parametrize(
    "lie",
    [
        {"device": "another"},
        {"sign_pub": bytes(range(32))},
        {"role": "admin"},
        {"org": "shelter"},
        {"valid_until": NIGHT},
    ],
)
def test_a_certificate_that_is_not_ours_is_refused(lie, kept, welcome, book):
    with pytest.raises(EnrolmentRefused):
        completed(kept, welcome(**lie), book, NIGHT)


def test_an_organisation_key_the_directory_does_not_name_is_refused(
    kept, welcome, book, shelter, laptop
):
    foreign = wrapped(1, shelter.pair.secret, laptop.device, laptop.seal.public)
    elsewhere = wrapped(1, shelter.pair.secret, "another", laptop.seal.public)

    for keys in [(), (foreign,), (elsewhere,)]:
        with pytest.raises(EnrolmentRefused):
            completed(kept, msgspec.structs.replace(welcome(), org_keys=keys), book, NIGHT)


def test_a_retired_key_that_is_another_is_left_and_those_in_use_are_taken(
    kept, welcome, book, shelter, laptop
):
    answer, retired = welcome(), SealingKey(2, HYBRID, b"another", is_retired=True)
    listings = tuple(
        msgspec.structs.replace(one, sealing_keys=(*one.sealing_keys, retired))
        if one.org == "centre"
        else one
        for one in book.listings
    )
    book = msgspec.structs.replace(book, listings=listings)
    foreign = wrapped(2, shelter.pair.secret, laptop.device, laptop.seal.public)

    done = completed(
        kept, msgspec.structs.replace(answer, org_keys=(*answer.org_keys, foreign)), book, NIGHT
    )

    assert done.org_keys.keys() == {1}


def test_pending_is_not_enrolled(kept, welcome, book):
    with pytest.raises(EnrolmentRefused):
        completed(kept, msgspec.structs.replace(welcome(), status="pending"), book, NIGHT)
