"""A table that a person opens in a spreadsheet: in their words, and in Korea's time."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.outreach import KOREA

_STARTS_A_FORMULA = ("=", "+", "-", "@")


def as_csv(heads: Iterable[str], lines: Iterable[Iterable[object]]) -> bytes:
    """Return the words above the columns, and the lines. No word begins a formula in it."""
    import csv
    from io import StringIO

    table = StringIO()
    written = csv.writer(table)
    written.writerow(heads)
    written.writerows([_plain(cell) for cell in line] for line in lines)
    # The mark lets spreadsheets read Korean.
    return table.getvalue().encode("utf-8-sig")


def clock(at: datetime | None) -> str:
    """Return a time as a spreadsheet reads it; nothing for none."""
    return at.astimezone(KOREA).isoformat(timespec="minutes") if at else ""


def _plain(cell: object) -> object:
    is_formula = isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA)
    return f"'{cell}" if is_formula else cell
