"""Failures a counselor can understand and act on. Everything else is a bug."""

from dataclasses import dataclass


@dataclass(eq=False)
class AppError(Exception):
    """A foreseeable failure. It carries facts, never sentences: `ui.messages` words it."""

    # Those that carry no facts are not decorated again: it would delay the first window by 2 ms.


# --- what was typed -------------------------------------------------------------------------


@dataclass(eq=False)
class ResidentNumberFound(AppError):
    """The text holds a resident registration number, which may not be stored (PIPA 24-2)."""

    start: int
    length: int


@dataclass(eq=False)
class TextTooLong(AppError):
    """The text is longer than a field may hold."""

    limit: int


@dataclass(eq=False)
class NothingWritten(AppError):
    """A field that needs words has none."""

    field: str


class AgeUnlikely(AppError):
    """The age, or range of ages, cannot be one of a living young person."""


class NextStepMissing(AppError):
    """A high risk judgement needs a next step."""


# --- consent and referral -------------------------------------------------------------------


@dataclass(eq=False)
class ConsentMissing(AppError):
    """No consent covers sending these items to this agency now."""

    agency: str


class GuardianNeeded(AppError):
    """Someone who is, or may be, under 14 cannot consent alone (PIPA 22-2)."""


class PreviewChanged(AppError):
    """What would leave is no longer what was shown."""


@dataclass(eq=False)
class AgencyUnreachable(AppError):
    """The directory has no sealing key for this agency, so nothing can be sealed to it."""

    agency: str


class NotEnrolled(AppError):
    """This laptop has not been enrolled with a hub yet."""


class EnrolmentRefused(AppError):
    """The hub did not take the one-time code."""


class HubAway(AppError):
    """The hub cannot be reached. Nothing is lost."""


class AnotherHub(AppError):
    """The hub that answered is not the one this vault belongs to."""


# --- the vault ------------------------------------------------------------------------------


class WrongPassphrase(AppError):
    """No slot opened. Which part was wrong is not said."""


@dataclass(eq=False)
class WaitBeforeTrying(AppError):
    """Too many wrong tries: the next one may be made after this many seconds."""

    seconds: int


class WeakPassphrase(AppError):
    """The passphrase could be guessed."""


class KeyringSilent(AppError):
    """The OS keyring is absent, locked or does not give back what it took."""


@dataclass(eq=False)
class VaultDamaged(AppError):
    """The vault's files are damaged, foreign or older than they should be. A copy is kept."""

    quarantined: str


@dataclass(eq=False)
class VaultTooNew(AppError):
    """A later version of the program wrote this vault."""

    version: int


class VaultInUse(AppError):
    """Another window of the program has this vault open."""


class WrongWorld(AppError):
    """A practice vault met a real hub, or the other way round."""


@dataclass(eq=False)
class UnsafePlace(AppError):
    """The folder is one that a cloud service or network share copies."""

    service: str


@dataclass(eq=False)
class UnsafeBuild(AppError):
    """SQLite or SQLCipher is too old or missing."""

    found: str


class DiskFull(AppError):
    """The disk took no more. What was typed is still on screen."""


class DiskFailed(AppError):
    """Reading or writing failed for a reason other than a full disk."""
