"""Requests that show who sent them: RFC 9421 with Ed25519 (protocol.md 3.1)."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Protocol

from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from sync.client.signing import DeviceKeys, SigningKey
from sync.protocol.http import SIGNATURE_SECONDS, SIGNATURE_TAG, SIGNED_COMPONENTS

_NONCE_CONTEXT = b"ysn/v1/nonce\0"


class Request(Protocol):
    """What is signed: `requests.PreparedRequest` fits."""

    method: str | None
    url: str | None

    @property
    def headers(self) -> MutableMapping[str, str]:
        """Return the header fields, which are added to."""
        ...


def sign_request(request: Request, body: bytes, keys: DeviceKeys, now: datetime, n: int) -> None:
    """Sign the request in place. `n` tells apart requests of the same instant."""
    own = MappingKeyResolver(public_keys={}, private_keys={keys.device: keys.sign.private})
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=own).sign(
        request,
        key_id=keys.device,
        created=now,
        expires=now + timedelta(seconds=SIGNATURE_SECONDS),
        nonce=_nonce(keys.sign, now, n),
        tag=SIGNATURE_TAG,
        covered_component_ids=SIGNED_COMPONENTS,
        body=body,
    )


def _nonce(key: SigningKey, now: datetime, n: int) -> str:
    # An Ed25519 signature is deterministic and nobody else can foresee it, so a nonce made of
    # one needs no source of chance, only an instant and a count that do not come again.
    return key.sign(_NONCE_CONTEXT + f"{now.isoformat()}/{n}".encode())[:16].hex()
