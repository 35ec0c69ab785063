"""What ends soon is found without reading everybody, and is the same as if everybody were read."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
from builders import NOON, a_moment
from vaults_for_tests import a_vault

from desktop.domain.endings import dated
from desktop.domain.retention import Expiry, Policy, Reason, Since, Target, Thing
from desktop.services import endings, retention
from desktop.vault import endings as vault_endings
from desktop.vault import holdings
from desktop.vault import retention as rows
from desktop.vault.columns import stamp

PEOPLE = 300
POLICIES = (Policy(), Policy(contact=60, referral=500, draft=20, notice=5, jotting=3),
            Policy(contact=900, referral=300, draft=400, notice=90, jotting=40))  # fmt: skip
NOWS = [NOON - timedelta(days=days) for days in (1700, 1000, 500, 200, 0)]


@pytest.fixture(scope="module")
def five_years(tmp_path_factory):
    """A vault of people about whom something of every kind stands, at any time of five years."""
    chance = random.Random("ends soon")
    vault = a_vault(tmp_path_factory.mktemp("ends") / "vault")
    with vault.transaction() as db:
        for number in range(PEOPLE):
            for table, row in _somebody(chance, number):
                holes = ", ".join("?" * len(row))
                db.execute(f"INSERT INTO {table} VALUES ({holes})", row)
    yield vault
    vault.close()


def _somebody(chance, number):
    """Yield rows; each stands on the one before it in its chain, and ends the chain if undrawn."""
    for chain in _chains(chance, number):
        for often, table, row in chain:
            if chance.random() >= often:
                break
            yield table, row


def _chains(chance, number):
    def at():
        return stamp(NOON - timedelta(days=chance.uniform(0, 1825)))

    youth, night, met, note, added, consent, ref, report = (
        str(UUID(int=number << 8 | kind)) for kind in range(1, 9)
    )
    withdrawn = chance.choice([None, None, at()])
    status = chance.choice(["requested", "accepted", "completed", "rejected", "failed"])
    erasure = chance.choice(["none", "owed", "destroyed"])
    delivery = chance.choice(["queued", "sent", "opened"])
    return (
        [
            (1, "youth", (youth, f"별칭{number}", "", "stated", 17, 17, "unsaid", "ko", 0, at())),
            (1, "outreach", (night, "역", "", "[]", 0, at(), at())),
            (1, "meeting", (met, night, youth, at(), "")),
            (0.8, "note", (None, note, youth, met, at(), 1, None, 1, 0, "글")),
            (0.5, "addendum", (added, note, "me", at(), "덧붙임")),
        ],
        [(0.3, "jotting", (youth, at(), ""))],
        [(0.3, "draft", (youth, None, "[]", "{}", "routine", at()))],
        [(0.1, "erasure_wish", (youth, at()))],
        [
            (0.6, "consent", (consent, youth, "a", "쉼터", "p", "r", "f", "ko", "0" * 64, None,
                              at(), at(), withdrawn)),
            (0.7, "referral", (ref, youth, consent, "a", "쉼터", b"{}", at(), at(), "", delivery,
                               status, 0, "", erasure, "")),
            (0.8, "referral_step", (ref, "queued", at(), "p")),
        ],
        [
            (0.1, "disclosure", (report, youth, "b", "a", "기관", "k", "[]", b"{}", b"", "", "d",
                                 at(), "asked", "", "", "", "queued", "requested", "", "")),
        ],
    )  # fmt: skip


@pytest.mark.parametrize("now", NOWS, ids=lambda now: f"{now:%Y}")
@pytest.mark.parametrize("policy", POLICIES, ids=["usual", "short", "long"])
def test_it_is_what_reading_everybody_finds(five_years, policy, now):
    with five_years.transaction() as db:
        rows.keep_policy(db, policy, now)
    until = now + timedelta(days=policy.notice)
    with five_years.reading() as db:
        everybody = [UUID(key) for (key,) in db.execute("SELECT id FROM youth").fetchall()]
        kept = rows.kept_longer(db)
        found = [
            each for held in holdings.of(db, everybody, kept) for each in dated(held, policy, kept)
        ]
        asked = {youth for _, youth in vault_endings.may_end(db, policy, until)}
        upcoming = list(vault_endings.ending(db, policy, until))

    expected = {each for each in found if each.due <= until}

    assert set(upcoming) == expected
    assert len(upcoming) == len(expected)
    assert [each.due for each in upcoming] == sorted(each.due for each in expected)
    assert {each.youth for each in expected} <= asked


def test_nobody_is_read_in_vain_where_nothing_is_near_its_end(five_years):
    early = NOON - timedelta(days=1825 + 400)

    with five_years.reading() as db:
        assert list(vault_endings.may_end(db, Policy(), early)) == []


def test_a_page_is_the_first_of_all_and_reads_only_whom_it_takes(five_years, monkeypatch):
    read = []
    monkeypatch.setattr(
        holdings, "of", lambda db, some, kept, of=holdings.of: read.append(some) or of(db, some)
    )
    first = endings.page(five_years, NOON, 10)
    few = sum(map(len, read))
    everything = retention.upcoming(five_years, NOON)

    assert first.shown == everything[:10]
    assert few <= 32 < len({each.youth for each in everything})
    assert endings.page(five_years, NOON, len(everything)).rest is None


@pytest.mark.parametrize("most", [1, 7, 40])
def test_page_after_page_shows_each_once_and_reads_nobody_twice(five_years, monkeypatch, most):
    read, shown, after = [], [], None
    of = holdings.of
    monkeypatch.setattr(holdings, "of", lambda db, some, _: read.extend(some) or of(db, some))

    while after is None or after.rest:
        after = endings.page(five_years, NOON, most, after)
        shown += after.shown
        assert len(after.shown) == most or after.rest is None

    assert len(set(read)) == len(read)
    assert tuple(shown) == retention.upcoming(five_years, NOON)


def test_when_each_note_was_written_is_read_from_an_index_alone(five_years):
    with five_years.reading() as db:
        plan = db.execute(f"EXPLAIN QUERY PLAN {holdings._NOTES}", ("[]", "[]")).fetchall()

    notes = [step for *_, step in plan if step.startswith(("SEARCH n ", "SCAN n "))]
    assert [step.partition(" USING ")[2] for step in notes] == [
        "COVERING INDEX note_by_person (youth=?)",
        "INDEX note_being_typed",
        "INDEX sqlite_autoindex_note_1 (id=?)",  # kept longer: few
    ]


def test_counting_ends_where_it_is_said_that_there_are_more(five_years, monkeypatch):
    weeks = timedelta(days=14)
    every = [
        each for each in retention.upcoming(five_years, NOON)
        if each.due <= NOON + weeks and each.since is not Since.JOTTING
    ]  # fmt: skip
    monkeypatch.setattr(endings, "COUNTED", len(every) + 1)
    assert endings.count(five_years, NOON, weeks) == len(every)

    monkeypatch.setattr(endings, "COUNTED", 7)
    assert endings.count(five_years, NOON, weeks) == 7


def test_a_note_that_is_kept_longer_keeps_its_person_also_after_a_referral(five_years):
    def referred():
        every = retention.upcoming(five_years, NOON)
        return {each.youth for each in every if each.since is Since.REFERRAL}

    with five_years.reading() as db:
        noted = db.execute("SELECT youth, id FROM note").fetchall()
    youth, key = next((UUID(who), key) for who, key in noted if UUID(who) in referred())
    note = Expiry(Target(Thing.NOTE, UUID(key)), youth, "", NOON, Since.CONTACT)

    years = NOON + timedelta(days=900)
    retention.keep_longer(five_years, note, years, (Reason.DISPUTE, "소송이 있다"), a_moment(NOON))

    assert youth not in referred()
