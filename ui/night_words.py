"""What is counted on a night, and how long it was, in words."""

from datetime import timedelta

from desktop.domain.outreach import Tally
from i18n import tr


def tally_words(tally: Tally) -> str:
    """Return the short name that stands on a tile."""
    return {
        Tally.GREETING: tr("Met"),
        Tally.BRIEF: tr("Talks"),
        Tally.DEEP: tr("Long talks"),
        Tally.ITEM: tr("Extras"),
        Tally.LEAFLET: tr("Flyers"),
        Tally.MEAL: tr("Meals"),
        Tally.HOT_PACK: tr("Hot packs"),
        Tally.SANITARY: tr("Hygiene"),
        Tally.MEDICINE: tr("Medicine"),
        Tally.TOILETRIES: tr("Wash kits"),
        Tally.CLOTHES: tr("Clothes"),
        Tally.FARE: tr("Fares"),
    }[tally]


def hours_words(time: timedelta) -> str:
    """Say a length in hours and minutes."""
    hours, minutes = divmod(max(0, int(time.total_seconds())) // 60, 60)
    if hours:
        return tr("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return tr("{minutes} min", minutes=minutes)
