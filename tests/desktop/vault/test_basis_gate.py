"""The database itself lets no report out without two names, to nobody else, and only once."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON, a_youth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.disclosures import Ground
from desktop.vault import sending, youths
from desktop.vault.columns import stamp
from sync.protocol.disclosures import BASES

WEEK = timedelta(days=7)
ITEMS = ("alias", "reach")
ROW = (
    "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at, state)"
    " VALUES (?, 1, ?, ?, ?, ?, ?, x'80', ?, 'waiting')"
)
REPORT = (
    "INSERT INTO disclosure (id, youth, basis, agency, agency_name, agency_kind, items, packet,"
    " sealed, device, asked_at, state) VALUES"
    " (?, ?, ?, 'police', '경찰', ?, ?, x'01', x'02', 'me', ?, 'asked')"
)


def a_report(db, youth, basis=Ground.ABUSE.value, kind="police", items=ITEMS):
    ref = str(uuid4())
    db.execute(REPORT, (ref, str(youth), basis, kind, json.dumps(items), stamp(NOON)))
    return ref


def sign(db, ref, by="supervisor", at=NOON, until=NOON + WEEK):
    db.execute(
        "UPDATE disclosure SET state = 'signed', cosigner = ?, signed_at = ?, valid_until = ?"
        " WHERE id = ?",
        (by, stamp(at), stamp(until), ref),
    )


def put(db, ref, **row):
    usual = {"kind": "referral.request", "to": "police", "items": ITEMS, "at": NOON}
    kind, to, items, at = (usual | row).values()
    db.execute(ROW, (str(uuid4()), kind, ref, None, to, json.dumps(items), stamp(at)))


@pytest.fixture
def youth(vault):
    youth = a_youth()
    with vault.transaction() as db:
        youths.add(db, youth)
    return youth.id


def test_a_signed_report_is_let_out_once(vault, youth):
    with vault.transaction() as db:
        ref = a_report(db, youth)
        sign(db, ref)
        put(db, ref)

    with (
        pytest.raises(sqlcipher.IntegrityError, match="no valid basis"),
        vault.transaction() as db,
    ):
        put(db, ref)


REFUSED = {
    "unsigned": ({}, None, {}),
    "signed by oneself": ({}, {"by": "me"}, {}),
    "signed by nobody": ({}, {"by": ""}, {}),
    "to somebody else": ({}, {}, {"to": "shelter"}),
    "more items": ({}, {}, {"items": ("alias", "need", "reach")}),
    "fewer items": ({}, {}, {"items": ("alias",)}),
    "no item": ({"items": ()}, {}, {"items": ()}),
    "an item the law does not name": ({"items": ("need",)}, {}, {"items": ("need",)}),
    "a receiver the law does not name": ({"kind": "school"}, {}, {}),
    "a hospital, for abuse": ({"kind": "public-hospital"}, {}, {}),
    "no law there is": ({"basis": "law:anything"}, {}, {}),
    "an amendment": ({}, {}, {"kind": "referral.amend"}),
    "before it was signed": ({}, {"at": NOON + timedelta(hours=1)}, {}),
    "too late": ({}, {}, {"at": NOON + WEEK}),
}


@pytest.mark.parametrize(("report", "signature", "row"), REFUSED.values(), ids=REFUSED)
def test_nothing_else_is(vault, youth, report, signature, row):
    with vault.transaction() as db:
        ref = a_report(db, youth, **report)
        if signature is not None:
            sign(db, ref, **signature)

    with (
        pytest.raises(sqlcipher.IntegrityError, match="no valid basis"),
        vault.transaction() as db,
    ):
        put(db, ref, **row)


def test_a_report_nobody_wrote_is_not(vault, youth):
    with (
        pytest.raises(sqlcipher.IntegrityError, match="no valid basis"),
        vault.transaction() as db,
    ):
        put(db, str(uuid4()))


@pytest.mark.parametrize(
    "change",
    [
        "agency = 'shelter'", "items = '[]'", "basis = 'law:life-17'", "packet = x'03'",
        "sealed = x'03'", "device = 'another'", "agency_kind = 'police '", "cosigner = 'x'",
        "valid_until = '9999'", "state = 'asked'", "state = 'refused'", "digest = 'x'",
    ],
)  # fmt: skip
def test_what_was_signed_stays_as_it_was(vault, youth, change):
    with vault.transaction() as db:
        sign(db, a_report(db, youth))

    with pytest.raises(sqlcipher.IntegrityError), vault.transaction() as db:
        db.execute(f"UPDATE disclosure SET {change}")


@pytest.mark.parametrize(
    "state", ["signed", "queued"], ids=["born with a signature", "born as sent"]
)
def test_a_report_begins_without_a_signature(vault, youth, state):
    with pytest.raises(sqlcipher.IntegrityError, match="begins"), vault.transaction() as db:
        db.execute(
            REPORT.replace("'asked')", f"'{state}')"),
            (str(uuid4()), str(youth), Ground.ABUSE.value, "police", "[]", stamp(NOON)),
        )


@pytest.mark.parametrize(
    "change", ["DELETE FROM disclosure_ledger", "UPDATE disclosure_ledger SET at = ''"]
)
def test_the_ledger_only_grows(vault, change):
    with vault.transaction() as db:
        db.execute(
            "INSERT INTO disclosure_ledger VALUES ('m', 'r', 'o', 'n', 'p', 'b', '', '', 'f', 'l')"
        )

    with pytest.raises(sqlcipher.IntegrityError, match="append-only"), vault.transaction() as db:
        db.execute(change)


def test_a_question_goes_to_our_own_organisation_only(vault, youth):
    with vault.transaction() as db:
        db.execute("INSERT INTO enrolment VALUES (1, ?)", (json.dumps({"org": "centre"}),))
        ref = a_report(db, youth)
        put(db, ref, kind="cosign.request", to="centre")

    for lapse in ({"to": "police"}, {"items": ("alias",)}):
        row = {"kind": "cosign.request", "to": "centre"} | lapse
        with pytest.raises(sqlcipher.IntegrityError, match="basis"), vault.transaction() as db:
            put(db, ref, **row)
    with pytest.raises(sqlcipher.IntegrityError, match="basis"), vault.transaction() as db:
        put(db, str(uuid4()), kind="cosign.request", to="centre")


@pytest.mark.parametrize("lapse", ["late", "taken back", "deleted"])
def test_it_is_asked_again_when_it_would_leave(vault, youth, lapse):
    with vault.transaction() as db:
        ref = a_report(db, youth)
        sign(db, ref)
        put(db, ref)
        if lapse == "taken back":
            db.execute("UPDATE disclosure SET state = 'ended'")
        elif lapse == "deleted":
            db.execute("DELETE FROM disclosure")
    at = NOON + WEEK if lapse == "late" else NOON

    with vault.transaction() as db:
        held = db.execute(
            "SELECT count(*) FROM outbox o WHERE " + sending._MAY_LEAVE, (stamp(at),)
        ).fetchone()

    assert held == (0,)


def test_law_in_the_database_is_law_in_the_protocol(vault):
    with vault.reading() as db:
        receivers = db.execute("SELECT basis, kind FROM lawful_receiver").fetchall()
        items = db.execute("SELECT basis, item FROM lawful_item").fetchall()

    assert set(receivers) == {(b.code, kind) for b in BASES.values() for kind in b.receivers}
    assert set(items) == {(b.code, item) for b in BASES.values() for item in b.items}


KINDS = ("police", "local-government", "public-hospital", "school", "other")
CODES = ("alias", "age", "gender", "language", "reach", "need", "situation", "health", "name")


TRIALS = st.fixed_dictionaries(
    {
        "basis": st.sampled_from([*BASES, *BASES, "law:anything", "consent:17"]),
        "kind": st.sampled_from(KINDS),
        "items": st.sets(st.sampled_from(CODES), max_size=3),
        "told": st.none() | st.sets(st.sampled_from(CODES), max_size=3),
        "by": st.sampled_from(["supervisor", "supervisor", "me", ""]),
        "to": st.sampled_from(["police", "police", "police", "shelter"]),
        "late": st.sampled_from([timedelta(0), WEEK - timedelta(seconds=1), WEEK]),
        "message": st.sampled_from(["referral.request", "referral.request", "referral.amend"]),
    }
)


def is_lawful(trial, leaving):
    known = BASES.get(trial["basis"])
    return (
        known is not None
        and trial["kind"] in known.receivers
        and bool(trial["items"])
        and trial["items"] <= known.items
        and leaving == trial["items"]
        and (trial["by"], trial["to"]) == ("supervisor", "police")
        and trial["message"] == "referral.request"
        and trial["late"] < WEEK
    )


@given(TRIALS)
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_only_what_the_law_names_passes(vault, youth, trial):
    leaving = trial["items"] if trial["told"] is None else trial["told"]
    with vault.transaction() as db:
        ref = a_report(db, youth, trial["basis"], trial["kind"], sorted(trial["items"]))
        sign(db, ref, trial["by"])

    try:
        with vault.transaction() as db:
            row = {"kind": trial["message"], "to": trial["to"], "at": NOON + trial["late"]}
            put(db, ref, items=sorted(leaving), **row)
        did = True
    except sqlcipher.IntegrityError:
        did = False

    assert did == is_lawful(trial, leaving)
