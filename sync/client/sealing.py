"""Only the agency can read it: sign inside, seal outside, one content key for each recipient.

`sig` stands inside the seal because HPKE proves no sender. The clear header is bound three
times: by the signature, as additional data of the content, and through `info` of every key.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.client import copies
from sync.client.copies import Recipient
from sync.client.errors import KeyUnusable, Tampered
from sync.client.hybrid import HYBRID
from sync.client.padding import padded, unpadded
from sync.client.signing import SigningKey, verify
from sync.client.wrapping import KEY_BYTES, NONCE_BYTES, fresh
from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.digests import sha256
from sync.protocol.ed25519 import SIGNATURE_BYTES
from sync.protocol.messages import SEALED_KINDS, SIGN_CONTEXT, Header, Message

_KEY_CONTEXT = b"ysn/v1/cek\0"
_TAG_BYTES = 16


def seal(
    header: Header,
    packet: bytes,
    signer: SigningKey,
    recipients: tuple[Recipient, ...],
    chance: Callable[[int], bytes],
) -> Message:
    """Seal `packet` to every recipient; fills in the header's epoch, suite and size class."""
    epochs = dict(map(copies.named, recipients))
    are_usable = all(copies.is_usable(recipient, header.from_org) for recipient in recipients)
    if not are_usable or header.to_org not in epochs:
        raise KeyUnusable("recipient")
    unsigned = padded(bytes(SIGNATURE_BYTES), packet)
    size = len(unsigned) + NONCE_BYTES + _TAG_BYTES
    clear = canonical(
        msgspec.structs.replace(
            header, key_epoch=epochs[header.to_org], suite=HYBRID, size_class=size
        )
    )
    digest = sha256(clear)
    content_key, nonce = fresh(chance, KEY_BYTES), fresh(chance, NONCE_BYTES)
    plain = signer.sign(_signed(digest, packet)) + unsigned[SIGNATURE_BYTES:]
    info = _KEY_CONTEXT + digest
    keys = tuple(copies.sealed(each, content_key, info, chance) for each in recipients)
    return Message(
        header=clear,
        keys=keys,
        ct=nonce + ChaCha20Poly1305(content_key).encrypt(nonce, plain, clear),
    )


def open_sealed(
    message: Message, org: str, private_keys: Mapping[int, bytes], sender_sign_pub: bytes
) -> bytes:
    """Return the packet that the sender sealed to `org`, or say why it is not believed."""
    header = header_of(message)
    if header.kind not in SEALED_KINDS or message.body or message.sig:
        raise Tampered("shape")
    if header.suite != HYBRID or header.size_class != len(message.ct):
        raise Tampered("header")
    digest = sha256(message.header)
    info = _KEY_CONTEXT + digest
    content_key = copies.opened(message.keys, (header.from_org, org), private_keys, info)
    nonce, sealed = message.ct[:NONCE_BYTES], message.ct[NONCE_BYTES:]
    try:
        plain = ChaCha20Poly1305(content_key).decrypt(nonce, sealed, message.header)
    except (InvalidTag, ValueError) as error:
        raise Tampered("seal") from error
    sig, packet = unpadded(plain, SIGNATURE_BYTES)
    verify(sender_sign_pub, _signed(digest, packet), sig, "sender")
    return packet


def sign_clear(header: Header, body: bytes, signer: SigningKey) -> Message:
    """Return a message of a clear kind, signed."""
    clear = canonical(header)
    return Message(header=clear, body=body, sig=signer.sign(_signed(sha256(clear), body)))


def verify_clear(message: Message, sign_pub: bytes) -> Header:
    """Return the header of a clear message that the holder of `sign_pub` signed."""
    header = header_of(message)
    if header.kind in SEALED_KINDS or message.keys or message.ct:
        raise Tampered("shape")
    verify(sign_pub, _signed(sha256(message.header), message.body), message.sig, "sender")
    return header


def header_of(message: Message) -> Header:
    """Read the header, unproven; a header that is not canonical has been tampered with."""
    return _header(message.header)


# Whoever opens a letter looks at its header several times in a row.
@lru_cache(maxsize=16)
def _header(clear: bytes) -> Header:
    try:
        header = read_json(Header, clear)
    except Unreadable as error:
        raise Tampered("header") from error
    if canonical(header) != clear:
        raise Tampered("header")
    return header


def _signed(digest: bytes, body: bytes) -> bytes:
    return SIGN_CONTEXT + digest + sha256(body)
