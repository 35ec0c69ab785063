"""A list asks for the rows it shows: no table that grows is read from end to end."""

import re
from collections import Counter
from pathlib import Path

import pytest
from bench.shared_lists import LISTS, asker, questions
from builders import a_moment

from desktop.domain.youths import Age
from desktop.services import notes, outreach, youths
from desktop.vault import database

GROWS = (
    "note", "youth", "meeting", "promise", "judgement", "op", "look", "outreach", "addendum",
    "note_version", "safety_plan", "outbox", "consent", "consent_answer", "referral_step",
)  # fmt: skip
FEW = ("one_outreach_at_a_time", "promise_open", "note_being_typed")
"""Indexes of what is open only: they do not grow with the years."""
IN_MEMORY = "SELECT id, alias FROM youth ORDER BY met_first DESC"
"""Read once a session, after each change of a name, to find names by a letter's difference."""
RECKONED = ("places", "ends-soon")
"""The one adds up all nights, some hundred a year; the other looks for withdrawn consents."""
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX \w+)?$")


@pytest.fixture(scope="module")
def someone(tmp_path_factory):
    """One vault, and somebody to ask about."""
    from vaults_for_tests import a_vault

    vault = a_vault(tmp_path_factory.mktemp("plans") / "vault")
    outreach.begin(vault, outreach.Plan("신림역"), a_moment())
    met = youths.meet(vault, youths.NewYouth("하늘", Age.stated(16)), "", a_moment())
    notes.save(vault, met.youth.id, met.meeting.id, "벤치에서 만남", a_moment())
    yield asker(vault)
    vault.close()


@pytest.fixture(scope="module")
def asked(someone):
    """Ask every list, and keep each one's questions with their plans."""
    return {name: _plans(someone, ask) for name, ask in LISTS.items()}


@pytest.mark.parametrize("name", [name for name in LISTS if name not in RECKONED])
def test_no_list_reads_a_growing_table_from_end_to_end(asked, name):
    assert [found for sql, plan in asked[name] for found in whole_tables(sql, plan)] == []


def test_what_was_asked_before_is_not_prepared_again(someone):
    asking, prepared = [""], Counter()
    with someone.vault.reading() as db:
        # Who may do what is asked while something is prepared, and only then.
        db._connection.set_authorizer(lambda *_: prepared.update(asking) or 0)
        db.execute("SELECT 'asked for the first time'").fetchall()
    assert prepared  # whatever is prepared is seen

    for _ in range(2):
        prepared.clear()
        for asking[0], ask in LISTS.items():
            ask(someone)

    assert prepared == {}


def test_no_question_has_a_bare_limit_which_would_be_prepared_each_time():
    bare = re.compile(r"LIMIT \?\d*(?! \+ 0|\d)")
    here = Path(database.__file__).parent
    assert bare.search("LIMIT ?")
    assert bare.search("LIMIT ?3)")
    assert [file.name for file in here.glob("*.py") if bare.search(_code(file))] == []


def test_a_question_that_does_is_seen(asked):
    assert whole_tables("SELECT n.text FROM note n", ["SCAN n"]) == ["note"]
    assert whole_tables("SELECT text FROM note ORDER BY n LIMIT ?", ["SCAN note"]) == []
    assert all(asked.values())


def whole_tables(sql, plan):
    """Return the growing tables that a question reads whole."""
    short = {name: table for table, name in re.findall(r"(?:FROM|JOIN) (\w+) (\w+)", sql)}
    scanned = [
        match[1]
        for step in plan
        if (match := _SCAN.match(step)) and not step.endswith(FEW) and sql != IN_MEMORY
    ]
    is_bounded = "LIMIT" in sql and not [step for step in plan if "TEMP B-TREE" in step]
    tables = [short.get(name, name) for name in scanned]
    return [] if is_bounded else [table for table in tables if table in GROWS]


def _code(file):
    return file.read_text(encoding="utf-8").replace("`LIMIT ?`", "")


def _plans(someone, ask):
    with questions() as found:
        ask(someone)
    with someone.vault.reading() as db:
        return [
            (sql, [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", words)])
            for sql, words in found.items()
        ]
