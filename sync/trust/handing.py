"""The kept files of a proven directory, as a hub would publish them: for a laptop without a line.

Whoever gets them proves them anew, from its own pinned root; nothing here is believed.
"""

import msgspec

from sync.protocol.codec import Unreadable, read_json
from sync.protocol.digests import sha256
from sync.trust.layout import TIMESTAMP, Files, Role

_META, _ROOTS, _TARGETS = "meta/", "meta/root_history/", "targets/"
_NUMBERED = frozenset({f"{_META}{Role.SNAPSHOT}.json", f"{_META}{Role.TARGETS}.json"})


class _Signed(msgspec.Struct):
    version: int


class _Numbered(msgspec.Struct):
    signed: _Signed


def published(kept: Files) -> dict[str, bytes]:
    """Return what is kept, by the path at which it is asked for; the rest is left out."""
    found = {_path(name, content): content for name, content in kept.items()}
    found.pop("", None)
    return found


def _path(name: str, content: bytes) -> str:
    leaf = name.rpartition("/")[2]
    if name == f"{_META}{TIMESTAMP}" or name.startswith(_ROOTS):
        return leaf
    if name in _NUMBERED:
        return f"{_version(content)}.{leaf}"
    if name.startswith(_TARGETS):
        folder, slash, file = name.removeprefix(_TARGETS).rpartition("/")
        return f"{folder}{slash}{sha256(content).hex()}.{file}"
    return ""


def _version(content: bytes) -> int:
    try:
        return read_json(_Numbered, content).signed.version
    except Unreadable:
        return 0
