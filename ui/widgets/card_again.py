"""The same list of cards, asked for again while somebody is at it."""

from collections.abc import Callable, Iterable

from ui.widgets.card_list import CardList
from ui.widgets.card_rows import CardRow


def show_again(view: CardList, rows: Iterable[CardRow], key: Callable[[object], object]) -> None:
    """Show these in place of the others: whatever was chosen stays so, and nothing scrolls.

    `key` says of what a card is about which one it is, however that has changed. Where it is gone,
    the one in its place is chosen.
    """
    at, before = view.currentIndex().row(), view.rows.rows
    place = sum(not row.is_head for row in before[: max(at, 0)])
    chosen = key(before[at].about) if 0 <= at < len(before) else None
    view.setAutoScroll(False)
    view.show_cards(rows)
    keys = [key(card.about) for card in view.cards]
    view.choose(keys.index(chosen) if chosen in keys else max(0, min(place, len(keys) - 1)))
    view.setAutoScroll(True)
