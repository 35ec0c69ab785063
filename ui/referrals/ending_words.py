"""What is said of a referral that was called off, and of what no agency confirms."""

from desktop.domain.referrals import Erasure, Tracking, Word
from desktop.domain.settling import WORD_LEFT, How, has_stayed, how_settled
from i18n import formats, tr
from sync.protocol.states import CALLED_OFF, has_ended


def how(which: How) -> str:
    """Offer one way in which it was settled."""
    return {
        How.SAID: tr("They said that it is destroyed"),
        How.GONE: tr("The agency is no longer there"),
        How.SILENT: tr("Asked more than once, no answer"),
    }[which]


def settled(tracking: Tracking) -> str:
    """Say how and when a person settled what the agency has not confirmed itself."""
    which = how_settled(tracking)
    if which is None:
        return ""
    agency, day = tracking.agency_name, formats.short_day(tracking.steps[which.step])
    said = {
        How.SAID: tr("Written down {day}: they said that it is destroyed.", day=day),
        How.GONE: tr("Written down {day}: the agency is no longer there.", day=day),
        How.SILENT: tr("Written down {day}: asked more than once, no answer.", day=day),
    }[which]
    unsaid = tr("{agency} has not confirmed itself that it was destroyed.", agency=agency)
    return f"{unsaid} {said}"


def asking() -> str:
    """Say what comes of settling it, while that is chosen."""
    return tr(
        "How was it settled? It then holds nothing up here any more. What the agency says later "
        "still counts."
    )


def explained(tracking: Tracking) -> str:
    """Say what calling it off does, and what it does not."""
    return tr(
        "What has not left stays here. Where {agency} has it, it is asked to stop, and its device "
        "destroys what it was told once it hears. The consent stays as it is.",
        agency=tracking.agency_name,
    )


def note(tracking: Tracking) -> str:
    """Say what came of calling it off; empty where nobody did, or something else says more."""
    agency = tracking.agency_name
    if not has_ended(tracking.status):
        is_refused = tracking.calling_off is Word.REFUSED
        said = tr("The calling off was not taken. “What goes and what comes” says why.")
        return said if is_refused else ""
    if tracking.erasure is not Erasure.NONE:
        return ""
    if tracking.status_reason == WORD_LEFT:
        return tr("You called it off, and that was not taken. You left it at that.")
    if tracking.status_reason != CALLED_OFF:
        return ""
    if has_stayed(tracking):
        return tr("Called off before it left: {agency} has nothing of it.", agency=agency)
    return tr(
        "Called off. The device of {agency} destroys what it was told once it hears. The consent "
        "stays as it is.",
        agency=agency,
    )


def waits() -> str:
    """Say that nobody has heard yet that it is called off."""
    return tr(
        "The calling off has not left this device yet. It goes by itself with the next line."
    )


def finding_line() -> str:
    """Say that for too long nobody has heard of it."""
    return tr("The calling off still has not left this device. Look for a line.")
