"""What being forgotten means, and what came of it, in words."""

from desktop.services.retention import Erasing
from i18n import formats, tr
from ui.keeping.expiry_words import owed_words

Said = tuple[str, str, str]
"""An icon, words, and their tone."""


def happens() -> tuple[str, ...]:
    """Say what is done."""
    return (
        tr(
            "Every consent ends. Referrals that were sent are cancelled, and the agencies are "
            "asked to erase what they got."
        ),
        tr(
            "Notes, judgments and whatever was half written go at once, in the backups on this "
            "laptop too."
        ),
        tr(
            "Alias, consents and referrals stay only until the agencies have answered, because "
            "they say who has to erase what. Then they go by themselves."
        ),
    )


def happens_not() -> tuple[str, ...]:
    """Say what is left for a person to do, or for time."""
    return (
        tr("Paper, and copies on a USB stick: destroy the paper yourself, and copy anew."),
        tr("What a law keeps stays until its day, and goes then."),
    )


def left_before() -> str:
    """Say what a laptop that joined again cannot destroy itself."""
    return tr(
        "What this laptop left at the hub before it joined again, if it is still there: ask "
        "whoever looks after devices to destroy it there."
    )


def question(alias: str, *, is_kept: bool) -> str:
    """Ask what the second press would do."""
    if is_kept:
        return tr("End every consent of {alias} now?", alias=alias)
    return tr("Erase everything about {alias}?", alias=alias)


def standing(now: Erasing) -> Said | None:
    """Say what is known before anything is done; nothing where nothing stands in the way."""
    if now.kept_until is not None:
        day = formats.full_day(now.kept_until)
        words = tr(
            "A law keeps these records until {day}; the reason was written down. The consents "
            "end now, and the rest goes by itself after that day.",
            day=day,
        )
        return "hourglass", words, "warn"
    words = " ".join(part for part in (_asked(now), _told(now)) if part)
    return ("send", words, "info") if words else None


def _asked(now: Erasing) -> str:
    names = formats.names(tuple(dict.fromkeys(owed.agency_name for owed in now.owed)))
    return tr("These will be asked: {agencies}", agencies=names) if now.owed else ""


def _told(now: Erasing) -> str:
    return (
        tr(
            "You were asked to help by {agencies}, and that is under way. They are told that it "
            "is not wanted any more.",
            agencies=formats.names(now.told),
        )
        if now.told
        else ""
    )


def outcome(done: Erasing) -> Said:
    """Say what came of it."""
    if done.kept_until is not None:
        day = formats.full_day(done.kept_until)
        words = tr(
            "Every consent has ended. A law keeps the rest until {day}; it goes by itself "
            "after that.",
            day=day,
        )
        return "hourglass", words, "warn"
    if done.owed:
        words = tr(
            "Notes and judgments are destroyed. Alias, consents and referrals go by themselves "
            "as soon as this is done:"
        )
        return "hourglass", words, "info"
    return (
        "hourglass",
        tr("It is destroyed. The file and the backups are being cleaned of it now."),
        "info",
    )


def owed_lines(done: Erasing) -> str:
    """Say what each agency has still to do, one a line."""
    if done.kept_until is not None:
        return ""
    return "\n".join(f"· {owed_words(owed)}" for owed in done.owed)
