"""For every failure a counselor can meet: what happened, and what to do next."""

from dataclasses import asdict
from typing import Final

from desktop import basis_errors, errors, place_errors
from i18n import later, tr
from ui.carried_words import CARRIED
from ui.trust_words import TRUSTED

_Words = dict[type[errors.AppError], tuple[str, str]]

_TYPED: Final[_Words] = {
    errors.ResidentNumberFound: (
        later("A resident registration number may not be stored."),
        later("Take it out; an alias and an age are enough."),
    ),
    errors.TextTooLong: (
        later("This is longer than {limit} characters."),
        later("Shorten it; nothing you wrote is lost."),
    ),
    errors.NothingWritten: (
        later("Something that is needed is still empty."),
        later("Fill it in and go on."),
    ),
    errors.AgeUnlikely: (
        later("That age does not look right."),
        later("Write an age from 1 to 30, or leave it as not known."),
    ),
    errors.NextStepMissing: (
        later("A high risk needs a next step."),
        later("Choose what is done next, then keep the judgment."),
    ),
}
_SENT: Final[_Words] = {
    errors.ConsentMissing: (
        later("No consent covers sending this to {agency}."),
        later("Show the young person the consent form first."),
    ),
    errors.GuardianNeeded: (
        later("Under 14, a legal guardian consents together with the young person."),
        later(
            "Add how the guardian's consent was verified. If you suspect the guardian, "
            "report instead."
        ),
    ),
    basis_errors.BasisNotAllowed: (
        later("No law lets this be sent to them without a consent."),
        later("Call 112 or 119. Choose another receiver, or tell less."),
    ),
    basis_errors.CosignMissing: (
        later("This cannot be signed here, or not any more."),
        later("If the call was not made, make it now; then ask again."),
    ),
    errors.PreviewChanged: (
        later("What would leave is no longer what you were shown."),
        later("Look at the preview again before sending."),
    ),
    errors.AgencyUnreachable: (
        later("{agency} cannot receive sealed referrals yet."),
        later("Choose another agency, or call them."),
    ),
    errors.NotEnrolled: (
        later(
            "This laptop has not joined the Youth Safety Net. Everything is safe on this device."
        ),
        later("Join with the code from your center, in Settings."),
    ),
    errors.EnrolmentRefused: (
        later("The hub did not take this code."),
        later("Check each letter, or ask your center for a new code."),
    ),
    errors.HubAway: (
        later("Everything is safe on this device. The Youth Safety Net cannot be reached now."),
        later("Keep working; it is tried again by itself."),
    ),
    errors.AnotherHub: (
        later("What answered is not your Youth Safety Net, so nothing was sent."),
        later("Stay off this network and tell your center."),
    ),
}
_OPENED: Final[_Words] = {
    errors.WrongPassphrase: (
        later("That did not open the vault."),
        later("Look at the keyboard language and Caps Lock, then try again."),
    ),
    errors.WaitBeforeTrying: (
        later("After several wrong tries there is a pause of {seconds} seconds."),
        later("Wait a little, then try again. Nothing is lost."),
    ),
    errors.WeakPassphrase: (
        later("This passphrase could be guessed."),
        later("Add words: four or five that do not belong together are good."),
    ),
    errors.KeyringSilent: (
        later("This computer's keyring does not answer."),
        later("Sign in to the computer again, or open with the recovery code."),
    ),
    errors.VaultDamaged: (
        later("The vault's files are damaged or older than they should be. A copy was kept."),
        later("Do not delete anything. Call your center and open from a backup together."),
    ),
    errors.VaultRolledBack: (
        later("These notes are older than what the Youth Safety Net has seen of this laptop."),
        later(
            "Do not delete anything. Call your center and open from the newest backup together."
        ),
    ),
    errors.VaultTooNew: (
        later("A newer version of this program wrote this vault."),
        later("Update the program, then open it again."),
    ),
    errors.VaultInUse: (
        later("Another window of this program has the vault open."),
        later("Use that window, or close it and try again."),
    ),
    errors.WrongWorld: (
        later("Practice and real work are kept apart, and these two do not match."),
        later("Start the program again the way you usually do."),
    ),
    errors.UnsafePlace: (
        later("This folder is copied elsewhere by {service}."),
        later("Choose a folder that stays on this computer, or a USB stick."),
    ),
    place_errors.VaultCopied: (
        later(
            "The folder of this vault does not stay on this computer alone ({service}). Notes can"
            " be damaged that way."
        ),
        later(
            "Ask your center to move it. If you need your notes now, try once more: then it opens."
        ),
    ),
    errors.UnsafeBuild: (
        later("The encryption part of this program is missing or too old."),
        later("Install the program again from your center."),
    ),
    errors.DiskFull: (
        later("The disk is full. What you typed is still on the screen."),
        later("Free some space, then try again."),
    ),
    errors.MemoryShort: (
        later("This computer has too little memory free for that."),
        later("Close other programs, and try again."),
    ),
    errors.DiskFailed: (
        later("The disk could not be read or written. What you typed is still on the screen."),
        later("Copy it to paper if it matters, and tell your center about this computer."),
    ),
}

_BACKED_UP: Final[_Words] = {
    errors.NoBackup: (
        later("There is no backup here."),
        later("Look in the vault's own folder or on another stick, and choose again."),
    ),
    errors.BackupFailed: (
        later("No new backup was made. The earlier ones are untouched."),
        later("It is tried again by itself; tell your center if this is said again tomorrow."),
    ),
    errors.BackupDamaged: (
        later("The backup {name} is damaged, so it was not used."),
        later("Use another backup, and tell your center about this disk or stick."),
    ),
    errors.PlaceTaken: (
        later("Something is there already, and nothing is ever replaced."),
        later("Choose a folder that is empty or not there yet."),
    ),
    errors.NoRoomThere: (
        later("There is no room for the backup there. No half copy was left."),
        later("Free some space on it, or take another stick."),
    ),
    errors.CopyFailed: (
        later("The backup could not be copied there. The one on this computer is untouched."),
        later("Put the stick in again, or take another one."),
    ),
}
_KEPT: Final[_Words] = {
    errors.ReasonNeeded: (
        later("Your organization opened this vault, and it has not been written down why."),
        later("Choose the reason first; then what is in it is shown."),
    ),
    errors.StillOwed: (
        later("{agency} still has to act on this, so it cannot be destroyed yet."),
        later("Leave it here; it can be destroyed as soon as that is done."),
    ),
    errors.StillKept: (
        later("Somebody decided to keep this longer, and wrote down why."),
        later("Wait until that day, or change the decision first."),
    ),
    errors.FileNotWritten: (
        later("The file could not be written there."),
        later("Choose another folder or another name, and save it again."),
    ),
    errors.WishStands: (
        later("They asked to have this erased."),
        later("Only a law can keep it: choose that reason and name the article."),
    ),
}
_SHARED: Final[_Words] = {
    errors.NotInTeam: (
        later("The team's vault does not open for you."),
        later("Ask a colleague in the team for a one-time code."),
    ),
    errors.InvitationRefused: (
        later("This code does not open the team's vault."),
        later("Check each letter. A code works once and lasts a day: ask for a new one."),
    ),
    errors.TeamFull: (
        later("The team has no room for another member."),
        later("Remove someone who has left, then invite again."),
    ),
    errors.EscrowKeyUnreadable: (
        later("This is not an organization's recovery key, or a part of it is missing."),
        later("Copy the whole text again, from its first line to its last."),
    ),
}


def what_happened(error: errors.AppError) -> str:
    """Say what happened."""
    return tr(_words(error)[0], **_facts(error))


def next_step(error: errors.AppError) -> str:
    """Say what to do next."""
    return tr(_words(error)[1], **_facts(error))


def sentence(error: errors.AppError) -> str:
    """Say what happened and what to do next."""
    return f"{what_happened(error)} {next_step(error)}"


def _words(error: errors.AppError) -> tuple[str, str]:
    from ui import consent_words, merging_words, note_words, promise_words  # not before a window

    new = note_words.WRITTEN | merging_words.MERGED | promise_words.PROMISED
    known = _TYPED | _SENT | TRUSTED | CARRIED | new | _OPENED | _BACKED_UP | _KEPT | _SHARED
    return known.get(type(error)) or consent_words.CONSENTED[type(error)]


def _facts(error: errors.AppError) -> dict[str, object]:
    return asdict(error)
