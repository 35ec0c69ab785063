"""One report without a consent as a card: about whom, to whom, how far, whom to call."""

from datetime import datetime

from desktop.domain.following import Next
from desktop.services.following import ReportWay
from i18n import tr
from ui import report_words as words
from ui.referrals import following_words
from ui.widgets.card_rows import CardRow


def report_row(way: ReportWay, now: datetime) -> CardRow:
    """Say where this one stands; of what it holds nothing is said."""
    following, agency = way.following, way.report.agency_name
    tone, line = following_words.tone(following), _line(way, now)
    name, kind = f"{way.alias}, {agency}", tr("Report by law")
    return CardRow(
        way.alias,
        about=way,
        name=name,
        said=f"{name}. {kind}. {line}",
        lines=((line, "text2"),),
        beside=f"→ {agency}",
        icon=(following_words.icon(following), "text3" if tone == "neutral" else f"{tone}_text"),
        pill=(kind, tone),
    )


def _line(way: ReportWay, now: datetime) -> str:
    following, (state, _) = way.following, words.state(way.report, now)
    said = words.advice(way.report, following)
    if following.next is Next.LOOK:
        return f"{state} {said}" if said else state
    quiet = following_words.quiet(following, now)
    return " · ".join(part for part in (said or state, quiet) if part)
