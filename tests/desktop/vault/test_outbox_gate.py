"""The database itself lets no referral into the outbox without a basis: every lapse is caught."""

import json
from datetime import timedelta

import pytest
from builders import NOON, SAID_YES, SHELTER, a_consent, a_guardian, a_youth
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.consents import Answer, Article, Item
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment, Held
from desktop.domain.youths import Age
from desktop.vault import consents, entrustments, outbox, youths
from desktop.vault.columns import stamp

ROW = (
    "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at, state)"
    " VALUES ('m', 2, ?, 'r', ?, ?, ?, x'00', ?, 'waiting')"
)


def agreed(vault, age=None, **changes):
    youth = a_youth(age=age) if age else a_youth()
    consent = a_consent(youth=youth.id, **changes)
    with vault.transaction() as db:
        youths.add(db, youth)
        consents.add(db, consent)
    return consent


def put(vault, consent, items=("alias", "need"), to=SHELTER, at=NOON):
    with vault.transaction() as db:
        db.execute(ROW, ("referral.request", str(consent), to, json.dumps(items), stamp(at)))


def test_a_row_with_its_basis_is_let_in(vault):
    put(vault, agreed(vault).id, [item.value for item in Item if item is not Item.IDENTIFIER])

    with vault.reading() as db:
        assert outbox.waiting(db) == 1


@pytest.mark.parametrize(
    ("lapse", "row"),
    [
        ({}, {"to": "another"}),
        ({}, {"items": ()}),
        ({}, {"items": ("alias", "surname")}),
        ({"items": frozenset({Item.ALIAS})}, {}),
        ({}, {"at": NOON + timedelta(days=90)}),
        ({}, {"at": NOON - timedelta(microseconds=1)}),
        ({"answers": SAID_YES | {Article.PROVIDE: Answer.REFUSED}}, {}),
        ({"answers": SAID_YES | {Article.COLLECT: Answer.LATER}}, {}),
        ({"answers": SAID_YES | {Article.SENSITIVE: Answer.REFUSED}}, {"items": ("health",)}),
        ({"answers": {}}, {}),
    ],
    ids=str,
)
def test_a_row_without_its_basis_is_not(vault, lapse, row):
    consent = agreed(vault, **lapse)

    with pytest.raises(sqlcipher.IntegrityError, match="no valid basis"):
        put(vault, consent.id, **row)


def entrusted(vault, days):
    """Let it hold until the last of so many days is over, or with None be taken back."""
    last_day = None if days is None else (NOON + timedelta(days=days)).date()
    paper = Entrustment(EntrustedBy.LOCAL, ARTICLE, "관악-12", NOON.date(), last_day)
    with vault.transaction() as db:
        entrustments.add(db, Held(paper, "김상담", NOON, is_taken_back=days is None))


WITH_24 = SAID_YES | {Article.IDENTIFIERS: Answer.GIVEN}


def test_a_number_leaves_with_its_own_yes_while_the_organisation_is_entrusted(vault):
    entrusted(vault, 9)
    put(vault, agreed(vault, answers=WITH_24).id, ("alias", "identifier"))

    with vault.reading() as db:
        assert outbox.waiting(db) == 1


@pytest.mark.parametrize(
    ("days", "answers", "at"),
    [
        ((), WITH_24, {}),
        ((9,), SAID_YES, {}),
        ((9,), SAID_YES | {Article.IDENTIFIERS: Answer.REFUSED}, {}),
        ((9,), SAID_YES | {Article.IDENTIFIERS: Answer.LATER}, {}),
        ((9,), WITH_24, {"days": 10}),
        ((9, None), WITH_24, {}),
    ],
    ids=("never", "not asked", "no", "later", "over", "taken back"),
)
def test_a_number_leaves_in_no_other_case_and_nothing_else_is_held_back(vault, days, answers, at):
    for each in days:
        entrusted(vault, each)
    consent = agreed(vault, answers=answers)

    with pytest.raises(sqlcipher.IntegrityError, match="no valid basis"):
        put(vault, consent.id, ("identifier",), at=NOON + timedelta(**at))
    put(vault, consent.id, ("alias", "health"))


@pytest.mark.parametrize(
    "age",
    [Age.stated(13), Age.stated(14), Age.estimated(14), Age.estimated(15), Age.between(13, 15),
     Age.between(14, 15), Age.unknown()],
    ids=str,
)  # fmt: skip
def test_whoever_may_be_under_fourteen_has_not_answered_alone(vault, age):
    alone = agreed(vault, age)
    put(vault, agreed(vault, age, guardian=a_guardian()).id)
    with vault.transaction() as db:
        db.execute("DELETE FROM outbox")

    if not age.may_be_under_14():
        put(vault, alone.id)
        return
    with pytest.raises(sqlcipher.IntegrityError, match="no valid basis"):
        put(vault, alone.id)


def test_a_withdrawn_consent_is_no_basis(vault):
    consent = agreed(vault)
    with vault.transaction() as db:
        consents.end(db, consent.id, NOON)

    with pytest.raises(sqlcipher.IntegrityError, match="no valid basis"):
        put(vault, consent.id)


def test_sensitive_items_need_their_own_yes_whatever_was_worked_out_before(vault):
    consent = agreed(vault, answers=SAID_YES | {Article.SENSITIVE: Answer.LATER})
    with vault.transaction() as db:
        db.execute("DELETE FROM consent_item")
        db.execute("INSERT INTO consent_item VALUES (?, 'health', 1)", (str(consent.id),))

    with pytest.raises(sqlcipher.IntegrityError, match="no valid basis"):
        put(vault, consent.id, ("health",))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE consent SET valid_until = '9999'",
        "UPDATE consent SET agency = 'another'",
        "UPDATE consent_answer SET answer = 'given'",
        "UPDATE consent_item SET allowed = 1",
        "UPDATE outbox SET bytes = x'01'",
        "UPDATE outbox SET to_org = 'another'",
    ],
)
def test_what_was_answered_and_sealed_cannot_be_changed_afterwards(vault, change):
    put(vault, agreed(vault).id)

    with pytest.raises(sqlcipher.IntegrityError), vault.transaction() as db:
        db.execute(change)


def test_an_ended_consent_stays_ended(vault):
    consent = agreed(vault)
    with vault.transaction() as db:
        consents.end(db, consent.id, NOON)

    with pytest.raises(sqlcipher.IntegrityError), vault.transaction() as db:
        db.execute("UPDATE consent SET withdrawn_at = NULL")
