"""Every key is derived under its own label, the same on every machine, for ever (R-27)."""

import hmac
from dataclasses import astuple, fields
from hashlib import sha512
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.vault.keys import (
    FLOOR,
    USUAL,
    Cost,
    VaultKeys,
    carried,
    derived,
    escrow_secret,
    invitation_kek,
    passphrase_kek,
    recovery_kek,
    scope_of,
    stretched,
    unwrapped,
    vault_keys,
    with_carried,
    wrapped,
)

VMK = bytes(range(32))
VAULT = UUID("00112233-4455-6677-8899-aabbccddeeff")


def hkdf_by_hand(secret, info, length):
    """RFC 5869 with SHA-512 and no salt, written a second time."""
    key, block, out = hmac.digest(bytes(64), secret, sha512), b"", b""
    for number in range(1, -(-length // 64) + 1):
        block = hmac.digest(key, block + info + bytes([number]), sha512)
        out += block
    return out[:length]


def test_the_derivation_is_rfc_5869_under_label_and_scope():
    made = derived("some label", VMK, b"scope", 48)

    assert made == hkdf_by_hand(VMK, b"bammajung/1 some label\0scope", 48)


@pytest.mark.parametrize(
    ("field", "label", "length"),
    [
        ("database", "database", 48), ("chain", "chain", 32), ("digest", "digest", 32),
        ("anchor", "anchor", 32), ("header", "header", 32), ("attachments", "attachments", 32),
        ("backup", "backup", 32), ("audit", "audit", 32),
    ],
)  # fmt: skip
def test_each_key_of_a_vault_has_its_label(field, label, length):
    keys = vault_keys(VMK, VAULT, 7)

    info = b"bammajung/1 " + label.encode() + b"\0" + VAULT.bytes + b"\0\0\0\7"
    assert getattr(keys, field) == hkdf_by_hand(VMK, info, length)


def test_the_keys_of_a_known_vault_never_change():
    keys = vault_keys(VMK, VAULT, 0)

    assert {f.name: getattr(keys, f.name).hex()[:32] for f in fields(VaultKeys)} == KNOWN_KEYS


def test_no_two_uses_share_a_key():
    uses = [
        *astuple(vault_keys(VMK, VAULT, 0)),
        *astuple(vault_keys(VMK, VAULT, 1)),
        *astuple(vault_keys(VMK, UUID(int=1), 0)),
        passphrase_kek(VMK, b"", b"s"),
        passphrase_kek(VMK, bytes(32), b"s"),
        recovery_kek(VMK, b"s"),
        invitation_kek(VMK, b"s"),
        escrow_secret(VMK),
    ]

    assert len({key[:32] for key in uses}) == len(uses)


def test_argon2id_is_the_one_of_rfc_9106():
    made = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32,
        ad=b"\x04" * 12, secret=b"\x03" * 8,
    ).derive(b"\x01" * 32)  # fmt: skip

    assert made.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_a_known_passphrase_stretches_to_a_known_key():
    made = stretched("밤길".encode(), bytes(range(16)), FLOOR)

    assert made.hex() == KNOWN_STRETCH
    assert passphrase_kek(made, bytes(32), b"scope").hex() == KNOWN_PASSPHRASE_KEK
    assert recovery_kek(b"0" * 26, b"scope").hex() == KNOWN_RECOVERY_KEK
    assert invitation_kek(b"0" * 26, b"scope").hex() == KNOWN_INVITATION_KEK
    assert escrow_secret(b"0" * 26 + b"1" * 26).hex()[:64] == KNOWN_ESCROW


def test_each_key_made_of_something_typed_has_its_label():
    makers = {"slot-kek": lambda i, s: passphrase_kek(i, b"", s), "recovery-kek": recovery_kek,
              "invitation-kek": invitation_kek}  # fmt: skip

    for label, make in makers.items():
        assert make(VMK, b"scope") == hkdf_by_hand(VMK, f"bammajung/1 {label}\0scope".encode(), 32)
    assert escrow_secret(VMK) == hkdf_by_hand(VMK, b"bammajung/1 escrow-pair\0", 96)


def test_the_journals_keys_are_carried_into_the_next_epoch_and_no_others_are():
    old, scope = vault_keys(VMK, VAULT, 0), scope_of(VAULT, 1)
    new = vault_keys(bytes(range(1, 33)), VAULT, 1)

    sealed = carried(old, bytes(range(1, 33)), scope, b"n" * 12)
    kept = with_carried(new, bytes(range(1, 33)), scope, sealed)

    assert (kept.chain, kept.digest) == (old.chain, old.digest)
    others = [f.name for f in fields(VaultKeys) if f.name not in {"chain", "digest"}]
    assert all(getattr(kept, name) == getattr(new, name) for name in others)
    assert all(getattr(kept, name) != getattr(old, name) for name in others)
    assert with_carried(new, VMK, scope, sealed) is None
    assert with_carried(new, bytes(range(1, 33)), scope_of(VAULT, 2), sealed) is None
    kek = hkdf_by_hand(bytes(range(1, 33)), b"bammajung/1 carried-kek\0" + scope, 32)
    assert unwrapped(kek, b"n" * 12, sealed[12:], b"") == old.chain + old.digest


@pytest.mark.parametrize("key", [bytes(32), b"", bytes(range(31)), bytes(range(33))])
def test_a_wiped_or_short_key_encrypts_nothing(key):
    with pytest.raises(ValueError, match="not a vault key"):
        vault_keys(key, VAULT, 0)


def test_a_wrapped_key_opens_only_whole_and_in_its_place():
    sealed = wrapped(b"k" * 32, b"n" * 12, VMK, b"slot")

    assert unwrapped(b"k" * 32, b"n" * 12, sealed, b"slot") == VMK
    assert unwrapped(b"K" * 32, b"n" * 12, sealed, b"slot") is None
    assert unwrapped(b"k" * 32, b"n" * 12, sealed, b"another slot") is None
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        assert unwrapped(b"k" * 32, b"n" * 12, bytes(changed), b"slot") is None


@pytest.mark.parametrize(
    ("cost", "is_allowed"),
    [
        (USUAL, True), (FLOOR, True), (Cost(1024 * 1024, 10, 8), True),
        (Cost(64 * 1024 - 1, 1, 1), False), (Cost(1024 * 1024 + 1, 1, 1), False),
        (Cost(64 * 1024, 0, 1), False), (Cost(64 * 1024, 11, 1), False),
        (Cost(64 * 1024, 1, 0), False), (Cost(64 * 1024, 1, 9), False),
    ],
)  # fmt: skip
def test_a_cost_is_neither_cheap_nor_ruinous(cost, is_allowed):
    assert cost.is_allowed() is is_allowed


def test_keys_are_never_printed():
    assert VMK.hex() not in repr(vault_keys(VMK, VAULT, 0))
    assert "b'" not in repr(vault_keys(VMK, VAULT, 0))


# Written down once. A vault made today must open in twenty years.
KNOWN_KEYS = {
    "database": "7565be8c1fbad2566fa1712d36b593a7",
    "chain": "70645cda243d22ab72e7269d52825c0b",
    "digest": "9a43bb2e78baf95fa7b38b0bdb65db51",
    "anchor": "a02d8e6215d3fd24f74b269232a980c6",
    "header": "8c188682375ee7e51d4a16f635496560",
    "attachments": "7ae0ab2ace9f4cb8703e48fa8c340397",
    "backup": "d005287e642a8e187adcc352ee52c38a",
    "audit": "10b8c780a2836266813ac991b197c829",
}
KNOWN_STRETCH = "b1e01c2fedb2af0c92016a895ab5b0b62c5da2950c1a0da47444612f9dbe328a"
KNOWN_PASSPHRASE_KEK = "8859245d16f767f03c45b69b9739ffd0e96819d6b3cba5fbbffefb60635fa726"
KNOWN_RECOVERY_KEK = "5a2845158d93fd75503c628e9b6c1da9e4389f25e4b21745dc1dd99f67db9050"
KNOWN_INVITATION_KEK = "3679c33bec848fa3c3114f413d71eaa59f911e1b440e0f968e3b9677a96223e8"
KNOWN_ESCROW = "656114f8d8f39165e980f67c58c4119913b3f362ab19a70b329b9173a3fdc3a5"
