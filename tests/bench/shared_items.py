"""The items that everybody carries: invented referrals whose packets are 4 KB."""

import json
import random
from functools import cache
from uuid import UUID

from invented import note

from desktop.domain.consents import Item

BYTES = 4096
WORDS = (Item.NEED, Item.SITUATION)
"""Two things are told in each."""
_AROUND = 330
"""Bytes of a packet that are not words."""


@cache
def words_of(number):
    """Return what one referral tells, by item."""
    chance = random.Random(f"item {number}")
    share = (BYTES - _AROUND) // len(WORDS)
    return {item: _cut(note(chance, share // 2, share // 2), share) for item in WORDS}


def plain_items(count):
    """Return the items as a peer carries them: the fields of a packet, in the clear."""
    return [_plain(number) for number in range(count)]


def _plain(number):
    chance = random.Random(f"plain {number}")
    return {
        "id": str(UUID(int=chance.getrandbits(128), version=4)),
        "agency": str(UUID(int=chance.getrandbits(128), version=4)),
        "categories": ["counsel"],
        "urgency": "routine",
        "words": {item.value: text for item, text in words_of(number).items()},
        "keep_from_guardian": False,
        "written_at": "2026-11-20T14:10:00Z",
        "version": 1,
    }


def _cut(text, size):
    return text.encode()[:size].decode(errors="ignore")


def written(file, count):
    """Write the peers' items to a file."""
    file.write_text(json.dumps(plain_items(count), ensure_ascii=False), "utf-8")
    return file
