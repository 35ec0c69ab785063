"""`hdr.a` and `hdr.b`: who may open the vault. Read strictly, before anything is trusted."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from desktop.errors import VaultDamaged, VaultTooNew
from desktop.vault.failures import from_disk
from desktop.vault.folder import Folder, write_whole
from desktop.vault.keys import (
    KEY,
    NONCE,
    VaultKeys,
    is_mac,
    mac,
    scope_of,
    vault_keys,
    with_carried,
)
from desktop.vault.slots import Lid, PassphraseSlot, Slot
from sync.protocol.digests import sha256

_MAGIC = b"BMJHDR\r\n"  # a transfer that rewrites line ends is noticed
_VERSION = 1
_MOST_JSON = 64 * 1024
_MOST_WORK = 6 * 1024 * 1024  # KiB times passes over all slots: about seven seconds
_FIXED, _SHA, _MAC = 22, 32, 32
_MOST_BYTES = _FIXED + _MOST_JSON + _SHA + _MAC

MOST_SLOTS = 32
_Slots = Annotated[tuple[Slot, ...], msgspec.Meta(min_length=1, max_length=MOST_SLOTS)]
_World = Annotated[str, msgspec.Meta(pattern=r"\A(practice|real)\Z")]
_Epoch = Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
# No control characters, and none that turn the reading direction of what stands beside it.
_Label = Annotated[
    str,
    msgspec.Meta(max_length=40, pattern=r"\A[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*\Z"),
]
_CARRIED = NONCE + 2 * KEY + 16
_Carried = Annotated[bytes, msgspec.Meta(max_length=_CARRIED)]


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kind of vault this is, and what the lock screen calls it. Never a young person's name.

    Read before unlocking it is only what a file says; after unlocking its MAC has been proven.
    """

    label: _Label = ""
    purpose: Literal["own", "team"] = "own"


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The canonical JSON of both copies."""

    vault_id: UUID
    epoch: _Epoch
    world: _World
    slots: _Slots
    policy: Policy = Policy()
    carried: _Carried = b""
    """The keys of the journal, from the epoch before; empty in the first."""

    @property
    def lid(self) -> Lid:
        """What every slot is bound to."""
        return Lid(self.vault_id, self.epoch, self.world)

    def keys(self, vmk: bytes) -> VaultKeys:
        """Return the keys of this vault in this epoch; raises `VaultDamaged`."""
        keys = vault_keys(vmk, self.vault_id, self.epoch)
        if not self.epoch:
            return keys
        scope = scope_of(self.vault_id, self.epoch)
        kept = with_carried(keys, vmk, scope, self.carried)
        if kept is None:
            raise VaultDamaged(quarantined="")
        return kept

    def with_slots(self, slots: tuple[Slot, ...]) -> "Header":
        """Return the same header with other slots."""
        return msgspec.structs.replace(self, slots=slots)

    def is_sound(self) -> bool:
        """Whether every slot is safe to try, and all of them together."""
        costs = [slot.cost for slot in self.slots if isinstance(slot, PassphraseSlot)]
        is_cheap = sum(cost.work for cost in costs) <= _MOST_WORK
        is_carried = len(self.carried) == (_CARRIED if self.epoch else 0)
        return all(cost.is_allowed() for cost in costs) and is_cheap and is_carried


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy that is whole: its number, what it says, and its bytes."""

    seq: int
    header: Header
    content: bytes

    def is_genuine(self, key: bytes) -> bool:
        """Whether somebody who knew the vault key wrote it."""
        body, told = self.content[: -_MAC - _SHA], self.content[-_MAC - _SHA : -_SHA]
        return is_mac(key, body, told)


@dataclass(frozen=True, slots=True)
class Copies:
    """The copy in force, and how the two files compare."""

    newest: Copy
    is_one_damaged: bool
    are_alike: bool


def encode(seq: int, header: Header, key: bytes) -> bytes:
    """Return a file's bytes: magic, version, seq, length, canonical JSON, HMAC, SHA-256.

    The sum covers the HMAC too: a rotten bit anywhere leaves the other copy in force.
    """
    text = msgspec.json.encode(header, order="sorted")
    numbers = _VERSION.to_bytes(2, "big") + seq.to_bytes(8, "big") + len(text).to_bytes(4, "big")
    body = _MAGIC + numbers + text
    body += mac(key, body)
    return body + sha256(body)


def decode(content: bytes) -> Copy | None:
    """Read one copy. None when it is damaged, foreign, or asks for more than is safe."""
    size = len(content) - _FIXED - _SHA - _MAC
    if not 0 < size <= _MOST_JSON or content[:8] != _MAGIC:
        return None
    body, told = content[: _FIXED + size], content[-_SHA:]
    if sha256(content[:-_SHA]) != told or int.from_bytes(body[18:22], "big") != size:
        return None
    version = int.from_bytes(body[8:10], "big")
    if version > _VERSION:
        raise VaultTooNew(version=version)
    header = _header(body[_FIXED:]) if version == _VERSION else None
    return Copy(int.from_bytes(body[10:18], "big"), header, content) if header else None


def read(folder: Folder) -> Copies:
    """Return the newest whole copy, or raise `VaultDamaged`."""
    contents = [_content(path) for path in folder.headers]
    whole = [copy for copy in map(decode, contents) if copy]
    if not whole:
        raise VaultDamaged(quarantined="")
    newest = max(whole, key=lambda copy: copy.seq)
    return Copies(newest, len(whole) < len(contents), contents[0] == contents[1])


def write(folder: Folder, content: bytes) -> None:
    """Replace the first copy, then the second: one of them is whole at any moment."""
    for path in folder.headers:
        write_whole(path, content)


def _header(text: bytes) -> Header | None:
    try:
        header = msgspec.json.decode(text, type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    # Read, written again and compared: one meaning has one spelling.
    is_canonical = msgspec.json.encode(header, order="sorted") == text
    return header if is_canonical and header.is_sound() else None


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe somebody put there would be waited for for ever
            return b""
        with path.open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise from_disk(error) from error
