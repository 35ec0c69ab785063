"""Only the agency can read it: sign inside, seal outside, one content key for each recipient.

`sig` stands inside the seal because HPKE proves no sender. The clear header is bound three
times: by the signature, as additional data of the content, and through `info` of every key.
"""

from collections.abc import Callable, Mapping

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.client import owncopy
from sync.client.errors import KeyUnusable, NotForUs, Tampered
from sync.client.hybrid import HYBRID, SealingPair, seal_to
from sync.client.owncopy import OwnKey
from sync.client.padding import padded, unpadded
from sync.client.signing import SIGNATURE_BYTES, SigningKey, verify
from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.digests import sha256
from sync.protocol.directory import SealingKey
from sync.protocol.messages import SEALED_KINDS, SIGN_CONTEXT, Header, Message, SealedKey

Recipient = tuple[str, SealingKey | OwnKey]
"""An organisation, and its listed key; for our own organisation the private key itself."""
_KEY_CONTEXT = b"ysn/v1/cek\0"
_NONCE_BYTES = 12
_TAG_BYTES = 16


def seal(
    header: Header,
    packet: bytes,
    signer: SigningKey,
    recipients: tuple[Recipient, ...],
    chance: Callable[[int], bytes],
) -> Message:
    """Seal `packet` to every recipient; fills in the header's epoch, suite and size class."""
    epochs = {org: key.epoch for org, key in recipients}
    if not all(_is_usable(key) for _, key in recipients) or header.to_org not in epochs:
        raise KeyUnusable("recipient")
    unsigned = padded(bytes(SIGNATURE_BYTES), packet)
    size = len(unsigned) + _NONCE_BYTES + _TAG_BYTES
    clear = canonical(
        msgspec.structs.replace(
            header, key_epoch=epochs[header.to_org], suite=HYBRID, size_class=size
        )
    )
    content_key, nonce = _fresh(chance, 32), _fresh(chance, _NONCE_BYTES)
    plain = signer.sign(_signed(clear, packet)) + unsigned[SIGNATURE_BYTES:]
    info = _info(clear)
    keys = tuple(
        SealedKey(org, key.epoch, _sealed_key(key, content_key, info, chance))
        for org, key in recipients
    )
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
    content_key = _content_key(message, org, private_keys)
    nonce, sealed = message.ct[:_NONCE_BYTES], message.ct[_NONCE_BYTES:]
    try:
        plain = ChaCha20Poly1305(content_key).decrypt(nonce, sealed, message.header)
    except (InvalidTag, ValueError) as error:
        raise Tampered("seal") from error
    sig, packet = unpadded(plain, SIGNATURE_BYTES)
    verify(sender_sign_pub, _signed(message.header, packet), sig, "sender")
    return packet


def sign_clear(header: Header, body: bytes, signer: SigningKey) -> Message:
    """Return a message of a clear kind, signed."""
    clear = canonical(header)
    return Message(header=clear, body=body, sig=signer.sign(_signed(clear, body)))


def verify_clear(message: Message, sign_pub: bytes) -> Header:
    """Return the header of a clear message that the holder of `sign_pub` signed."""
    header = header_of(message)
    if header.kind in SEALED_KINDS or message.keys or message.ct:
        raise Tampered("shape")
    verify(sign_pub, _signed(message.header, message.body), message.sig, "sender")
    return header


def header_of(message: Message) -> Header:
    """Read the header, unproven; a header that is not canonical has been tampered with."""
    try:
        header = read_json(Header, message.header)
    except Unreadable as error:
        raise Tampered("header") from error
    if canonical(header) != message.header:
        raise Tampered("header")
    return header


def _signed(clear: bytes, body: bytes) -> bytes:
    return SIGN_CONTEXT + sha256(clear) + sha256(body)


def _info(clear: bytes) -> bytes:
    return _KEY_CONTEXT + sha256(clear)


def _fresh(chance: Callable[[int], bytes], length: int) -> bytes:
    fresh = chance(length)
    if len(fresh) != length or not any(fresh):
        raise KeyUnusable("chance gave nothing")
    return fresh


def _is_usable(key: SealingKey | OwnKey) -> bool:
    return isinstance(key, OwnKey) or key.suite == HYBRID


def _sealed_key(
    key: SealingKey | OwnKey, content_key: bytes, info: bytes, chance: Callable[[int], bytes]
) -> bytes:
    if isinstance(key, OwnKey):
        return key.wrap(content_key, info, chance)
    return seal_to(key.public, content_key, info)


def _opened_key(epoch: int, secret: bytes, enc: bytes, info: bytes) -> bytes:
    if len(enc) == owncopy.BYTES:
        return OwnKey(epoch, secret).unwrap(enc, info)
    return SealingPair(secret).open(enc, info)


def _content_key(message: Message, org: str, private_keys: Mapping[int, bytes]) -> bytes:
    for key in message.keys:
        if key.org == org and key.epoch in private_keys:
            secret, info = private_keys[key.epoch], _info(message.header)
            content_key = _opened_key(key.epoch, secret, key.enc, info)
            if len(content_key) != 32 or not any(content_key):
                raise Tampered("content key")
            return content_key
    raise NotForUs
