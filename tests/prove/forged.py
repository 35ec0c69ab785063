"""Requests signed by hand, so that any part of RFC 9421 may be left out, doubled or said wrong."""

import base64
import hashlib
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hub_for_tests import ADDRESS, Question
from requests.structures import CaseInsensitiveDict

from sync.protocol.http import SIGNATURE_SECONDS, SIGNATURE_TAG, SIGNED_COMPONENTS

_ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of Ed25519 (RFC 8032)."""


@dataclass(frozen=True)
class Place:
    """A signed endpoint, who may ask there, and a body that would have an effect."""

    method: str
    path: str
    body: bytes = b""
    is_for_admins: bool = False

    @property
    def url(self):
        return ADDRESS + self.path


@dataclass(frozen=True)
class Forgery:
    """A request as a device signs it, but for what is replaced."""

    place: Place
    device: str
    sign: object
    """Bytes to signature."""
    now: object
    nonce: str
    covered: tuple = SIGNED_COMPONENTS
    said: dict = field(default_factory=dict)
    """What is signed in place of a component's true value."""
    params: dict = field(default_factory=dict)
    """What stands in place of a parameter's usual text; None leaves it out."""
    more: str = ""
    """What is added to the parameters."""
    label: str = "pyhms"

    def but(self, **changes):
        return replace(self, **changes)

    def at(self, **delta):
        """Sign at another time."""
        return replace(self, now=self.now + timedelta(**delta))

    def question(self):
        """Return the question, signed over exactly what its headers say."""
        place, digest = self.place, digest_of(self.place.body)
        true = {"@method": place.method, "@target-uri": place.url, "content-digest": digest}
        values = true | self.said
        inner = self._inner()
        lines = [
            f'"{name}": {values.get(name.partition(chr(34))[0], "")}' for name in self.covered
        ]
        base = "\n".join([*lines, f'"@signature-params": {inner}'])
        asked = Question(place.method, place.url, CaseInsensitiveDict(), place.body)
        asked.headers["Content-Digest"] = values["content-digest"]
        asked.headers["Signature-Input"] = f"{self.label}={inner}"
        asked.headers["Signature"] = f"{self.label}=:{_b64(self.sign(base.encode()))}:"
        return asked

    def _inner(self):
        created = int(self.now.timestamp())
        usual = {
            "created": str(created),
            "keyid": f'"{self.device}"',
            "alg": '"ed25519"',
            "expires": str(created + SIGNATURE_SECONDS),
            "nonce": f'"{self.nonce}"',
            "tag": f'"{SIGNATURE_TAG}"',
        }
        params = usual | self.params
        covered = " ".join(f'"{name}"' for name in self.covered)
        told = "".join(f";{name}={text}" for name, text in params.items() if text is not None)
        return f"({covered}){told}{self.more}"


def digest_of(body):
    """Return the Content-Digest of a body."""
    return f"sha-256=:{_b64(hashlib.sha256(body).digest())}:"


def signature_of(question):
    """Return the signature's bytes."""
    return base64.b64decode(question.headers["Signature"].split(":")[1])


def with_signature(question, raw):
    """Put other bytes in place of the signature."""
    label = question.headers["Signature"].partition("=")[0]
    question.headers["Signature"] = f"{label}=:{_b64(raw)}:"
    return question


def turned(bit, raw):
    """Turn one bit."""
    turned = int.from_bytes(raw, "little") ^ (1 << bit)
    return turned.to_bytes(64, "little")


def malleable(raw):
    """Add the group's order to s: the same equation holds, by other bytes."""
    s = int.from_bytes(raw[32:], "little") + _ORDER
    return raw[:32] + s.to_bytes(32, "little")


def without(name, stage, ours):
    """Leave a header out."""
    asked = ours.question()
    del asked.headers[name]
    return asked


def bare(ours):
    """Leave every header out."""
    asked = ours.question()
    asked.headers.clear()
    return asked


def authorized(way, stage, ours):
    """Show something else than a signature."""
    asked = bare(ours)
    asked.headers["Authorization"] = way
    return asked


def labelled(label, stage, ours):
    """Name the signature otherwise than its input."""
    asked = ours.question()
    asked.headers["Signature"] = asked.headers["Signature"].replace("pyhms=", f"{label}=")
    return asked


def again(was):
    """Say the input once more, by another label."""
    return f"{was}, {was.replace('pyhms=', 'again=')}"


def _b64(raw):
    return base64.b64encode(raw).decode()
