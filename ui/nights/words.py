"""The numbers of a night or a month as lines, on the screen and as text to copy."""

from desktop.domain.nights import Counts, Kind, LooseEnd, Month, Night, Promised
from desktop.domain.outreach import DAY_ROLLS_AT, ITEMS
from i18n import formats, ntr, tr
from ui.night_words import hours_words, tally_words

Line = tuple[str, str]


def lines(counts: Counts) -> tuple[Line, ...]:
    """Return each number with its name, in the order a centre reports them."""
    shown = (
        (tr("Counselors taking part"), formats.number(counts.counselors)),
        (tr("Young people met"), formats.number(counts.met)),
        (tr("Counseling cases"), formats.number(counts.counseled)),
        (tr("Flyers handed out"), formats.number(counts.leaflets)),
        (tr("Items given"), _items(counts)),
        (tr("Referrals made"), formats.number(counts.referrals)),
        (tr("Partner bodies"), formats.names(counts.partners) if counts.partners else "–"),
        (tr("Time out, without pauses"), hours_words(counts.out)),
    )
    if counts.nights == 1:
        return shown
    return ((tr("Nights"), formats.number(counts.nights)), *shown)


def heads() -> tuple[str, ...]:
    """Return the words above the columns of a month's file, as `nights.COLUMNS` orders them."""
    return (
        tr("Date"), tr("Place"), tr("From"), tr("Until"), tr("Minutes out"),
        tr("Counselors taking part"), tr("Young people met"), tr("Counseling cases"),
        tr("Flyers handed out"), *map(tally_words, ITEMS), tr("Referrals made"),
        tr("Partner bodies"),
    )  # fmt: skip


def as_text(title: str, counts: Counts) -> str:
    """Return what is copied: a title, then a line for each number. Nobody's name is in it."""
    return "\n".join((title, *(f"{name}: {value}" for name, value in lines(counts))))


def night_title(night: Night) -> str:
    """Say which night it was."""
    held = night.outreach
    return f"{formats.full_day(held.started_at - DAY_ROLLS_AT)} · {held.place}"


def month_title(month: Month) -> str:
    """Say which month."""
    return formats.month(month.span()[0])


def when(night: Night) -> str:
    """Say from when until when a night was, and whether nobody ended it."""
    held = night.outreach
    start = formats.clock(held.started_at)
    if held.ended_at is None:
        return tr("since {start}", start=start)
    said = tr("{start} to {end}", start=start, end=formats.clock(held.ended_at))
    return f"{said} · {tr('closed by itself')}" if night.was_forgotten else said


def loose_words(loose: LooseEnd) -> str:
    """Say what is not finished."""
    return {
        Kind.RISK: tr("High risk: the next step has not left from here"),
        Kind.GROUNDS: tr("Grounds of a judgment, half written"),
        Kind.PROMISE: tr("A promise was due and is still open"),
        Kind.NOTE: tr("Note not finished"),
        Kind.DRAFT: tr("Referral written, not sent"),
    }[loose.kind]


def loose_icon(loose: LooseEnd) -> tuple[str, str]:
    """Return an icon and the token of its colour."""
    return {
        Kind.RISK: ("triangle-alert", "danger_text"),
        Kind.GROUNDS: ("shield-alert", "warn_text"),
        Kind.PROMISE: ("calendar-check", "warn_text"),
        Kind.NOTE: ("notebook-pen", "text2"),
        Kind.DRAFT: ("send", "text2"),
    }[loose.kind]


def promised_words(promised: Promised) -> str:
    """Say how many promises were made, kept and left open; nothing where there is none."""
    parts = (
        ntr("{n} made", "{n} made", promised.made) if promised.made else "",
        ntr("{n} kept", "{n} kept", promised.kept) if promised.kept else "",
        ntr("{n} overdue", "{n} overdue", promised.overdue) if promised.overdue else "",
    )
    told = " · ".join(part for part in parts if part)
    return tr("Promises: {told}", told=told) if told else ""


def left_words(count: int, *, is_over: bool) -> str:
    """Say how much is not finished, and that it may stay so."""
    if not count:
        return tr("Everything is finished.")
    if is_over:
        return ntr(
            "{n} thing is not finished, and stays as it is.",
            "{n} things are not finished, and stay as they are.",
            count,
        )
    return ntr(
        "{n} thing is not finished. It stays as it is; you may end all the same.",
        "{n} things are not finished. They stay as they are; you may end all the same.",
        count,
    )


def _items(counts: Counts) -> str:
    kinds = zip(ITEMS, counts.items, strict=True)
    given = tuple(f"{tally_words(item)} {formats.number(n)}" for item, n in kinds if n)
    total = formats.number(counts.given())
    return f"{total} ({', '.join(given)})" if given else total
