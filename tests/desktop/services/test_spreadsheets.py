"""A file for a spreadsheet starts no formula, whatever an agency or a person is called."""

from datetime import UTC, datetime

import pytest

from desktop.services import spreadsheets


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_no_word_begins_a_formula(first):
    written = spreadsheets.as_csv(("name", "count"), [(f"{first}SUM(A1)", 3)])

    assert written.decode("utf-8-sig").splitlines() == ["name,count", f"'{first}SUM(A1),3"]


def test_a_time_is_koreas():
    assert spreadsheets.clock(datetime(2026, 11, 20, 16, tzinfo=UTC)) == "2026-11-21T01:00+09:00"
    assert spreadsheets.clock(None) == ""
