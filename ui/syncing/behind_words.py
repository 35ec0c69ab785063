"""What is missing here, since when, and what to do, in a person's words."""

from desktop.services.witness import Behind
from i18n import formats, ntr, tr


def count_words(lost: Behind) -> str:
    """Say how much is missing; nobody knows which notes it is."""
    return ntr(
        "Missing: about {n} entry of the journal. Saving one note may make several.",
        "Missing: about {n} entries of the journal. Saving one note may make several.",
        lost.count,
    )


def since_words(lost: Behind) -> str:
    """Say up to when both know the same."""
    if lost.since is None:
        return tr("Since: from the beginning. Nothing here is known to the Youth Safety Net.")
    return tr(
        "Since: {time}, the last that is the same on both sides",
        time=formats.day_and_clock(lost.since),
    )


def until_words(lost: Behind) -> str:
    """Say when the hub was last shown more."""
    return tr(
        "Until: {time}, when the Youth Safety Net last saw more",
        time=formats.day_and_clock(lost.until),
    )


def to_do() -> tuple[str, ...]:
    """Say what helps, in this order."""
    return (
        tr(
            "1. Look for the newer vault: another copy of it, or another computer that it was "
            "used on. Delete nothing."
        ),
        tr(
            "2. Look for a newer backup, on this laptop and on the USB sticks. Lock, then choose "
            "“{another}” and “{bring}”: it becomes a vault beside this one.",
            another=tr("Another colleague"),
            bring=tr("Bring back a backup"),
        ),
        tr("3. Call your center and tell them these two times. You decide together."),
    )


def why_words(lost: Behind) -> str:
    """Say why one may go on without it, or what has to come first."""
    if lost.may_go_on:
        return tr(
            "A backup was put back on this laptop after that, so it is clear why something is "
            "missing. If neither a newer vault nor a newer backup is found, you can go on "
            "without it."
        )
    return tr(
        "Going on without it is not possible yet: no backup was put back since, so nobody can "
        "tell why these notes are older. Put the newest backup back together with your center; "
        "then it can be decided here."
    )
