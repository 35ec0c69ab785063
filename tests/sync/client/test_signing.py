from datetime import UTC, datetime, timedelta

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, InvalidSignature, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from sync.client.errors import KeyUnusable, Tampered
from sync.client.httpsig import sign_request
from sync.client.signing import DeviceKeys, SigningKey, verify
from sync.protocol.http import SIGNATURE_SECONDS, SIGNATURE_TAG, SIGNED_COMPONENTS

URL = "http://127.0.0.1:8470/v1/exchange"


@pytest.fixture
def keys(chance):
    return DeviceKeys.make("this-laptop", chance)


def this_moment():
    # The library's verifier reads the clock by itself.
    return datetime.now(UTC)  # noqa: TID251


def a_request(keys, body=b"words", now=None, n=1):
    method = "POST" if body else "GET"
    prepared = requests.Request(method, URL, data=body).prepare()
    sign_request(prepared, body, keys, now or this_moment(), n)
    return prepared


def check(prepared, keys, body=b"words"):
    public = Ed25519PublicKey.from_public_bytes(keys.sign.public)
    known = MappingKeyResolver(public_keys={keys.device: public}, private_keys={})
    return HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=known).verify(
        prepared,
        max_age=timedelta(minutes=5),
        expect_tag=SIGNATURE_TAG,
        require_components=SIGNED_COMPONENTS,
        body=body,
    )


def test_a_signed_request_shows_who_sent_it(keys):
    (shown,) = check(a_request(keys), keys)

    assert shown.parameters["keyid"] == "this-laptop"
    assert shown.parameters["expires"] - shown.parameters["created"] == SIGNATURE_SECONDS


def test_a_request_without_a_body_is_signed_as_fully(keys):
    (shown,) = check(a_request(keys, b""), keys, b"")

    assert '"content-digest"' in shown.covered_components


@pytest.mark.parametrize("part", ["method", "url", "body", "key", "age"])
def test_a_request_changed_or_delayed_does_not_verify(part, keys, chance):
    now = this_moment() - timedelta(minutes=10 if part == "age" else 0)
    prepared, body, holder = a_request(keys, now=now), b"words", keys
    if part == "method":
        prepared.method = "PUT"
    if part == "url":
        prepared.url = URL + "?more"
    if part == "body":
        body = b"other"
    if part == "key":
        holder = DeviceKeys.make("this-laptop", chance)

    with pytest.raises(InvalidSignature):
        check(prepared, holder, body)


def test_no_two_requests_share_a_nonce(keys):
    now = this_moment()
    requests_made = [a_request(keys, now=now, n=1), a_request(keys, now=now, n=2)]
    requests_made.append(a_request(keys, now=now + timedelta(microseconds=1), n=1))

    nonces = {check(prepared, keys)[0].nonce for prepared in requests_made}

    assert len(nonces) == 3


def test_a_signature_counts_for_its_content_and_signer_only(chance):
    signer, other = SigningKey.make(chance), SigningKey.make(chance)

    sig = signer.sign(b"context\0words")

    verify(signer.public, b"context\0words", sig, "words")
    for public, content in [(other.public, b"context\0words"), (signer.public, b"words")]:
        with pytest.raises(Tampered):
            verify(public, content, sig, "words")
    with pytest.raises(Tampered):
        verify(b"no key", b"context\0words", sig, "words")


def test_keys_that_were_kept_are_the_same_keys(keys):
    again = DeviceKeys.load(keys.device, keys.sign.seed, keys.seal.secret)

    assert again == keys
    assert again.seal.public == keys.seal.public


def test_a_private_key_is_not_shown_by_accident(keys):
    assert keys.sign.seed.hex() not in repr(keys)
    assert repr(keys.sign.seed) not in repr(keys)
    assert repr(keys.seal.secret) not in repr(keys)


@pytest.mark.parametrize("length", [0, 31, 32])
def test_zeros_are_not_a_key(length):
    with pytest.raises(KeyUnusable):
        SigningKey(bytes(length))
    with pytest.raises(KeyUnusable):
        DeviceKeys.make("this-laptop", bytes)
