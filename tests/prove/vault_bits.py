"""Every single bit of header and anchor, one after the other: each flip is noticed (R-15).

Both copies of a usual header, both of the largest there can be, and the anchor's two slots. With
fewer flips than bits they are spread evenly. Control: the header read without its checksum, which
takes other words for the truth.
"""

from functools import partial
from pathlib import Path
from uuid import UUID

import msgspec
from prove.proof import Proof, scratch, spread

from desktop.vault import header
from desktop.vault.anchor import SLOT, Anchor, encoded
from desktop.vault.folder import Folder
from desktop.vault.header import MOST_SLOTS, Header, Policy
from desktop.vault.journal import Head
from desktop.vault.keys import FLOOR, KEY, NONCE
from desktop.vault.slots import MemberSlot, PassphraseSlot, RecoverySlot

NAME = "vault-bits"
KEY_OF_ALL = b"k" * 32
OLD, NEW = Head(7, b"7" * 32), Head(9, b"9" * 32)
USUAL = Header(
    UUID(int=1), 0, "real",
    (
        PassphraseSlot(True, FLOOR, bytes(16), bytes(12), b"s" * 48),
        RecoverySlot(bytes(16), bytes(12), b"r" * 48),
    ),
)  # fmt: skip
LARGEST = Header(
    UUID(int=2), 9, "real", (MemberSlot(b"m" * 32, b"S" * 1168),) * MOST_SLOTS,
    Policy("밤" * 40, "team"), bytes(NONCE + 2 * KEY + 16),
)  # fmt: skip
CONTENTS = [header.encode(3, each, KEY_OF_ALL) for each in (USUAL, LARGEST)]
ANCHOR = encoded(KEY_OF_ALL, OLD) + encoded(KEY_OF_ALL, NEW)
# For each file: what stands in it, and which of the folder's files it is.
FILES = [(c, at) for c in CONTENTS for at in (0, 1)] + [(ANCHOR, 2)]
FULL = sum(len(content) * 8 for content, _ in FILES)
_PIECE = 10_000


def run(count: int) -> Proof:
    """Flip that many bits, or all of them."""
    count = min(count, FULL)
    broken = spread(partial(flips, count), count, _PIECE, NAME)
    return Proof(count, len(broken), any(map(is_taken_without_a_checksum, range(0, 400, 3))))


def flips(of: int, seed: str, count: int) -> list[str]:
    """Flip one piece of the bits; return those that were not noticed."""
    first = int(seed.rsplit(" ", 1)[1]) * _PIECE
    wrong = []
    with scratch("bits") as place:
        for number in range(first, first + count):
            content, which, bit = _bit(number * FULL // of)
            folder = Folder(Path(place))
            if not (anchor_holds if which == 2 else header_holds)(folder, content, which, bit):
                wrong.append(f"bit {bit} of file {which}, {len(content)} bytes long")
    return wrong


def _bit(number: int) -> tuple[bytes, int, int]:
    for content, which in FILES:
        if number < len(content) * 8:
            return content, which, number
        number -= len(content) * 8
    raise IndexError


def header_holds(folder: Folder, content: bytes, which: int, bit: int) -> bool:
    """Whether the good copy is in force."""
    folder.headers[1 - which].write_bytes(content)
    folder.headers[which].write_bytes(_flipped(content, bit))
    copies = header.read(folder)
    return copies.is_one_damaged and copies.newest.content == content


def anchor_holds(folder: Folder, content: bytes, _which: int, bit: int) -> bool:
    """Whether the flip is noticed, and the other slot's mark is believed."""
    folder.anchor.write_bytes(_flipped(content, bit))
    anchor = Anchor(folder.anchor, KEY_OF_ALL)
    anchor.close()
    return not anchor.is_whole and anchor.newest == (NEW if bit < SLOT * 8 else OLD)


def _flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def is_taken_without_a_checksum(bit: int) -> bool:
    """The control: read the JSON alone."""
    text = msgspec.json.encode(USUAL, order="sorted")
    try:
        return msgspec.json.decode(_flipped(text, bit), type=Header) != USUAL
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
