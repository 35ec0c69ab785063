from datetime import UTC, datetime

import pytest
from msgspec import structs

from sync.client.enrolment import unwrapped, wrapped
from sync.client.hybrid import SealingPair
from sync.client.signing import SigningKey
from sync.protocol.answers import Exchange
from sync.protocol.codec import canonical, packed
from sync.protocol.directory import (
    ENROL_CONTEXT,
    ORG_KEYS_CONTEXT,
    Enrolled,
    KeyFor,
    OrgDevices,
    OrgKeys,
    OrgKeysClaim,
    PendingDevices,
    Revocation,
    Rotation,
)
from sync.server import office, tables
from sync.server.refusals import Refused


@pytest.fixture
def code(house, centre):
    return office.new_code(house.hub, centre.org, "counselor", house.chance, house.clock())


@pytest.fixture
def laptop(house, centre):
    return house.newcomer(centre)


def enrol(house, laptop, code):
    return house.post("/v1/enrol", laptop.own.own_request(code))


def approve(house, laptop, admin=None):
    admin = admin or house.centre
    asked = laptop.own.own_request()
    approval = admin.own.approval(asked, "counselor", house.clock())
    return house.ask(admin.signed("POST", "/v1/devices/approve", packed(approval)))


def test_a_laptop_comes_in_by_code_and_approval(house, centre, laptop, code):
    waiting = enrol(house, laptop, code).value(Enrolled)
    assert (waiting.status, waiting.org, waiting.role) == ("pending", centre.org, "counselor")
    assert (waiting.hub, waiting.world) == (house.hub.id, "practice")
    assert (waiting.cert, waiting.org_keys) == (None, ())

    seen = house.ask(centre.signed("GET", "/v1/devices/pending")).value(PendingDevices)
    left = approve(house, laptop).value(PendingDevices)

    assert [device.device for device in seen.devices] == [laptop.keys.device]
    assert left.devices == ()
    enrolled = enrol(house, laptop, code).value(Enrolled)
    assert enrolled.status == "enrolled"
    assert unwrapped(enrolled.org_keys[0], laptop.keys) == centre.own.org_seal
    assert house.exchange(laptop).head == 0


def test_whoever_lacks_the_newest_key_of_the_organisation_lets_nobody_in(
    house, centre, laptop, code
):
    enrol(house, laptop, code)
    one, two = centre.own.sealing_key, SealingPair.make(house.chance)
    keys = (structs.replace(one, is_retired=True), structs.replace(one, epoch=2))
    claim = canonical(OrgKeysClaim(centre.org, SigningKey(centre.own.org_sign).public, keys))
    signed = OrgKeys(claim, SigningKey(centre.own.org_sign).sign(ORG_KEYS_CONTEXT + claim))
    mine = (centre.keys.device, centre.keys.seal.public)
    renewed = Rotation(signed, (KeyFor(mine[0], wrapped(2, two.secret, *mine)),))
    answer = house.ask(centre.signed("POST", "/v1/orgs/rotate", packed(renewed)))
    assert answer.status == 200

    refused = approve(house, laptop)

    assert (refused.status, refused.problem) == (403, "keys-refused")
    assert enrol(house, laptop, code).value(Enrolled).status == "pending"
    given = centre.own.approval(laptop.own.own_request(), "counselor", house.clock())
    newest = wrapped(2, two.secret, laptop.keys.device, laptop.keys.seal.public)
    whole = structs.replace(given, org_keys=(newest,))
    answer = house.ask(centre.signed("POST", "/v1/devices/approve", packed(whole)))
    assert answer.status == 200


def test_a_certificate_until_a_time_that_no_clock_can_say_is_refused(house, centre, laptop, code):
    enrol(house, laptop, code)
    asked = laptop.own.own_request()
    never = centre.own.approval(asked, "counselor", datetime(9000, 1, 1, tzinfo=UTC))

    answer = house.ask(centre.signed("POST", "/v1/devices/approve", packed(never)))

    assert (answer.status, answer.problem) == (403, "cert-refused")


def test_asking_twice_is_harmless(house, laptop, code):
    first, second = enrol(house, laptop, code), enrol(house, laptop, code)

    assert first.body == second.body


def test_a_waiting_device_may_not_exchange(house, laptop, code):
    enrol(house, laptop, code)

    answer = house.ask(laptop.signed("POST", "/v1/exchange", packed(Exchange())))

    assert (answer.status, answer.problem) == (401, "unknown-key")


def test_a_code_serves_one_device(house, centre, laptop, code):
    enrol(house, laptop, code)

    answer = enrol(house, house.newcomer(centre), code)

    assert (answer.status, answer.problem) == (403, "code-refused")


def test_a_code_lives_two_days(house, laptop, code):
    house.clock.turn(hours=48)

    assert enrol(house, laptop, code).problem == "code-refused"


def test_a_code_may_be_typed_with_spaces_and_small_letters(house, laptop, code):
    typed = " ".join(code[place : place + 4] for place in range(0, 26, 4)).lower()

    assert len(code) == 26
    assert enrol(house, laptop, typed).status == 200


@pytest.mark.parametrize("typed", ["", "0" * 26, "x"])
def test_a_wrong_code_opens_nothing(house, laptop, code, typed):
    assert enrol(house, laptop, typed).problem == "code-refused"


def test_an_enrolment_with_anothers_proof_is_refused(house, centre, laptop, code):
    asked = laptop.own.own_request(code)
    stolen = type(asked)(code, asked.device, house.shelter.keys.sign.public, *_rest(asked))

    assert house.post("/v1/enrol", stolen).problem == "code-refused"
    assert enrol(house, laptop, code).status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"device": ""},
        {"device": "a laptop"},
        {"device": "4B1C0A52-0000-4000-8000-000000000001"},
        {"device": "4b1c0a52-0000-4000-8000-00000000000\0"},
        {"device": "x" * 1000},
        {"seal_pub": b""},
        {"seal_pub": bytes(10_000)},
    ],
)
def test_a_device_has_a_name_and_a_key_of_their_usual_form(house, laptop, code, changed):
    asked = structs.replace(laptop.own.own_request(code), **changed)
    said = asked.code.encode() + asked.device.encode() + asked.sign_pub + asked.seal_pub
    proven = structs.replace(asked, proof=laptop.keys.sign.sign(ENROL_CONTEXT + said))

    answer = house.post("/v1/enrol", proven)

    assert (answer.status, answer.problem) == (400, "malformed")
    assert enrol(house, laptop, code).status == 200, "the code is not used up"


def test_a_code_cannot_take_over_a_device(house, shelter, code):
    asked = shelter.own.own_request(code)

    assert house.post("/v1/enrol", asked).problem == "code-refused"


def test_the_store_keeps_no_code(house, code, tmp_path):
    files = [file.read_bytes() for file in (house.home / "hub").iterdir()]

    assert not any(code.encode() in content for content in files)


def test_an_admin_decides_only_for_their_own_organisation(house, laptop, code):
    enrol(house, laptop, code)
    other = house.newcomer(house.shelter, "admin")
    house.seat(other)

    answer = approve(house, laptop, admin=other)

    assert (answer.status, answer.problem) == (403, "role")


@pytest.mark.parametrize("fault", ["org key", "role", "sign_pub"])
def test_a_certificate_that_says_something_else_is_refused(house, centre, laptop, code, fault):
    enrol(house, laptop, code)
    asked = laptop.own.own_request()
    stranger = structs.replace(centre.own, org_sign=house.shelter.own.org_sign)
    signer = stranger if fault == "org key" else centre.own
    role = "admin" if fault == "role" else "counselor"
    pub = centre.keys.sign.public if fault == "sign_pub" else laptop.keys.sign.public
    approval = centre.own.approval(asked, "counselor", house.clock())
    cert = signer.cert(laptop.keys.device, role, pub, house.clock())

    forged = type(approval)(approval.device, cert, approval.org_keys)
    answer = house.ask(centre.signed("POST", "/v1/devices/approve", packed(forged)))

    assert (answer.status, answer.problem) == (403, "cert-refused")


def test_a_revoked_device_stays_out(house, centre, laptop, code):
    enrol(house, laptop, code)
    approve(house, laptop)
    office.revoke(house.hub, centre.org, laptop.keys.device, house.clock())

    assert enrol(house, laptop, code).problem == "device-revoked"
    assert approve(house, laptop).problem == "role"
    with house.hub.store.reading() as db:
        assert db.one(tables.device, id=laptop.keys.device)["status"] == "revoked"


@pytest.mark.parametrize("is_waiting", [True, False])
def test_shut_out_again_a_device_is_out_since_the_first_time(
    house, centre, laptop, code, is_waiting
):
    enrol(house, laptop, code)
    if not is_waiting:
        approve(house, laptop)
    first = house.clock()
    office.revoke(house.hub, centre.org, laptop.keys.device, first)
    house.clock.turn(days=80)

    office.revoke(house.hub, centre.org, laptop.keys.device, house.clock())
    asked = packed(Revocation(laptop.keys.device))
    told = house.ask(centre.signed("POST", "/v1/devices/revoke", asked)).value(OrgDevices)

    (listed,) = (each for each in told.devices if each.device == laptop.keys.device)
    assert (listed.status, listed.decided_at) == ("revoked", first)


def test_only_a_device_of_the_organisation_is_revoked(house, centre, shelter):
    with pytest.raises(Refused):
        office.revoke(house.hub, centre.org, shelter.keys.device, house.clock())


def _rest(asked):
    return asked.seal_pub, asked.proof


def test_a_stranger_with_a_wrong_code_never_holds_up_the_writers(house, monkeypatch):
    def busy(self):
        raise AssertionError("took the turn")

    monkeypatch.setattr("sync.server.store.Store.writing", busy)

    answer = house.post("/v1/enrol", house.centre.own.own_request("0" * 26))

    assert answer.status == 403


def test_a_revoked_device_is_refused_at_its_next_request(house, shelter):
    office.revoke(house.hub, shelter.org, shelter.keys.device, house.clock())

    answer = house.ask(shelter.signed("POST", "/v1/exchange", packed(Exchange())))

    assert (answer.status, answer.problem) == (403, "device-revoked")
