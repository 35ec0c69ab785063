"""What the cards of a list say, as values."""

from collections.abc import Iterable
from dataclasses import dataclass

from ui.widgets.headed import ROOT, HeadedModel


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card: a title, what stands beside it, and lines under it. A head has a title alone."""

    title: str
    about: object = None
    name: str = ""
    """What its buttons are about, to a screen reader."""
    said: str = ""
    """What a screen reader says."""
    lines: tuple[tuple[str, str], ...] = ()
    """Words under the title, each with the token of its colour."""
    beside: str = ""
    """After the title, and cut where there is no room."""
    icon: tuple[str, str] = ("", "")
    dots: tuple[str, ...] = ()
    """The tokens of their colours."""
    pill: tuple[str, str] = ("", "")
    """Its words and its tone."""

    @property
    def is_head(self) -> bool:
        """Whether it only names what stands below it."""
        return self.about is None

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return self.said or self.title


class CardModel(HeadedModel):
    """Cards, below which more may come."""

    rows: tuple[CardRow, ...] = ()

    def show(self, rows: Iterable[CardRow]) -> None:
        """Show these alone."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def add(self, rows: Iterable[CardRow]) -> None:
        """Show these below the others."""
        more = tuple(rows)
        if more:
            self.beginInsertRows(ROOT, len(self.rows), len(self.rows) + len(more) - 1)
            self.rows += more
            self.endInsertRows()
