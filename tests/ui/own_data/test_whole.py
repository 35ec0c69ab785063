"""Everything the vault holds about a person is in their file, or named in what stays out, and why.

A word is planted in each table by itself, so that a table which is named and not read is found.
"""

import json
from uuid import UUID, uuid4

import pytest
from builders import NOON, a_moment
from vaults_for_tests import a_vault

import i18n
from desktop.services import own_data
from desktop.vault.columns import stamp
from desktop.vault.own_tables import GIVEN, STAYS
from sync.protocol.codec import canonical
from ui.own_data.words import written

YOUTH, OTHER, CONSENT, REFERRAL, REPORT, CASE, LAW_CASE = (str(UUID(int=n)) for n in range(1, 8))
AT, LATER = stamp(NOON), stamp(NOON.replace(year=2031))
FACTS = {
    "asked_by": "ASKED-BY", "present": [], "manner": "screen", "witness": "", "paper": None,
    "responsible": None, "is_for_children": False, "refusal": "r", "withdrawal": "w",
    "storage": "KR", "jurisdiction": "KR", "schema": "s",
}  # fmt: skip
FORM = {
    "id": "q", "version": 1, "title": {"en": "QUESTIONNAIRE"},
    "questions": [{"id": "a", "kind": "text", "text": {"en": "How?"}}],
}  # fmt: skip


def a_packet(words, ref=REFERRAL, basis=""):
    return canonical({
        "ref": ref, "agency": "a", "categories": ["protect"], "urgency": "routine", "words": words,
        "keep_from_guardian": False, "written_at": "2026-11-24T12:00:00Z", "version": 1,
        "basis": basis, "reason": "",
    })  # fmt: skip


NOTE, MEETING, NIGHT, REPLY, JUDGED, ID = (str(uuid4()) for _ in range(6))
PLANTED = (
    ("youth", (YOUTH, "ALIAS", "", "stated", 17, 17, "unsaid", "ko", 0, AT), "ALIAS"),
    ("jotting", (YOUTH, AT, "HANDED-OUT"), "HANDED-OUT"),
    ("merged_youth", (1, OTHER, YOUTH, AT, '[["OTHER-ALIAS"],[]]', "{}"), "OTHER-ALIAS"),
    ("outreach", (NIGHT, "p", "r", "[]", 0, AT, None), ""),
    ("meeting", (MEETING, NIGHT, YOUTH, AT, "MEETING-PLACE"), "MEETING-PLACE"),
    ("note", (1, NOTE, YOUTH, MEETING, AT, 2, None, 0, 0, "NOTE-WORDS"), "NOTE-WORDS"),
    ("note_version", (NOTE, 1, AT, "", "EARLIER-WORDS"), "EARLIER-WORDS"),
    ("note_signature", (NOTE, "me", stamp(NOON.replace(year=2032))), "2032"),
    ("addendum", (str(uuid4()), NOTE, "me", AT, "ADDED-WORDS"), "ADDED-WORDS"),
    ("unfinished_addendum", (NOTE, "BEING-ADDED"), "BEING-ADDED"),
    ("judgement", (JUDGED, YOUTH, "low", "GROUNDS", None, AT), "GROUNDS"),
    ("unfinished_judgement", (YOUTH, "low", "HALF-GROUNDS", None), "HALF-GROUNDS"),
    ("supervision", (JUDGED, YOUTH, AT, AT, "s", "AGREED-WORDS"), "AGREED-WORDS"),
    ("safety_plan", (ID, YOUTH, "me", AT, '{"warning-signs":"PLAN-WORDS"}'), "PLAN-WORDS"),
    ("questionnaire", ("q", 1, "t", canonical(FORM), AT, 1), "QUESTIONNAIRE"),
    ("answered", (ID, YOUTH, "q", 1, '{"a":"ANSWER-WORDS"}', AT), "ANSWER-WORDS"),
    ("promise", (ID, YOUTH, "PROMISE-WORDS", "2026-11-25", "", "", AT, AT, AT, "me", "", 0, "",
                 ""), "PROMISE-WORDS"),
    ("consent", (CONSENT, YOUTH, "a", "n", "PURPOSE", "r", "f", "ko", "0" * 64, None, AT, LATER,
                 None), "PURPOSE"),
    ("consent_record", (CONSENT, 1, "", json.dumps(FACTS), ""), "ASKED-BY"),
    ("consent_answer", (CONSENT, "24", "refused"), "Unique identifiers: no"),
    *(("consent_answer", (CONSENT, each, "given"), "") for each in ("15", "17", "23")),
    ("consent_item", (CONSENT, "reach", 1), "How to reach them"),
    ("referral", (REFERRAL, YOUTH, CONSENT, "a", "n", a_packet({"need": "TOLD-FIRST"}), AT, AT, "",
                  "sent", "requested", 0, "", "none", ""), "TOLD-FIRST"),
    ("amendment", (ID, REFERRAL, 2, CONSENT, a_packet({"need": "TOLD-AFTER"}), "", AT),
     "TOLD-AFTER"),
    ("referral_step", (REFERRAL, "delivered", stamp(NOON.replace(year=2033)), "p"), "2033"),
    ("reply", (REPLY, REFERRAL, AT, "REPLY-WORDS"), "REPLY-WORDS"),
    ("reply_appointment", (REPLY, REFERRAL, AT, "AWAITED-AT", "booked"), "AWAITED-AT"),
    ("reply_ask", (REPLY, REFERRAL, '["gender"]'), "asked also for: Gender"),
    ("draft", (YOUTH, None, "[]", '{"need":"DRAFT-WORDS"}', "routine", AT), "DRAFT-WORDS"),
    ("received", (CASE, "o", "ASKER-NAME", "[]", "routine", AT, "", "accepted", "", "", "", "",
                  ""), "ASKER-NAME"),
    ("received_packet", (CASE, 1, a_packet({"need": "RECEIVED-WORDS"}, CASE), "", YOUTH,
                         '{"note":"HALF-ANSWER"}'), "RECEIVED-WORDS"),
    ("received_note", (ID, CASE, AT, "OUR-ANSWER", "", "", "", "[]"), "OUR-ANSWER"),
    ("unfinished_form", ("promise", json.dumps({f"{YOUTH}/what": "HALF-TYPED"}), AT),
     "HALF-TYPED"),
    ("guardian_named", (YOUTH, "GUARDIAN-NAME", "010", AT), "GUARDIAN-NAME"),
    ("own_data_request", (ID, YOUTH, "correct", "WRONG-THIS", AT, "2026-12-04", "", "", ""),
     "WRONG-THIS"),
    ("erasure_wish", (YOUTH, stamp(NOON.replace(year=2034))), "2034"),
    ("kept_longer", (f"youth {YOUTH}", LATER, "kept-by-law", "ARTICLE-9"), "ARTICLE-9"),
    ("look", (1, AT, "ab12cdef", "p", "read", "plan", "x", YOUTH, ""), "Counselor ab12"),
)  # fmt: skip
KEPT_OUT = (
    ("disclosure", (REPORT, YOUTH, "b", "a", "REPORTED-TO", "k", "[]",
                    a_packet({"need": "REPORT-WORDS"}), b"", "", "d", AT, "asked", "", "", "",
                    "queued", "requested", "", "")),
    ("disclosure_reply", (ID, REPORT, AT, "REPORT-ANSWER")),
    ("look", (2, AT, "ffff", "p", "read", "referral", REPORT, YOUTH, "suspected-abuse")),
    ("received", (LAW_CASE, "o", "REPORTER-NAME", "[]", "routine", AT, "", "accepted", "", "", "",
                  "", "")),
    ("received_packet", (LAW_CASE, 1, a_packet({"need": "REPORTED"}, LAW_CASE, "child-abuse"), "",
                         YOUTH, "{}")),
    ("look", (3, AT, "eeee", "p", "read", "received", LAW_CASE, YOUTH, "")),
    ("guardian_kept", (ID, YOUTH, "abuse", "NOT-THE-GUARDIAN", AT)),
    ("unfinished_form", ("report", json.dumps({f"{YOUTH}/why": "HALF-REPORT"}), AT)),
    ("unfinished_form", ("keep-from", json.dumps({f"{YOUTH}/abuse": "NOT-THE-GUARDIAN"}), AT)),
)  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Return the file of somebody about whom every table holds something."""
    i18n.use("en")
    vault = a_vault(tmp_path_factory.mktemp("whole") / "vault")
    with vault.transaction() as db:
        for table, row, *_ in (*PLANTED, *KEPT_OUT):
            holes = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO {table} VALUES ({holes})", row)
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    page = own_data.gathered(vault, UUID(YOUTH), a_moment())
    yield written(page, NOON), {name for (name,) in names}
    vault.close()


def test_every_table_is_given_or_named_in_what_stays_out(said):
    tables = {name for name in said[1] if not name.startswith(("note_words_", "sqlite_"))}

    assert tables == {*GIVEN, *STAYS}
    assert not set(GIVEN) & STAYS.keys()
    assert all(STAYS.values())


def test_the_file_tells_something_of_every_table_that_is_given(said):
    planted = {table: word for table, _, word in PLANTED if word}

    assert planted.keys() == set(GIVEN)
    assert {table for table, word in planted.items() if word not in said[0]} == set()
    assert "HALF-ANSWER" in said[0]


@pytest.mark.parametrize(
    "word",
    ["REPORT", "ffff", "eeee", "NOT-THE-GUARDIAN", "suspected", "Suspected"],
)
def test_nothing_tells_of_a_report_by_law_or_why_a_guardian_is_not_told(said, word):
    assert word not in said[0]
