"""R-41: what is not signed exactly as it must be does not pass."""

from datetime import timedelta
from time import process_time

import pytest
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
from http_message_signatures.algorithms import ED25519, HMAC_SHA256
from hub_for_tests import ADDRESS, NIGHT, Question
from requests.structures import CaseInsensitiveDict

from sync.protocol.answers import Exchange, Problem
from sync.protocol.codec import packed, read_json
from sync.protocol.http import SIGNATURE_TAG, SIGNED_COMPONENTS
from sync.server import office
from sync.server.refusals import Refused
from sync.server.signatures import COUNTS_FOR, Nonces

BODY = packed(Exchange())
_MOMENT = timedelta(seconds=1)


def signed(house, *, body=BODY, signer=None, key=None, algorithm=ED25519, **changes):
    """Sign as the centre does, but for the changes."""
    writer = signer or house.centre
    facts = {
        "key_id": writer.keys.device,
        "created": house.clock(),
        "expires": house.clock() + timedelta(minutes=5),
        "nonce": house.chance(16).hex(),
        "tag": SIGNATURE_TAG,
        "covered_component_ids": SIGNED_COMPONENTS,
        "body": body,
    }
    facts |= changes
    question = Question("POST", f"{ADDRESS}/v1/exchange", CaseInsensitiveDict(), body)
    own = {facts["key_id"]: key or writer.keys.sign.private}
    resolver = MappingKeyResolver(public_keys={}, private_keys=own)
    HTTPMessageSigner(signature_algorithm=algorithm, key_resolver=resolver).sign(question, **facts)
    return question


def without(name):
    def change(house):
        question = signed(house)
        del question.headers[name]
        return question

    return change


def header(name, value):
    def change(house):
        question = signed(house)
        question.headers[name] = value(question.headers.get(name, ""))
        return question

    return change


def covering(*components):
    return lambda house: signed(house, covered_component_ids=components, body=BODY)


def moved(**changes):
    def change(house):
        question = signed(house)
        for name, value in changes.items():
            setattr(question, name, value)
        return question

    return change


def twice(house):
    first, second = signed(house), signed(house)
    for name in ("Signature", "Signature-Input"):
        other = second.headers[name].replace("pyhms=", "again=")
        first.headers[name] = f"{first.headers[name]}, {other}"
    return first


def replayed(house):
    question = signed(house)
    assert house.ask(question).status == 200
    return question


def by_a_stranger(house):
    return signed(house, signer=house.newcomer(house.centre))


def at(**delta):
    def change(house):
        created = house.clock() + timedelta(**delta)
        return signed(house, created=created, expires=created + timedelta(minutes=5))

    return change


BAD, UNKNOWN, SKEW = "bad-signature", "unknown-key", "clock-skew"
REFUSED = {
    "not signed": (lambda house: Question("POST", f"{ADDRESS}/v1/exchange", body=BODY), BAD),
    "signature missing": (without("Signature"), BAD),
    "input missing": (without("Signature-Input"), BAD),
    "digest missing": (without("Content-Digest"), BAD),
    "signature unreadable": (header("Signature", lambda _: "pyhms=:!:"), BAD),
    "signature not bytes": (header("Signature", lambda _: "pyhms=1"), BAD),
    "input unreadable": (header("Signature-Input", lambda _: "((("), BAD),
    "input without end": (header("Signature-Input", lambda was: was[:-1]), BAD),
    "other label": (header("Signature", lambda was: was.replace("pyhms", "other")), BAD),
    "signature of zeros": (header("Signature", lambda _: f"pyhms=:{'A' * 86}==:"), BAD),
    "digest of other bytes": (header("Content-Digest", lambda _: f"sha-256=:{'A' * 43}=:"), BAD),
    "digest by another way": (header("Content-Digest", lambda _: "md5=:AAAA:"), BAD),
    "another body": (moved(body=packed(Exchange(after=7))), BAD),
    "another path": (moved(url=f"{ADDRESS}/v1/exchange?x=1"), BAD),
    "another host": (moved(url="http://other.example/v1/exchange"), BAD),
    "method not covered": (covering("@target-uri", "content-digest"), BAD),
    "target not covered": (covering("@method", "content-digest"), BAD),
    "only the path covered": (covering("@method", "@path", "content-digest"), BAD),
    "digest not covered": (lambda house: _digest_uncovered(house), BAD),
    "no tag": (lambda house: signed(house, tag=None), BAD),
    "another tag": (lambda house: signed(house, tag="web-bot-auth"), BAD),
    "no nonce": (lambda house: signed(house, nonce=None), BAD),
    "a short nonce": (lambda house: signed(house, nonce="00"), BAD),
    "a nonce of a page": (lambda house: signed(house, nonce="0" * 12_000), BAD),
    "a nonce in other letters": (lambda house: signed(house, nonce="A" * 32), BAD),
    "no expiry": (lambda house: signed(house, expires=None), BAD),
    "another algorithm": (
        lambda house: signed(house, algorithm=HMAC_SHA256, key=house.centre.keys.sign.public),
        BAD,
    ),
    "another's key id": (lambda house: signed(house, key_id=house.shelter.keys.device), BAD),
    "two signatures": (twice, BAD),
    "the same request again": (replayed, BAD),
    "a key nobody knows": (by_a_stranger, UNKNOWN),
    "a key id that is no device": (lambda house: signed(house, key_id="nobody"), UNKNOWN),
    "made six minutes ago": (at(minutes=-6), SKEW),
    "made a year ago": (at(days=-365), SKEW),
    "made in two minutes": (at(minutes=2), SKEW),
    "made next year": (at(days=365), SKEW),
    "already expired": (
        lambda house: signed(house, expires=house.clock() - timedelta(seconds=1)),
        SKEW,
    ),
}


@pytest.mark.parametrize(("made", "kind"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_and_says_why(house, made, kind):
    answer = house.ask(made(house))

    said = read_json(Problem, answer.body)
    assert (answer.status, answer.problem) == (401, kind)
    assert (said.time, said.status) == (house.clock(), 401)


def test_what_is_signed_as_it_must_be_passes(house):
    assert house.ask(signed(house)).status == 200


@pytest.mark.parametrize("delta", [{"minutes": -5}, {"seconds": 59}])
def test_clocks_may_differ_a_little(house, delta):
    created = house.clock() + timedelta(**delta)

    question = signed(house, created=created, expires=created + timedelta(minutes=5))

    assert house.ask(question).status == 200


def test_the_same_nonce_of_two_devices_is_two_nonces(house):
    for writer in (house.centre, house.shelter):
        assert house.ask(signed(house, signer=writer, nonce="00" * 16)).status == 200


def test_an_unproven_request_uses_up_no_nonce(house):
    forged = signed(house, nonce="11" * 16, key=house.shelter.keys.sign.private)
    assert house.ask(forged).status == 401

    assert house.ask(signed(house, nonce="11" * 16)).status == 200


def test_a_nonce_is_forgotten_only_when_its_signature_no_longer_counts(house):
    question = signed(house)
    house.ask(question)
    house.clock.turn(minutes=5)
    assert house.ask(question).problem == BAD

    house.clock.turn(minutes=2)

    assert house.ask(question).problem == SKEW


@pytest.mark.parametrize("before", range(0, 800, 80))
def test_a_nonce_is_remembered_to_the_last_instant_and_not_for_long(before):
    nonces, at = Nonces(), NIGHT + timedelta(seconds=before)
    for second in range(0, before, 7):
        nonces.is_new("device", str(second), NIGHT + timedelta(seconds=second), _everybody)
    nonces.is_new("device", "this one", at, _everybody)

    for later in range(0, int(COUNTS_FOR.total_seconds()) + 1, 9):
        now = at + timedelta(seconds=later)
        assert not nonces.is_new("device", "this one", now, _everybody)
        nonces.is_new("device", f"later {later}", now, _everybody)

    for turns in (2, 4):
        nonces.is_new("device", f"{turns}", at + turns * COUNTS_FOR + _MOMENT, _everybody)
    assert nonces.is_new("device", "this one", at + 4 * COUNTS_FOR + _MOMENT, _everybody)


def test_a_request_takes_as_long_however_many_nonces_are_remembered():
    nonces = Nonces()
    for number in range(20_000):
        nonces.is_new("device", str(number), NIGHT, _everybody)

    began = process_time()
    for number in range(20_000, 22_000):
        nonces.is_new("device", str(number), NIGHT, _everybody)

    assert process_time() - began < 1


def test_what_is_repeated_is_not_counted_and_what_is_not_let_through_is_not_remembered():
    nonces, counted = Nonces(), []

    def gate(device):
        counted.append(device)
        if len(counted) > 1:
            raise Refused(429, "too-often")

    assert nonces.is_new("device", "one", NIGHT, gate)
    assert not nonces.is_new("device", "one", NIGHT, gate)
    for _ in range(2):
        with pytest.raises(Refused):
            nonces.is_new("device", "two", NIGHT, gate)
    assert counted == ["device"] * 3
    assert nonces.is_new("device", "two", NIGHT, _everybody)


def test_a_revoked_device_is_told_at_once(house, shelter):
    office.revoke(house.hub, shelter.org, shelter.keys.device, house.clock())

    answer = house.ask(signed(house, signer=shelter))

    assert (answer.status, answer.problem) == (403, "device-revoked")


@pytest.mark.parametrize("path", ["/v1/devices/pending", "/v1/devices/approve"])
def test_only_an_admin_decides_about_devices(house, shelter, path):
    method = "GET" if path.endswith("pending") else "POST"

    answer = house.ask(shelter.signed(method, path))

    assert (answer.status, answer.problem) == (403, "role")


def _everybody(_device):
    """Let everybody through."""


def _digest_uncovered(house):
    question = signed(house, covered_component_ids=("@method", "@target-uri"), body=None)
    question.headers["Content-Digest"] = signed(house).headers["Content-Digest"]
    return question
