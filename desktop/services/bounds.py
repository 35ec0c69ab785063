"""What others sealed, held to what may be kept: the hub cannot look, so whoever opens it does.

What no program would write is not believed at all. Words are cut where they are too long, and a
resident number in them is blotted out (PIPA 24-2).
"""

import msgspec

from desktop.domain import identifiers
from desktop.domain.consents import Item
from desktop.domain.referrals import ITEM_LIMIT
from desktop.domain.text import Checked, masked
from sync.client.errors import Tampered
from sync.protocol.bodies import ITEM_CODES, Packet
from sync.protocol.messages import is_tellable

_VERSIONS = range(1, 1 << 31)
"""As the hub counts what it can see; 0 stands here for what is gone."""
_CODE = 80
_SLACK = 4
"""Cut once more after looking: what is cut first could be half a number, which nobody finds."""


def packet(told: Packet) -> Packet:
    """Return what was told as it may be kept, or raise `Tampered`."""
    if told.version not in _VERSIONS:
        raise Tampered("version")
    if not is_tellable(told.written_at):
        raise Tampered("time")
    if max(len(told.words), len(told.categories)) > ITEM_CODES:
        raise Tampered("items")
    if any(len(code) > _CODE for code in _codes(told)):
        raise Tampered("codes")
    words = {item: _spared(item, text) for item, text in told.words.items()}
    return msgspec.structs.replace(told, words=words, reason=letter(told.reason))


def letter(text: str) -> Checked:
    """Return words that others wrote as they may be kept."""
    return Checked(masked(text[: ITEM_LIMIT * _SLACK])[:ITEM_LIMIT])


def _codes(told: Packet) -> tuple[str, ...]:
    said = (told.ref, told.agency, told.urgency, told.basis, told.keep_reason or "", told.salt)
    return (*said, *told.categories, *told.words)


def _spared(item: str, text: str) -> Checked:
    return identifiers.spared(text) if item == Item.IDENTIFIER else letter(text)
