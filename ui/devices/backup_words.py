"""The words about sealed backups at the hub: what the rule means, before anybody makes it."""

from desktop.errors import AppError, BackupDamaged, CopyFailed, HubAway
from i18n import tr
from ui import messages


def rule(*, is_on: bool) -> str:
    """Say how the rule stands."""
    if is_on:
        return tr(
            "They are kept there. Each opens with its owner's recovery code alone: neither the "
            "hub nor an admin can read it. Everybody sees this rule on their Backups page."
        )
    return tr("None are kept there. What is on a lost laptop and on no stick is gone.")


def turn_on() -> tuple[str, str, str]:
    """Ask before it is turned on: title, what it means, what to press."""
    means = tr(
        "Each laptop then leaves its last three sealed backups there, only while whoever sits at "
        "it says that it is on the office line. The hub sees when they come and how large they "
        "are, and nothing of what is in them. Tell your colleagues before."
    )
    return tr("Keep sealed backups at the hub?"), means, tr("Keep them there")


def brought(folder: str) -> str:
    """Say what to do with what was brought to a stick."""
    return tr(
        "It is on the stick, in the folder {folder}, and every piece of it was compared. Give "
        "it to whoever wrote it: on a new laptop they choose “Bring back a backup” and type "
        "their recovery code.",
        folder=folder,
    )


def not_done(error: AppError) -> str:
    """Say why what was pressed was not done: nothing presses it again by itself."""
    if isinstance(error, HubAway):
        return tr(
            "The Youth Safety Net cannot be reached now, so nothing was done. Press it again once "
            "there is a line."
        )
    return messages.sentence(error)


def not_brought(error: AppError) -> str:
    """Say why one is not on the stick, and what is next."""
    if isinstance(error, BackupDamaged):
        return tr(
            "What lies at the hub is damaged, so nothing was put on the stick. Bring an earlier "
            "one, and tell whoever runs the hub."
        )
    if isinstance(error, CopyFailed):
        return tr(
            "It could not be put on the stick; at the hub it is untouched. Put the stick in "
            "again, or take another one."
        )
    return not_done(error)


def destroy(name: str) -> tuple[str, str, str]:
    """Ask before a lost laptop's are destroyed: title, what it means, what to press."""
    means = tr(
        "Do it once its owner has everything on a new laptop: what they destroyed since is still "
        "in it. It cannot be brought from the hub any more. This cannot be undone."
    )
    return tr("Destroy what “{device}” left there?", device=name), means, tr("Destroy it there")


def turn_off() -> tuple[str, str, str]:
    """Ask before it is turned off: title, what it means, what to press."""
    means = tr(
        "Everything that laptops left there is destroyed at once, also what a lost one left. "
        "Bring what somebody still needs to a stick first. This cannot be undone."
    )
    return tr("Stop keeping backups at the hub?"), means, tr("Stop, and destroy them")
