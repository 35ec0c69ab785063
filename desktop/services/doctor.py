"""`bammajung doctor`: what protects the notes on this computer, and what does not."""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from desktop import paths
from desktop.domain.ids import VaultId
from desktop.errors import KeyringSilent, UnsafeBuild
from desktop.keychain import Keychain, keep_proven
from desktop.services.machine import Cover, disk_cover, swap_cover
from desktop.vault.probe import probe
from sync.client.errors import InsecureAddress, LineError
from sync.client.transport import HttpHub

_PROBE = VaultId(UUID(int=0))
_PROBE_SECRET = b"bammajung asks whether this is kept"
CLOCK_TOLERANCE = 60
"""Seconds. Signed requests are refused by a hub from five minutes on (RFC 9421 `created`)."""

HubClock = Callable[[], datetime | None]


class Subject(StrEnum):
    """What was looked at."""

    PROGRAM = "program"
    CIPHER = "cipher"
    KEYRING = "keyring"
    PLACE = "place"
    DISK = "disk"
    SWAP = "swap"
    LOCK = "lock"
    CAPTURE = "capture"
    CLOCK = "clock"


class Verdict(StrEnum):
    """How it looks."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One subject, one verdict, and the facts behind it."""

    subject: Subject
    verdict: Verdict
    facts: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screen:
    """What only the windows know: the signs to lock that this system gives, and its pictures."""

    signs: tuple[str, ...] = ()
    is_kept_out_of_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """Where to look: the vault's folder, the keyring, and how to ask the hub for its time."""

    folder: Path
    keychain: Keychain
    hub_clock: HubClock
    program: dict[str, str]
    """Versions only the caller knows: the program's own, and Qt's."""
    screen: Screen = Screen()


def examine(asked: Examined, now: datetime) -> tuple[Finding, ...]:
    """Look at everything; nothing raises, because a doctor must finish."""
    return (
        Finding(
            Subject.PROGRAM, Verdict.GOOD, {**asked.program, "python": platform.python_version()}
        ),
        _cipher(),
        _keyring(asked.keychain),
        _place(asked.folder),
        _cover(Subject.DISK, disk_cover(asked.folder)),
        _cover(Subject.SWAP, swap_cover()),
        _lock(asked.screen),
        _capture(asked.screen),
        _clock(asked.hub_clock(), now),
    )


def hub_clock(url: str, world: str) -> HubClock:
    """Return how to ask the hub at `url` for its time; it answers None when it cannot be had."""

    def ask() -> datetime | None:
        try:
            hub = HttpHub(url, None, world, None)
        except InsecureAddress:
            return None
        try:
            return hub.hello().time
        except LineError:
            return None
        finally:
            hub.close()

    return ask


def _cipher() -> Finding:
    try:
        build = probe()
    except UnsafeBuild as error:
        return Finding(Subject.CIPHER, Verdict.BAD, {"found": error.found})
    facts = {"sqlite": build.sqlite, "sqlcipher": build.sqlcipher, "pragmas": "as set"}
    return Finding(Subject.CIPHER, Verdict.GOOD if build.is_encrypting else Verdict.BAD, facts)


def _keyring(keychain: Keychain) -> Finding:
    try:
        keep_proven(keychain, _PROBE, _PROBE_SECRET)
    except KeyringSilent:
        return Finding(Subject.KEYRING, Verdict.LOOK)
    return Finding(Subject.KEYRING, Verdict.GOOD)


def _place(folder: Path) -> Finding:
    service = paths.synced_by(folder)
    if service:
        return Finding(Subject.PLACE, Verdict.BAD, {"service": service})
    return Finding(Subject.PLACE, Verdict.GOOD)


def _cover(subject: Subject, cover: Cover) -> Finding:
    verdicts = {Cover.PLAIN: Verdict.BAD, Cover.UNKNOWN: Verdict.UNKNOWN}
    return Finding(subject, verdicts.get(cover, Verdict.GOOD), {"cover": cover.value})


def _lock(screen: Screen) -> Finding:
    """Sleep is what counts: a laptop whose lid was shut must not wake with notes on it."""
    if "sleep" not in screen.signs:
        return Finding(Subject.LOCK, Verdict.LOOK)
    return Finding(Subject.LOCK, Verdict.GOOD, {"signs": ", ".join(sorted(screen.signs))})


def _capture(screen: Screen) -> Finding:
    verdict = Verdict.GOOD if screen.is_kept_out_of_pictures else Verdict.LOOK
    return Finding(Subject.CAPTURE, verdict)


def _clock(hub_time: datetime | None, now: datetime) -> Finding:
    if hub_time is None:
        return Finding(Subject.CLOCK, Verdict.UNKNOWN)
    seconds = round((now - hub_time).total_seconds())
    verdict = Verdict.GOOD if abs(seconds) <= CLOCK_TOLERANCE else Verdict.BAD
    return Finding(Subject.CLOCK, verdict, {"seconds_ahead": seconds})
