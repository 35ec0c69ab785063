"""A signature as our own programs write it is read quickly, and never taken where it is not."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from requests import Request as Asked

from sync.client.httpsig import sign_request
from sync.client.signing import DeviceKeys
from sync.server import signatures
from sync.server.refusals import Refused
from sync.server.signatures import HeaderLines, Request

NOW = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
BODY = b"an exchange"
KEYS = DeviceKeys.make(str(uuid4()), secrets.token_bytes)
SIGNED = ("signature-input", "signature", "content-digest")


def signed(url="https://hub.example/v1/exchange", body=BODY, method="POST"):
    asked = Asked(method, url, data=body).prepare()
    sign_request(asked, body, KEYS, NOW, 1)
    lines = tuple((name.lower(), value) for name, value in asked.headers.items())
    return Request(method, url, HeaderLines(lines), body)


def key_of(device):
    return KEYS.sign.public if device == KEYS.device else None


def judged(request):
    """What the library says."""
    try:
        return signatures._judged(request, key_of, NOW)
    except Refused:
        return None


def changed(request, name, value):
    lines = tuple((n, value if n == name else v) for n, v in request.headers.lines)
    return replace(request, headers=HeaderLines(lines))


@pytest.mark.parametrize(
    "request_",
    [signed(), signed("http://127.0.0.1:8470/v1/devices/me", b"", "GET"), signed(body=b"")],
)
def test_what_our_own_programs_sign_is_read_quickly_and_as_the_library_reads_it(request_):
    held = signatures._held(request_, key_of, NOW)

    assert held is not None
    assert held == judged(request_)


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("letter", ["0", "a", '"', " ", ";", "="])
def test_no_letter_may_differ(name, letter):
    request = signed()
    value = dict(request.headers.lines)[name]
    others = [value[:at] + letter + value[at + 1 :] for at in range(len(value))]
    longer = [value + letter, letter + value]

    changes = [changed(request, name, other) for other in (*others, *longer) if other != value]
    taken = [each for each in changes if signatures._held(each, key_of, NOW)]

    # Only the last letter of base64 says less than a letter can say.
    assert name == "signature" or not taken
    assert all(judged(each) for each in taken)


@pytest.mark.parametrize(
    "request_",
    [
        replace(signed(), body=b"another exchange"),
        replace(signed(), method="GET"),
        replace(signed(), method="post"),
        replace(signed(), url="https://hub.example/v1/carry"),
        replace(signed(), url="http://hub.example/v1/exchange"),
        replace(signed(), url="https://other.example/v1/exchange"),
        replace(signed(), url="https://hub.example/v1/exchange?x=1"),
        replace(signed(), headers=HeaderLines(signed().headers.lines * 2)),
        replace(signed(), headers=HeaderLines(())),
    ],
)
def test_what_was_signed_for_something_else_is_not_taken(request_):
    assert signatures._held(request_, key_of, NOW) is None
    assert judged(request_) is None


def test_a_second_signature_in_another_line_is_for_the_library():
    request = signed()
    more = (*request.headers.lines, ("Signature", dict(request.headers.lines)["signature"]))

    assert signatures._held(replace(request, headers=HeaderLines(more)), key_of, NOW) is None


@pytest.mark.parametrize(
    ("later", "is_taken"), [(-61, False), (-60, True), (300, True), (301, False)]
)
def test_the_clock_is_looked_at(later, is_taken):
    now = NOW + timedelta(seconds=later)

    assert bool(signatures._held(signed(), key_of, now)) is is_taken


def test_a_key_that_nobody_knows_is_for_the_library():
    assert signatures._held(signed(), lambda _: None, NOW) is None
    assert signatures._held(signed(), lambda _: b"no key", NOW) is None
