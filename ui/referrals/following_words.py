"""What to say of a referral that is followed: how long it is quiet, and what to try next."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from desktop.domain.following import Following, Next
from desktop.domain.referrals import Erasure, Tracking, Word
from i18n import formats, ntr, tr
from ui.referrals import ending_words, words

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_TONES = {
    Next.LOOK: "danger",
    Next.ASK_ERASURE: "danger",
    Next.COORDINATE: "danger",
    Next.CALL: "warn",
    Next.FIND_LINE: "warn",
    Next.CHOOSE_ANOTHER: "warn",
    Next.FIND: "warn",
    Next.ASK_AFTER: "warn",
    Next.TELL_MORE: "warn",
    Next.REACH_HUB: "neutral",
    Next.MEET: "ok",
}
_ICONS = {
    Next.LOOK: "triangle-alert",
    Next.ASK_ERASURE: "eraser",
    Next.COORDINATE: "phone",
    Next.CALL: "phone",
    Next.FIND_LINE: "cloud-off",
    Next.CHOOSE_ANOTHER: "building-2",
    Next.FIND: "footprints",
    Next.ASK_AFTER: "phone",
    Next.TELL_MORE: "message-circle",
    Next.REACH_HUB: "cloud",
    Next.MEET: "calendar-check",
}


def tone(following: Following) -> str:
    """Return the tone: danger, warn, ok or neutral."""
    return _TONES.get(following.next, "neutral")


def icon(following: Following) -> str:
    """Return the icon's name."""
    return _ICONS.get(following.next, "hourglass")


def quiet(following: Following, now: datetime) -> str:
    """Say how long nobody has said anything; empty when nothing is expected.

    So it is before that: a clock that is behind cannot say it.
    """
    if following.quiet_since is None or now < following.quiet_since:
        return ""
    gone = now - following.quiet_since
    if gone < _HOUR:
        minutes = int(gone.total_seconds() // 60)
        return ntr("quiet for {n} minute", "quiet for {n} minutes", minutes)
    if gone < 2 * _DAY:
        return ntr("quiet for {n} hour", "quiet for {n} hours", int(gone // _HOUR))
    return ntr("quiet for {n} day", "quiet for {n} days", gone.days)


def advice(following: Following, tracking: Tracking, phone: str = "") -> str:
    """Say what a person can try next, and what the agency would need to know."""
    said = _needs(following, tracking, phone) or _waits(following, tracking)
    # What is more pressing than a question does not hide it (D-153).
    asked = _asked(tracking) if following.next in (Next.FIND, Next.ASK_AFTER) else ""
    return f"{said} {asked}" if asked else said


def _needs(following: Following, tracking: Tracking, phone: str) -> str:
    agency = tracking.agency_name
    call = partial(_call, agency, phone)
    # Called for each row of a list: only what is said is put together.
    said: dict[Next, Callable[[], str]] = {
        Next.LOOK: lambda: _looking(tracking),
        Next.ASK_ERASURE: lambda: ask_erasure(agency, phone),
        Next.COORDINATE: lambda: tr(
            "Still no answer. {call} Or ask another agency with consent.", call=call()
        ),
        Next.CALL: lambda: tr("No answer in time. {call}", call=call()),
        Next.FIND_LINE: lambda: _finding_line(tracking, call()),
        Next.CHOOSE_ANOTHER: lambda: tr("They could not take it on. You can ask another agency."),
        Next.TELL_MORE: lambda: " ".join(
            part for part in (_meeting(following, tracking), _asked(tracking)) if part
        ),
        Next.FIND: lambda: tr(
            "They did not come to the appointment. Look for them, and tell the agency."
        ),
        Next.ASK_AFTER: lambda: _asking_after(following, tracking, call()),
    }
    return said.get(following.next, str)()


def ask_erasure(agency: str, phone: str) -> str:
    """Say that an agency should have said that it is gone, and to ask it."""
    call = _call(agency, phone)
    return tr("It is not confirmed yet that it was destroyed. {call}", call=call)


def _asked(tracking: Tracking) -> str:
    asks = formats.names(tuple(words.item(each) for each in sorted(tracking.asks())))
    asked = tr("{agency} would need to know: {items}.", agency=tracking.agency_name, items=asks)
    return asked if asks else ""


def _call(agency: str, phone: str) -> str:
    reach = tr("Call {agency} ({phone}).", agency=agency, phone=phone)
    return reach if phone else tr("Call {agency}.", agency=agency)


def _waits(following: Following, tracking: Tracking) -> str:
    at = formats.day_and_clock(following.by) if following.by else ""
    if following.next is Next.REACH_HUB and tracking.erasure is Erasure.OWED:
        return words.erasure(tracking)
    if following.next is Next.REACH_HUB and tracking.calling_off is Word.WAITS:
        return ending_words.waits()
    if following.next is Next.REACH_HUB:
        return tr("It has not left this device yet. It goes by itself with the next line.")
    if following.next is Next.MEET:
        return _meeting(following, tracking)
    return tr("A word is expected by {time}.", time=at) if following.next is Next.WAIT else ""


def _meeting(following: Following, tracking: Tracking) -> str:
    if following.by is None:
        return ""
    at = formats.day_and_clock(following.by)
    place = {each.at: each.place for each in tracking.appointments()}.get(following.by, "")
    if not place:
        return tr("Appointment {time}", time=at)
    return tr("Appointment {time} · {place}", time=at, place=place)


def _asking_after(following: Following, tracking: Tracking, call: str) -> str:
    # After an appointment other words may have come: only of that one nobody has spoken.
    if following.by in {each.at for each in tracking.appointments()}:
        return tr("Nobody has said yet whether they came. Ask how it went. {call}", call=call)
    return tr("No word since. Ask how it went. {call}", call=call)


def _finding_line(tracking: Tracking, call: str) -> str:
    if tracking.erasure is Erasure.OWED:
        said = tr("The withdrawal still has not left this device. Look for a line.")
        return f"{said} {call}"
    if tracking.calling_off is Word.WAITS:
        return f"{ending_words.finding_line()} {call}"
    return tr("It still has not left this device. Look for a line. {call}", call=call)


def _looking(tracking: Tracking) -> str:
    if tracking.erasure is Erasure.OWED:
        return words.erasure(tracking)
    if tracking.is_untold:
        return tr("What you wrote in addition came after the end. Open it and choose.")
    if not tracking.problem and tracking.calling_off is Word.REFUSED:
        return ending_words.note(tracking)
    return words.problem(tracking.problem) or words.erasure(tracking)
