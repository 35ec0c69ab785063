"""A request's signature, written letter for letter as our own programs write it (RFC 9421).

Reading any form that the RFC allows takes longer than most of what a request needs. What is
familiar is read here; what differs in one letter, or does not hold, is for the library to judge.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sync.protocol.http import SIGNATURE_TAG, SIGNED_COMPONENTS

_TIME = r"[1-9][0-9]{0,9}"
_COVERED = re.escape("({})".format(" ".join(f'"{name}"' for name in SIGNED_COMPONENTS)))
_INPUT = re.compile(
    rf"(?P<label>[a-z]+)=(?P<params>{_COVERED}"
    rf";created=(?P<created>{_TIME})"
    r';keyid="(?P<keyid>[0-9a-f-]{36})"'
    r';alg="ed25519"'
    rf";expires=(?P<expires>{_TIME})"
    r';nonce="(?P<nonce>[0-9a-f]{32})"'
    rf';tag="{re.escape(SIGNATURE_TAG)}")'
)
_SIGNATURE = re.compile(r"(?P<label>[a-z]+)=:(?P<sig>[A-Za-z0-9+/]{86}==):")
_METHOD = re.compile(r"[A-Z]+")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9._/-]*")
"""An address in which nothing is escaped, and to which nothing is added."""


@dataclass(frozen=True, slots=True)
class Familiar:
    """A signature that is yet to be held against its device's key, with a digest that holds."""

    device: str
    nonce: str
    created: datetime
    expires: datetime
    sig: bytes
    said: bytes
    """What was signed."""


def familiar(
    method: str, url: str, lines: Sequence[tuple[str, str]], body: bytes
) -> Familiar | None:
    """Read the request's one signature; None where the library has to look."""
    names = ("signature-input", "signature", "content-digest")
    about, proof, digest = (_only(lines, name) for name in names)
    read, sig = _INPUT.fullmatch(about), _SIGNATURE.fullmatch(proof)
    is_plain = _METHOD.fullmatch(method) and _URL.fullmatch(url)
    if not (read and sig and is_plain and read["label"] == sig["label"]):
        return None
    if digest != f"sha-256=:{b64encode(hashlib.sha256(body).digest()).decode()}:":
        return None
    params = read["params"]
    values = (*zip(SIGNED_COMPONENTS, (method, url, digest), strict=True),)
    said = [f'"{name}": {value}' for name, value in (*values, ("@signature-params", params))]
    created, expires = (datetime.fromtimestamp(int(read[n]), UTC) for n in ("created", "expires"))
    signed = "\n".join(said).encode("ascii")
    return Familiar(read["keyid"], read["nonce"], created, expires, b64decode(sig["sig"]), signed)


def _only(lines: Sequence[tuple[str, str]], name: str) -> str:
    """Return the value of a header that came once, else nothing."""
    found = [value for each, value in lines if each.lower() == name]
    return found[0] if len(found) == 1 else ""
