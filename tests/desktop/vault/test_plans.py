"""No list reads a whole table: what it asks for is answered by an index, however many years lie
in the vault."""

import re

import pytest
from bench.shared_lists import Asked, lists
from builders import a_moment, on_a_night

from desktop.domain.youths import Age
from desktop.services import notes, youths
from desktop.services.youths import NewYouth

BIG = {
    "addendum", "answered", "consent", "judgement", "look", "meeting", "note", "note_version",
    "op", "promise", "referral", "referral_step", "reply", "safety_plan", "supervision", "youth",
}  # fmt: skip
SCANS = re.compile(r"SCAN (\w+)")
READ_ONCE = "FROM youth ORDER BY met_first DESC"
"""Names are read once after a change, and then kept in memory (`desktop.vault.names`)."""
FEW = ("note_being_typed", "promise_open", "referral_with_problem")
"""Indexes of the few that are under way: to read all of one is to read what is shown."""
EVERYTHING = {"ending"}
"""Reckoned from everything there is: seconds among 100,000 notes, and still to be mended."""


@pytest.fixture
def vault(vault):
    on_a_night(vault, a_moment())
    met = youths.meet(vault, NewYouth("하늘", Age.stated(16)), "", a_moment())
    notes.save(vault, met.youth.id, met.meeting.id, "벤치에서 만남", a_moment())
    return vault


def scanned(vault, statements):
    """Return the big tables that one of these reads from end to end, with the statement."""
    found = []
    for sql in dict.fromkeys(each for each in statements if each.startswith(("SELECT", "WITH"))):
        if READ_ONCE in sql:
            continue
        names = dict(re.findall(r"(?:FROM|JOIN) (\w+) (\w)\b", sql))
        aliases = {short: table for table, short in names.items()}
        with vault.reading() as db:
            plan = db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        sorts = any("FOR ORDER BY" in step[-1] for step in plan)
        for step in plan:
            scan = SCANS.match(step[-1])
            is_short = "LIMIT" in sql and ("USING" in step[-1] or not sorts)
            table = aliases.get(scan[1], scan[1]) if scan else ""
            if table in BIG and not (is_short or step[-1].endswith(FEW)):
                found.append((step[-1], sql))
    return found


def traced(vault, ask):
    statements = []
    vault._connection.set_trace_callback(statements.append)
    try:
        ask(vault)
    finally:
        vault._connection.set_trace_callback(None)
    return statements


def test_no_list_reads_a_big_table_from_end_to_end(vault):
    for name, ask in lists(Asked(vault), a_moment).items():
        if name not in EVERYTHING:
            assert scanned(vault, traced(vault, ask)) == [], name


def test_a_scan_would_be_noticed(vault):
    def ask(vault):
        with vault.reading() as db:
            db.execute("SELECT text FROM note WHERE text LIKE '%가%'").fetchall()

    assert len(scanned(vault, traced(vault, ask))) == 1
