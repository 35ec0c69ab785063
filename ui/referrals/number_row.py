"""What is overdue under a consent that was ended by its number, as a card: no name is known."""

from datetime import datetime

from desktop.services import slips
from desktop.services.following import NumberWay
from i18n import tr
from ui.referrals import following_words
from ui.widgets.card_rows import CardRow


def number_row(way: NumberWay, now: datetime) -> CardRow:
    """Say which number it was, and whom to call."""
    number, agency, following = slips.number_of(way.consent), way.agency_name, way.following
    name, state = f"{number}, {agency}", tr("destruction not confirmed yet")
    asked = following_words.ask_erasure(agency, way.phone)
    line = f"{asked} · {following_words.quiet(following, now)}"
    return CardRow(
        number,
        about=way,
        name=name,
        said=". ".join((tr("Number on the slip"), name, state, line)),
        lines=((line, "text2"),),
        beside=f"→ {agency}",
        icon=(following_words.icon(following), f"{following_words.tone(following)}_text"),
        pill=(state, following_words.tone(following)),
    )
