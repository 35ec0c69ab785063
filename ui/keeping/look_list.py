"""Looks as rows: when, who, and what was done why."""

from desktop.domain.looks import Look
from desktop.services.access_record import Page
from i18n import formats, tr
from ui.keeping.look_words import what_words, who_words, why_words
from ui.widgets.rows import Cells, Columns, RowList

_HIGH = 340


class LookList(RowList):
    """Newest first."""

    def __init__(self) -> None:
        """Show no looks yet."""
        super().__init__(tr("Who looked, newest first"), Columns(3), _HIGH)
        self.setObjectName("look-list")

    def show_page(self, page: Page) -> None:
        """Show these looks."""
        self.show_rows(tuple(_row(look, page) for look in page.looks))


def _row(look: Look, page: Page) -> Cells:
    about = page.aliases.get(look.sight.youth, "") if look.sight.youth else ""
    parts = (about, what_words(look), why_words(look))
    said = " · ".join(part for part in parts if part)
    return formats.day_and_clock(look.at), who_words(look, page.me), said
