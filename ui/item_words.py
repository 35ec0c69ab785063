"""What a referral can carry, by name."""

from typing import Final

from desktop.domain.consents import Item
from i18n import later, tr

ITEMS: Final = {
    Item.ALIAS: later("Alias"),
    Item.AGE: later("Age"),
    Item.GENDER: later("Gender"),
    Item.LANGUAGE: later("Language they speak"),
    Item.REACH: later("How to reach them"),
    Item.NEED: later("Help needed"),
    Item.SITUATION: later("Situation now"),
    Item.HEALTH: later("Health"),
}


def item(which: Item) -> str:
    """Name a kind of thing a referral carries."""
    return tr(ITEMS[which])
