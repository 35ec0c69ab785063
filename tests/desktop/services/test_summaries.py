"""A summary is journalled before its file is written, without a word of it, and only as chosen."""

from pathlib import Path

import pytest
from builders import a_moment

from desktop.domain.looks import Act, Kind, Why
from desktop.domain.notes import Mark, Written
from desktop.domain.safety import Step
from desktop.domain.summaries import LARGEST, Chosen, Section
from desktop.domain.youths import Age
from desktop.errors import FileNotWritten, NothingWritten, ReasonNeeded
from desktop.note_errors import SummaryTooLong
from desktop.services import looks, notes, outreach, safety, summaries, youths
from desktop.services.outreach import Plan
from desktop.services.summaries import Printed
from desktop.services.youths import NewYouth
from desktop.vault import escrow
from sync.protocol.digests import sha256

TEXT, MARK = "벤치에서 만남. 약을 먹는다고 함.", Mark(9, 7)


@pytest.fixture
def youth(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())
    met = youths.meet(vault, NewYouth("하늘", Age.stated(16)), "역 앞", a_moment())
    notes.save(vault, met.youth.id, met.meeting.id, Written(TEXT, (MARK,)), a_moment())
    safety.keep(vault, met.youth.id, {Step.OWN: "산책"}, a_moment())
    return met.youth.id


def chosen(*sections, **more):
    return Chosen(frozenset(sections), Why.GOING_ALONG, "서울의료원", "한빛", **more)


def gathered(vault, youth, wanted):
    return summaries.gather(vault, youth, wanted, "[뺌]", a_moment(hours=1))


def printings(vault, youth):
    found = looks.of(vault, youth)
    return [look for look in found if look.sight.act is Act.PRINTED]


def test_only_what_was_chosen_is_in_it_and_sensitive_passages_are_not(vault, youth):
    summary = gathered(vault, youth, chosen(Section.NOTES))

    [(_, note)] = summary.notes
    assert note.text == "벤치에서 만남. [뺌] 함."
    assert summary.left_out == 1
    assert (summary.plan, summary.meetings, summary.consents) == (None, (), ())


def test_sensitive_passages_are_in_it_when_somebody_says_so(vault, youth):
    summary = gathered(vault, youth, chosen(Section.NOTES, with_sensitive=True))

    assert summary.notes[0][1].text == TEXT
    assert summary.left_out == 0


def test_who_when_what_why_and_the_hash_are_journalled_and_no_word(vault, youth, tmp_path):
    wanted = chosen(Section.NOTES, Section.PLAN)
    printed, file = Printed(gathered(vault, youth, wanted), b"%PDF-1.4 ..."), tmp_path / "a.pdf"

    summaries.save(vault, printed, file, a_moment(hours=2))

    assert file.read_bytes() == printed.content
    found = printings(vault, youth)
    assert {look.sight.kind for look in found} == {Kind.SUMMARY, Kind.YOUTH, Kind.NOTE, Kind.PLAN}
    [page] = [look for look in found if look.sight.kind is Kind.SUMMARY]
    assert page.sight.record == f"{sha256(printed.content).hex()}/notes,plan"
    assert {look.at for look in found} == {a_moment(hours=2).now}
    assert {look.reader.why for look in found} == {Why.GOING_ALONG}
    assert not any(word in repr(found) for word in ("벤치", "서울의료원", "한빛", "산책"))
    vault.verify()


def test_each_printing_is_one_of_its_own(vault, youth, tmp_path):
    summary = gathered(vault, youth, chosen(Section.NOTES))
    for name in ("a", "b"):
        printed = Printed(summary, name.encode())
        summaries.save(vault, printed, tmp_path / f"{name}.pdf", a_moment(hours=2))

    assert len(printings(vault, youth)) == 6


def test_a_file_that_cannot_be_written_leaves_nothing_and_the_journal_says_so(vault, youth):
    printed = Printed(gathered(vault, youth, chosen(Section.PERSON)), b"x")

    with pytest.raises(FileNotWritten):
        summaries.save(vault, printed, Path("/proc/no/such.pdf"), a_moment(hours=2))

    assert len(printings(vault, youth)) == 2


def test_nothing_is_written_where_the_journal_cannot_be(vault, youth, tmp_path):
    printed = Printed(gathered(vault, youth, chosen(Section.PERSON)), b"x")
    with vault.transaction() as db:
        escrow.note_use(db, a_moment(hours=1).now)  # two keys opened it, and nobody said why

    with pytest.raises(ReasonNeeded):
        summaries.save(vault, printed, tmp_path / "a.pdf", a_moment(hours=2))

    assert list(tmp_path.glob("*.pdf*")) == []


def test_more_than_anybody_reads_is_refused(vault, youth):
    with vault.transaction() as db:
        db.execute("UPDATE note SET text = ?", ("가" * (LARGEST + 1),))

    with pytest.raises(SummaryTooLong):
        gathered(vault, youth, chosen(Section.NOTES))


@pytest.mark.parametrize(
    "missing", [{"sections": frozenset()}, {"reader": " "}, {"printer": ""}, {"reason": Why.USUAL}]
)
def test_a_summary_of_nothing_for_nobody_by_nobody_cannot_be_built(missing):
    whole = {
        "sections": frozenset({Section.PERSON}), "reason": Why.ASKED, "reader": "하늘",
        "printer": "한빛",
    }  # fmt: skip

    with pytest.raises(NothingWritten):
        Chosen(**(whole | missing))
