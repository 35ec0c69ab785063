"""Who sent it: RFC 9421 on requests, Ed25519 on messages, certificates and enrolments."""

import hashlib
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)

from sync.protocol.carrying import Parcel, parcel_words
from sync.protocol.directory import (
    CERT_CONTEXT,
    ENROL_CONTEXT,
    ORG_KEYS_CONTEXT,
    DeviceCert,
    Enrol,
    OrgKeys,
)
from sync.protocol.ed25519 import is_signed
from sync.protocol.http import (
    CLOCK_SKEW,
    SIGNATURE_SECONDS,
    SIGNATURE_TAG,
    SIGNED_COMPONENTS,
)
from sync.protocol.messages import SIGN_CONTEXT, Message
from sync.protocol.witness import RENEWAL_CONTEXT, Renewal
from sync.server.familiar import familiar
from sync.server.refusals import Refused

LookUp = Callable[[str], bytes | None]
"""Returns the key of a device, if there is one."""
MAX_AGE = timedelta(seconds=SIGNATURE_SECONDS)
MAX_AHEAD = timedelta(seconds=60)
COUNTS_FOR = MAX_AGE + MAX_AHEAD
"""No signature is believed for longer, whatever its sender's clock says."""
Gate = Callable[[str], None]
"""Counts one request of a device, or refuses it."""
BAD_SIGNATURE = "bad-signature"
_NONCE = re.compile(r"[0-9a-f]{32}")
_MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """Header lines as they came, repeated ones too."""

    lines: tuple[tuple[str, str], ...]

    def items(self) -> Sequence[tuple[str, str]]:
        """Return the lines in order."""
        return self.lines


@dataclass(frozen=True, slots=True)
class Request:
    """The parts of an HTTP request that a signature covers."""

    method: str
    url: str
    headers: HeaderLines
    body: bytes


class Nonces:
    """Remembers what has been seen for as long as its signature would count.

    Two sets take turns, so that no request ever waits until a long list is tidied.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._young: set[bytes] = set()
        self._old: set[bytes] = set()
        self._turns_at: datetime | None = None
        self._lock = threading.Lock()

    def is_new(self, device: str, nonce: str, now: datetime, gate: Gate) -> bool:
        """Say whether the device uses this nonce for the first time, and remember it.

        What was used before is not counted at the gate: whoever repeats a request would use up
        its sender's share. What the gate refuses is not remembered.
        """
        mark = hashlib.sha256(f"{device} {nonce}".encode()).digest()[:_MARK_BYTES]
        with self._lock:
            self._turn(now)
            if mark in self._young or mark in self._old:
                return False
            gate(device)
            self._young.add(mark)
            return True

    def _turn(self, now: datetime) -> None:
        if self._turns_at is None or now < self._turns_at - COUNTS_FOR:
            # The clock went back: what was seen stays, and is let go by the time it is now.
            self._turns_at = now + COUNTS_FOR
        elif now > self._turns_at:
            self._young, self._old = set(), self._young
            self._turns_at = now + COUNTS_FOR


class _Keys(HTTPSignatureKeyResolver):
    """Looks up the one key a request names."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        self.is_unknown = False

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """Return the device's key."""
        found = self._look_up(key_id)
        self.is_unknown = found is None
        return Ed25519PublicKey.from_public_bytes(found) if found else None


class _Verifier(HTTPMessageVerifier):
    """The library's verifier, with the hub's clock instead of one of its own."""

    def __init__(self, keys: _Keys, now: datetime) -> None:
        super().__init__(signature_algorithm=algorithms.ED25519, key_resolver=keys)
        self._now = now

    def validate_created_and_expires(
        self,
        sig_input: Any,
        max_age: timedelta | None = None,  # noqa: ARG002  (the library's; ours is the same)
    ) -> None:
        """Refuse a time that is too far from the hub's own."""
        created, expires = (self._time(sig_input, name) for name in ("created", "expires"))
        if not _is_near(created, expires, self._now):
            raise Refused(401, CLOCK_SKEW)

    @staticmethod
    def _time(sig_input: Any, name: str) -> datetime:
        seconds = sig_input.params.get(name)
        if type(seconds) is not int or not 0 <= seconds < 1 << 34:
            raise Refused(401, BAD_SIGNATURE)
        return datetime.fromtimestamp(seconds, UTC)


def check_request(
    request: Request, look_up: LookUp, nonces: Nonces, now: datetime, gate: Gate
) -> tuple[str, str]:
    """Return the id of the device that signed the request, and its nonce; or refuse it."""
    device, nonce = _held(request, look_up, now) or _judged(request, look_up, now)
    # Only now: remembering what is not proven would let strangers fill the memory.
    if not nonces.is_new(device, nonce, now, gate):
        raise Refused(401, BAD_SIGNATURE)
    return device, nonce


def _held(request: Request, look_up: LookUp, now: datetime) -> tuple[str, str] | None:
    """Return device and nonce of a familiar signature that holds in every respect."""
    signed = familiar(request.method, request.url, request.headers.lines, request.body)
    if signed is None or not _is_near(signed.created, signed.expires, now):
        return None
    found = look_up(signed.device)
    if found is None or not is_signed(found, signed.said, signed.sig):
        return None
    return signed.device, signed.nonce


def _judged(request: Request, look_up: LookUp, now: datetime) -> tuple[str, str]:
    """Return device and nonce of a signature of any form, or refuse it."""
    keys = _Keys(look_up)
    try:
        # Every argument matters: the library's own defaults leave each of these open.
        signed = _Verifier(keys, now).verify(
            request,
            max_age=MAX_AGE,
            expect_tag=SIGNATURE_TAG,
            require_components=SIGNED_COMPONENTS,
            body=request.body,
        )
    except HTTPMessageSignaturesException as error:
        raise Refused(401, "unknown-key" if keys.is_unknown else BAD_SIGNATURE) from error
    if len(signed) != 1 or not _NONCE.fullmatch(nonce := signed[0].nonce or ""):
        raise Refused(401, BAD_SIGNATURE)
    return str(signed[0].parameters["keyid"]), nonce


def _is_near(created: datetime, expires: datetime, now: datetime) -> bool:
    return created - MAX_AHEAD <= now <= created + MAX_AGE and now <= expires


def is_message_signed(message: Message, key: Ed25519PublicKey) -> bool:
    """Say whether the holder of the key signed this clear message."""
    digests = hashlib.sha256(message.header).digest() + hashlib.sha256(message.body).digest()
    return is_signed(key.public_bytes_raw(), SIGN_CONTEXT + digests, message.sig)


def is_cert_signed(cert: DeviceCert, org_pub: bytes) -> bool:
    """Say whether the organisation signed the certificate."""
    return is_signed(org_pub, CERT_CONTEXT + cert.claim, cert.sig)


def are_keys_signed(keys: OrgKeys, org_pub: bytes) -> bool:
    """Say whether the organisation itself asks to be listed with these keys."""
    return is_signed(org_pub, ORG_KEYS_CONTEXT + keys.claim, keys.sig)


def is_enrolment_proven(asked: Enrol) -> bool:
    """Say whether the device holds the key it wants to be known by."""
    said = asked.code.encode() + asked.device.encode() + asked.sign_pub + asked.seal_pub
    return is_signed(asked.sign_pub, ENROL_CONTEXT + said, asked.proof)


def is_parcel_signed(parcel: Parcel, device_pub: bytes) -> bool:
    """Say whether the device itself made this parcel."""
    words = parcel_words(parcel.device, parcel.at, parcel.exchange)
    return is_signed(device_pub, words, parcel.sig)


def is_renewal_signed(renewal: Renewal, device_pub: bytes) -> bool:
    """Say whether the device itself begins a new line of marks."""
    return is_signed(device_pub, RENEWAL_CONTEXT + renewal.claim, renewal.sig)


def public_key(raw: bytes) -> Ed25519PublicKey | None:
    """Read a public key, or None if these bytes are not one."""
    try:
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        return None
