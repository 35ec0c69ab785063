"""The nights of one month as rows, under the row of all of them together."""

from desktop.domain.nights import Counts, Night
from desktop.domain.outreach import DAY_ROLLS_AT
from desktop.services.nights import MonthPage
from i18n import formats, ntr, tr
from ui.night_words import hours_words
from ui.widgets.rows import Cells, Columns, RowList

_HIGH = 300
_WORDS = 2
"""Columns of words; numbers stand after them."""


class MonthList(RowList):
    """The row of a night chooses it."""

    def __init__(self) -> None:
        """Show no night yet."""
        heads = (
            tr("Date"), tr("Place"), tr("Met"), tr("Talks"), tr("Items"), tr("Linked"),
            tr("Time out"),
        )  # fmt: skip
        columns = Columns(len(heads), heads, _WORDS, stretched=1, between=", ")
        super().__init__(tr("Nights of the month, newest first"), columns, _HIGH)
        self.setObjectName("month-list")

    def show_page(self, page: MonthPage) -> None:
        """Show a month, with all of it chosen; nothing where there was no night."""
        each = (_row(_night(n), n.outreach.place, n.counts) for n in page.nights)
        whole = ntr("{n} night", "{n} nights", page.total.nights)
        all_of_it = _row(tr("The whole month"), whole, page.total)
        self.show_rows((all_of_it, *each) if page.nights else ())
        self.setVisible(bool(page.nights))


def _night(night: Night) -> str:
    day = formats.day(night.outreach.started_at - DAY_ROLLS_AT)
    return f"{day} *" if night.was_forgotten else day


def _row(name: str, place: str, counts: Counts) -> Cells:
    numbers = (counts.met, counts.counseled, counts.given(), counts.referrals)
    return name, place, *map(formats.number, numbers), hours_words(counts.out)
