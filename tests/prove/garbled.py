"""A real answer made into something else: by its bytes, by its structure, by its head, by lies."""

import random
from datetime import UTC, datetime

import msgspec
from prove.lies import LIES

from sync.client.reading import Answer
from sync.protocol.answers import Problem
from sync.protocol.codec import PROBLEM_TYPE, WIRE_TYPE, canonical
from sync.protocol.http import PROBLEM_PREFIX

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
_VALUES = (
    None, True, False, 0, -1, 1, 255, 1 << 31, (1 << 63) - 1, (1 << 64) - 1, -(1 << 63),
    0.0, float("nan"), float("inf"), 1e308, "", "x", "x" * 300, "\0", "010-1234-5678", b"",
    b"x" * 70_000, [], {}, [[]], {"": None}, {"hub": "hub"}, NIGHT,
    datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
)  # fmt: skip
_RAW = (
    b"\xc1", b"\xa1\xff", b"\x91" * 900 + b"\xc0", b"\x91" * 100_000 + b"\xc0",
    b"\x81\xa1a" * 5_000 + b"\xc0", b"\xdf\xff\xff\xff\xff", b"\xdd\xff\xff\xff\xff\xc0",
    b"\xc6\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xffx", b"\xc7\x00\x05", b"\xd4\x7f\x00",
    b"\xc7\x0c\xff" + b"\xff" * 12, b"\xd6\xff\xff\xff\xff\xff", b"\xd7\xff" + b"\xff" * 8,
    b"\xca\x7f\xc0\x00\x00", b"\xcb\x7f\xf8" + bytes(6),
)  # fmt: skip
_ODD = tuple(msgspec.Raw(msgspec.msgpack.encode(value)) for value in _VALUES)
_MEDIA = (
    "", "text/html", "application/json", WIRE_TYPE.upper(), f"{WIRE_TYPE}; charset=utf-8",
    PROBLEM_TYPE, "application/x-msgpack", ";", "\xff",
)  # fmt: skip
_STATUS = (0, 99, 201, 204, 206, 301, 304, 400, 401, 403, 404, 413, 426, 429, 451, 500, 503, 999)
_REST = ("", "-1", "1e9", "9" * 40, "٣", "²", "1.5", "Fri, 20 Nov 2026 14:10:00 GMT", "0", " 5")
_TIMES = (
    '"0001-01-01T00:00:00Z"', '"9999-12-31T23:59:59Z"', '"2026-11-20T14:10:00"', "null", "1e400",
    '"2026-11-20T14:10:00+23:59"', '"2026-11-20T14:30:00Z"',
)  # fmt: skip
_REMEMBERED = 40
_CODES = ("clock-skew", "device-revoked", "role", "", "x" * 5000, "\u202e", "bad-signature")


class Garbler:
    """Makes answers of one seed."""

    def __init__(self, seed: str, others: tuple[bytes, ...]) -> None:
        """`others` are real answers too, from which parts are taken."""
        self.chance = random.Random(seed)
        self._others = others
        self._ways = (self._structure,) * 6 + (self._bytes,) * 3 + (self._lie,) * 5
        self._ways += (self._head, self._problem)

    def remembers(self, body: bytes) -> None:
        """Take parts from this real answer too, and no longer from the oldest of its kind."""
        self._others = (*self._others, body)[-_REMEMBERED:]

    def __call__(self, body: bytes) -> Answer:
        """Return the answer with this body, or something else."""
        return self.chance.choice(self._ways)(body)

    def bytes_of(self, raw: bytes) -> bytes:
        """Turn, cut, repeat, insert or take from elsewhere."""
        pick, size = self.chance.randrange, len(raw)
        at, other = pick(size + 1), pick(size + 1)
        low, high = sorted((at, other))
        way = pick(7)
        if way == 0:
            return raw[:at]
        if way == 1:
            return raw[:low] + raw[high:]
        if way == 2:
            return raw[:high] + raw[low:]
        if way == 3:
            return raw[:at] + self.chance.randbytes(pick(1, 9)) + raw[at:]
        if way == 4:
            stranger = self.chance.choice(self._others)
            return raw[:at] + stranger[pick(len(stranger)) :]
        turned = bytearray(raw)
        for _ in range(pick(1, 4) if raw else 0):
            turned[pick(size)] ^= 1 << pick(8)
        return bytes(turned)

    def _bytes(self, body):
        return _answer(self.bytes_of(body))

    def _structure(self, body):
        tree = msgspec.msgpack.decode(body)
        for _ in range(self.chance.choice((1, 1, 1, 2, 5))):
            self._change(self._node(tree))
        if self.chance.random() < 0.05:
            return _answer(_twice_a_key(tree, self.chance))
        return _answer(msgspec.msgpack.encode(tree))

    def _node(self, tree):
        """Walk down to a list or a map."""
        while True:
            inner = tree.values() if isinstance(tree, dict) else tree
            below = [part for part in inner if isinstance(part, dict | list) and part]
            if not below or self.chance.random() < 0.25:
                return tree
            tree = self.chance.choice(below)

    def _change(self, node):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key, way = self.chance.choice(keys), self.chance.randrange(10)
        if way == 0:
            del node[key]
        elif way == 1:
            self._once_more(node, key)
        elif way == 2:
            other = self.chance.choice(keys)
            node[key], node[other] = node[other], node[key]
        else:
            node[key] = self._instead(way, node[key])

    def _once_more(self, node, key):
        if isinstance(node, dict):
            node[self.chance.choice(("unknown", "", "seq", "id", "hub"))] = node[key]
        else:
            node.insert(key, node[key])

    def _instead(self, way, value):
        if way == 3:
            return self._node(msgspec.msgpack.decode(self.chance.choice(self._others)))
        if way == 4:
            return msgspec.Raw(self.chance.choice(_RAW))
        return self._near(value) if way < 8 else self.chance.choice(_ODD)

    def _near(self, value):
        """Return another value of the same type."""
        chance = self.chance
        if type(value) is int:
            return chance.choice((value + 1, value - 1, -value, value * 1000)) % (1 << 63)
        if isinstance(value, str):
            return chance.choice((value[:-1], value + "x", value.upper(), value[::-1]))
        if isinstance(value, bytes):
            return self.bytes_of(value)
        return chance.choice(_ODD)

    def _lie(self, body):
        tree = msgspec.msgpack.decode(body)
        if "events" not in tree:
            return self._structure(body)
        foreign = msgspec.msgpack.decode(self.chance.choice(self._others))
        self.chance.choice(LIES)(self.chance, tree, foreign)
        return _answer(msgspec.msgpack.encode(tree))

    def _head(self, body):
        chance = self.chance
        head = {"content-type": chance.choice(_MEDIA), "retry-after": chance.choice(_REST)}
        kept = {name: text for name, text in head.items() if chance.random() < 0.8}
        return Answer(chance.choice((200, *_STATUS)), kept, body)

    def _problem(self, _body):
        chance = self.chance
        status = chance.choice(_STATUS)
        code = PROBLEM_PREFIX * chance.randrange(3) + chance.choice(_CODES)
        raw = canonical(Problem(type=code, title="no", status=status, time=NIGHT))
        if chance.random() < 0.5:
            raw = raw.replace(b'"2026-11-20T14:10:00Z"', chance.choice(_TIMES).encode())
        elif chance.random() < 0.5:
            raw = self.bytes_of(raw)
        elif chance.random() < 0.1:
            raw = b"[" * 100_000
        head = {"content-type": PROBLEM_TYPE, "retry-after": chance.choice(_REST)}
        return Answer(chance.choice((401, status)), head, raw)


def _twice_a_key(tree, chance):
    pairs = list(tree.items())
    pairs += chance.sample(pairs, min(1, len(pairs)))
    said = b"".join(msgspec.msgpack.encode(part) for pair in pairs for part in pair)
    return b"\xde" + len(pairs).to_bytes(2, "big") + said


def _answer(body):
    return Answer(200, {"content-type": WIRE_TYPE}, body)
