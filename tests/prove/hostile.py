"""Headers as an attacker could make them: with a right checksum, and without the vault's key."""

import random

import msgspec

from desktop.vault.header import Header
from sync.protocol.digests import sha256

_NUMBERS = (
    -(2**63), -1, 0, 1, 8, 10, 11, 1 << 16, 6 << 20, 1 << 20, (1 << 20) + 1, 1 << 31, 1 << 40,
    1 << 63, 1 << 64, 1e308, 0.5, True, None, "65536", [1], {},
)  # fmt: skip
_ALLOWED, _PASSES = (1 << 16, 1 << 18, 1 << 19, 1 << 20), (1, 2, 3, 6, 10)
_TEXTS = ("", "가" * 10_000, "\0", "\u202e", "../../etc/passwd", "real\n", "A" * 64, "backdoor")
_BOMBS = (
    b"[" * 60_000, b'{"a":' * 12_000, b'{"slots":' + b"9" * 60_000 + b"}", b" " * 65_536,
    b'{"slots":[' + b"1e999," * 9_000 + b"1]}", b'{"\xff":1}', b'{"epoch":"\xed\xa0\x80"}',
    b"\xef\xbb\xbf{}", b'{"epoch":NaN}', b'"' + b"\\u0000" * 10_000 + b'"', b"", b"null",
    b'{"a":1,' * 9_000, b'{"policy":{"label":"' + b"\xf0\x9f" * 20_000 + b'"}}',
)  # fmt: skip


def framed(text: bytes, chance: random.Random) -> bytes:
    """Return a header's bytes around any text."""
    version = chance.choice((1, 1, 1, 1, 0, 2, 65_535)).to_bytes(2, "big")
    seq = chance.choice((1, 2, 2**63, 2**64 - 1)).to_bytes(8, "big")
    size = len(text) if chance.random() < 0.95 else chance.randrange(2**32)
    body = b"BMJHDR\r\n" + version + seq + size.to_bytes(4, "big") + text
    body += chance.randbytes(32)
    return body + sha256(body)


def hostile(genuine: Header, chance: random.Random) -> bytes:
    """Return one, at random."""
    make = chance.choice((_dear, _dear, _changed, _changed, _bomb, _rotten))
    content = framed(make(genuine, chance), chance)
    if chance.random() < 0.05:
        return content[: chance.randrange(len(content))]
    return content


def _told(genuine):
    return msgspec.json.decode(msgspec.json.encode(genuine))


def _written(fields):
    return msgspec.json.encode(fields, order="sorted")


def _dear(genuine, chance):
    """As much work as may be asked for, and more: one slot or many."""
    fields = _told(genuine)
    slot = next(slot for slot in fields["slots"] if slot["kind"] == "passphrase")
    costs = [
        {
            "memory_kib": chance.choice(_ALLOWED if chance.random() < 0.7 else _NUMBERS),
            "passes": chance.choice(_PASSES if chance.random() < 0.8 else _NUMBERS),
            "lanes": chance.choice((1, 4, 8, 9)),
        }
        for _ in range(chance.choice((1, 1, 1, 2, 5, 32, 33)))
    ]
    fields["slots"] = [slot | {"cost": cost, "needs_device": False} for cost in costs]
    return _written(fields)


def _changed(genuine, chance):
    """One or several fields replaced, taken away or added, anywhere."""
    fields = _told(genuine)
    for _ in range(chance.randint(1, 3)):
        place = _somewhere(fields, chance)
        name = chance.choice([*place, "extra"])
        if chance.random() < 0.15:
            place.pop(name, None)
        else:
            place[name] = chance.choice((*_NUMBERS, *_TEXTS, chance.randrange(2**70)))
    return _written(fields)


def _somewhere(fields, chance):
    slots = fields.get("slots")
    inside = [slot for slot in slots if isinstance(slot, dict)] if isinstance(slots, list) else []
    inside += [slot["cost"] for slot in inside if isinstance(slot.get("cost"), dict)]
    if isinstance(fields.get("policy"), dict):
        inside.append(fields["policy"])
    return chance.choice([fields, *inside])


def _bomb(genuine, chance):
    """What is small to write and large to read."""
    return chance.choice(_BOMBS)


def _rotten(genuine, chance):
    """Bytes changed at random."""
    text = bytearray(msgspec.json.encode(genuine, order="sorted"))
    for _ in range(chance.randint(1, 8)):
        text[chance.randrange(len(text))] = chance.randrange(256)
    return bytes(text)
