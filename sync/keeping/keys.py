"""A keeper's key: one file on one stick, under a passphrase if they wish."""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


class KeyRefused(Exception):
    """This file is no key of a keeper, or the passphrase is not its own."""


def make_key(file: Path, passphrase: str, chance: Callable[[int], bytes]) -> bytes:
    """Make a key in a new file, which only we may read; return its public half."""
    key = Ed25519PrivateKey.from_private_bytes(chance(32))
    guard: KeySerializationEncryption = NoEncryption()
    if passphrase:
        guard = BestAvailableEncryption(passphrase.encode())
    words = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, guard)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        new.write(words)
        new.flush()
        os.fsync(new.fileno())
    return key.public_key().public_bytes_raw()


def read_key(file: Path, ask: Callable[[str], str]) -> bytes:
    """Return the key; `ask` is called for a passphrase where there is one."""
    words = file.read_bytes()
    try:
        secret = ask(str(file)).encode() if b"ENCRYPTED" in words else None
        key = load_pem_private_key(words, secret)
    except (ValueError, TypeError) as error:
        raise KeyRefused from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused
    return key.private_bytes_raw()
