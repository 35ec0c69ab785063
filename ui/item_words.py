"""What a referral can carry, by name."""

from typing import Final

from desktop.domain.consents import Item
from desktop.domain.identifiers import IdentifierKind, covered, halves
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
    Item.IDENTIFIER: later("Identity number"),
}
IDENTIFIERS: Final = {
    IdentifierKind.PASSPORT: later("Passport"),
    IdentifierKind.ALIEN: later("Alien registration"),
    IdentifierKind.LICENCE: later("Driving licence"),
}


def item(which: Item) -> str:
    """Name a kind of thing a referral carries."""
    return tr(ITEMS[which])


def told(which: Item, words: str) -> str:
    """Say what is told of it, whole: where exactly what leaves, or came, is shown."""
    return _numbered(words, is_whole=True) if which is Item.IDENTIFIER else words


def told_covered(which: Item, words: str) -> str:
    """Say it anywhere else: of a number only the end."""
    return _numbered(words, is_whole=False) if which is Item.IDENTIFIER else words


def _numbered(words: str, *, is_whole: bool) -> str:
    kind, number = halves(words)
    shown = number if is_whole else covered(number)
    return f"{tr(IDENTIFIERS[kind])} {shown}" if kind else shown
