"""Failures a counselor can understand and act on. Everything else is a bug."""

from dataclasses import dataclass


@dataclass(eq=False, repr=False)
class AppError(Exception):
    """A foreseeable failure. It carries facts, never sentences: `ui.messages` words it."""

    # Those without facts are not decorated again, and none makes itself a repr: together that
    # would delay the first window by 3 ms.


# --- what was typed -------------------------------------------------------------------------


@dataclass(eq=False, repr=False)
class ResidentNumberFound(AppError):
    """The text holds a resident registration number, which may not be stored (PIPA 24-2)."""

    start: int
    length: int


@dataclass(eq=False, repr=False)
class TextTooLong(AppError):
    """The text is longer than a field may hold."""

    limit: int


@dataclass(eq=False, repr=False)
class NothingWritten(AppError):
    """A field that needs words has none."""

    field: str


class AgeUnlikely(AppError):
    """The age, or range of ages, cannot be one of a living young person."""


class NextStepMissing(AppError):
    """A high risk judgement needs a next step."""


# --- consent and referral -------------------------------------------------------------------


@dataclass(eq=False, repr=False)
class ConsentMissing(AppError):
    """No consent covers sending these items to this agency now."""

    agency: str


class GuardianNeeded(AppError):
    """Someone who is, or may be, under 14 cannot consent alone (PIPA 22-2)."""


class PreviewChanged(AppError):
    """What would leave is no longer what was shown."""


@dataclass(eq=False, repr=False)
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


@dataclass(eq=False, repr=False)
class WaitBeforeTrying(AppError):
    """Too many wrong tries: the next one may be made after this many seconds."""

    seconds: int


class WeakPassphrase(AppError):
    """The passphrase could be guessed."""


class KeyringSilent(AppError):
    """The OS keyring is absent, locked or does not give back what it took."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A record that is not as it was journalled last. Never words."""

    subject: str
    record: str
    at: str
    """When it was journalled, ISO 8601; empty where nobody asked the time."""
    how: str
    """'changed', 'missing', or 'unknown': nobody journalled it."""


@dataclass(eq=False, repr=False)
class VaultDamaged(AppError):
    """The vault's files are damaged, foreign or older than they should be. A copy is kept."""

    quarantined: str
    records: tuple[Odd, ...] = ()
    """Which records show it, where that is known."""


@dataclass(eq=False, repr=False)
class VaultTooNew(AppError):
    """A later version of the program wrote this vault."""

    version: int


@dataclass(eq=False, repr=False)
class VaultRolledBack(AppError):
    """The hub has seen more of this vault than it holds, and no restored backup explains it."""

    count: int
    """Entries of the journal that are missing."""


class VaultInUse(AppError):
    """Another window of the program has this vault open."""


class WrongWorld(AppError):
    """A practice vault met a real hub, or the other way round."""


@dataclass(eq=False, repr=False)
class UnsafePlace(AppError):
    """The folder is one that a cloud service or network share copies."""

    service: str


@dataclass(eq=False, repr=False)
class UnsafeBuild(AppError):
    """SQLite or SQLCipher is too old or missing."""

    found: str


class DiskFull(AppError):
    """The disk took no more. What was typed is still on screen."""


class MemoryShort(AppError):
    """The computer had too little memory free for this. Nothing is half done."""


class DiskFailed(AppError):
    """Reading or writing failed for a reason other than a full disk."""


# --- the team, what is kept, and backups ----------------------------------------------------


class NotInTeam(AppError):
    """No slot of the team's vault is for this member's key: not invited yet, or removed."""


class InvitationRefused(AppError):
    """The code opens no invitation: mistyped, used, or older than a day."""


class TeamFull(AppError):
    """The team's vault has no room for another member or invitation."""


class EscrowKeyUnreadable(AppError):
    """The text is no recovery key of an organisation, or a part of it is missing."""


class ReasonNeeded(AppError):
    """The organisation opened this vault and has not said why: nothing in it is shown."""


@dataclass(eq=False, repr=False)
class StillOwed(AppError):
    """This agency has still to hear or to do something: until then it is not destroyed."""

    agency: str


@dataclass(eq=False, repr=False)
class StillKept(AppError):
    """Somebody decided, with a reason, to keep this until that day (ISO 8601)."""

    until: str


class WishStands(AppError):
    """They asked to have it erased: only a law keeps it, and its article must be named."""


class NoBackup(AppError):
    """There is no backup where one was looked for."""


class BackupFailed(AppError):
    """No new backup came about. Those made before are untouched."""


@dataclass(eq=False, repr=False)
class BackupDamaged(AppError):
    """A backup does not prove to be what was once written. `name` is its folder's."""

    name: str


class PlaceTaken(AppError):
    """Something is where a vault was to be put, and nothing is ever replaced."""


class NoRoomThere(AppError):
    """What a backup was to be copied to took no more. No half copy is left."""


class CopyFailed(AppError):
    """What a backup was to be copied to did not take it, or gave back something else."""


class FileNotWritten(AppError):
    """A file that somebody wanted to take out could not be written where they said."""
