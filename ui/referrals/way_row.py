"""One referral as a card: about whom, to whom, how far, how long it is quiet, what next."""

from datetime import datetime

from desktop.domain.following import Next
from desktop.services.following import Way
from ui.referrals import following_words, steps, words
from ui.widgets.card_rows import CardRow


def way_row(way: Way, now: datetime) -> CardRow:
    """Say where this one stands."""
    following, tracking = way.following, way.tracking
    tone, progress = following_words.tone(following), steps.at_a_glance(tracking)
    name, line = f"{way.alias}, {tracking.agency_name}", _line(way, now)
    state = words.standing(tracking)
    said = ". ".join(part for part in (name, state, _how_far(progress), line) if part)
    return CardRow(
        way.alias,
        about=way,
        name=name,
        said=said,
        lines=((line, "text2"),) if line else (),
        beside=f"→ {tracking.agency_name}",
        icon=(following_words.icon(following), "text3" if tone == "neutral" else f"{tone}_text"),
        dots=_dots(progress),
        pill=(state, tone),
    )


def _line(way: Way, now: datetime) -> str:
    following = way.following
    said = following_words.advice(following, way.tracking, way.phone)
    is_silent = following.is_late or following.next is Next.WAIT
    quiet = following_words.quiet(following, now) if is_silent else ""
    return " · ".join(part for part in (said, quiet) if part)


def _how_far(progress: steps.Progress) -> str:
    at = min(progress.at, len(progress.names) - 1)
    return f"{progress.names[at]} ({at + 1}/{len(progress.names)})"


def _dots(progress: steps.Progress) -> tuple[str, ...]:
    now = "danger" if progress.is_stopped else "accent"
    every = range(len(progress.names))
    return tuple(_dot(number - progress.at, now) for number in every)


def _dot(ahead: int, now: str) -> str:
    return now if ahead == 0 else "ok" if ahead < 0 else "line"
