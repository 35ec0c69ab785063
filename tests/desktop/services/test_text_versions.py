"""An organisation writes its own consent texts; what fails the law holds nowhere."""

import json
from datetime import date

import pytest
from builders import NOON, a_consent, a_moment, a_youth
from consent_texts_for_tests import OWN, WHY, sit_at, spoil
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.consent_errors import LongerThanTold, TextsRefused
from desktop.domain import text_file
from desktop.domain.consent_texts import KEPT_DAYS, Status, read_all, required
from desktop.domain.consents import LANGUAGES, Notice
from desktop.domain.retention import TOLD, Ground, Policy, Target, Thing
from desktop.domain.text_versions import put, said, signed_off, whole
from desktop.services import consents, retention, text_versions
from desktop.trust_errors import NotAdmin
from desktop.vault import consent_texts as texts
from desktop.vault import consents as consent_rows
from desktop.vault import retention as policies
from desktop.vault import youths

A_YEAR = {
    "ko": "1년", "en": "one year", "zh-Hans": "一年", "vi": "một năm", "ru": "через год",
    "mn": "нэг жилийн", "uz": "bir yil", "th": "หนึ่งปี",
}  # fmt: skip


@pytest.fixture
def office(vault):
    sit_at(vault, "supervisor")
    return vault


def test_until_somebody_writes_one_the_programs_own_holds(vault):
    shelf = text_versions.shelf(vault)

    assert text_versions.holding(vault) == text_versions.Holding(None)
    assert (shelf.versions, shelf.draft, shelf.may_write) == ((), None, False)


@pytest.mark.parametrize("role", ["counselor", "", None])
def test_only_a_supervisor_or_who_looks_after_devices_changes_them(vault, role):
    if role is not None:
        sit_at(vault, role)

    for change in (
        lambda: text_versions.keep_draft(vault, OWN, a_moment()),
        lambda: text_versions.drop_draft(vault, a_moment()),
        lambda: text_versions.put_in_force(vault, OWN, a_moment()),
        lambda: text_versions.use_programs_own(vault, a_moment()),
    ):
        with pytest.raises(NotAdmin):
            change()
    assert text_versions.shelf(vault).versions == ()


def test_a_resident_number_holds_nowhere_and_is_in_no_draft(office):
    texts = put(OWN, "vi", WHY, "900101-1234567")

    text_versions.keep_draft(office, texts, a_moment())
    with pytest.raises(TextsRefused) as refused:
        text_versions.put_in_force(office, texts, a_moment())

    draft = text_versions.shelf(office).draft.texts
    assert said(draft["vi"], WHY) == "●" * 14
    assert draft["ko"] == OWN["ko"]
    (fault,) = refused.value.faults
    assert (fault.language, fault.item) == ("vi", "/".join(map(str, WHY)))


def test_a_newer_version_holds_and_the_earlier_one_stays_as_it_was(office):
    first = text_versions.put_in_force(office, put(OWN, "ko", WHY, "괜찮아요."), a_moment())
    second = text_versions.put_in_force(office, put(OWN, "ko", WHY, "그대로예요."), a_moment())

    held = text_versions.holding(office).texts
    assert said(held["ko"], WHY) == "그대로예요."
    assert {words["form"] for words in held.values()} == {second.form}
    assert said(text_versions.of_version(office, first)["ko"], WHY) == "괜찮아요."
    assert text_versions.shelf(office).versions == (second, first)
    assert first.form != second.form
    assert first.who

    text_versions.use_programs_own(office, a_moment())
    assert text_versions.holding(office).texts is None
    assert len(text_versions.shelf(office).versions) == 3
    office.verify()


def test_a_version_can_be_neither_changed_nor_deleted(office):
    text_versions.put_in_force(office, OWN, a_moment())

    for statement in ("UPDATE consent_text SET words = '{}'", "DELETE FROM consent_text"):
        with pytest.raises(sqlcipher.DatabaseError), office.transaction() as db:
            db.execute(statement)


def test_a_draft_may_lack_anything_and_goes_once_it_holds(office):
    text_versions.keep_draft(office, put(OWN, "vi", WHY, ""), a_moment())
    draft = text_versions.shelf(office).draft

    assert said(draft.texts["vi"], WHY) == ""
    assert draft.who
    text_versions.put_in_force(office, OWN, a_moment())
    assert text_versions.shelf(office).draft is None
    office.verify()


def test_a_text_that_lacks_what_the_law_wants_cannot_hold(office):
    for path in required():
        if path[0] not in ("youth", "child", "guardian") or path[1] == "child":
            continue
        with pytest.raises(TextsRefused) as caught:
            text_versions.put_in_force(office, put(OWN, "th", path, ""), a_moment())
        assert [(f.language, f.item) for f in caught.value.faults] == [
            ("th", "/".join(map(str, path)))
        ]

    assert text_versions.holding(office).texts is None


def test_a_consent_cannot_rest_on_a_text_that_fails_or_that_nobody_kept(office):
    youth = a_youth()
    with office.transaction() as db:
        youths.add(db, youth)
    form = text_versions.put_in_force(office, OWN, a_moment()).form
    good = a_consent(youth=youth.id, notice=Notice(form, "ko", "0" * 64))
    assert consents.record(office, good, a_moment()).notice.form == form

    failing = spoil(office, NOON)
    for named in (failing, "own-v9-00000000"):
        bad = a_consent(youth=youth.id, notice=Notice(named, "ko", "0" * 64))
        with pytest.raises(TextsRefused):
            consents.record(office, bad, a_moment())
    # The program's own still stands: nobody is left without a way to be asked.
    usual = a_consent(youth=youth.id, notice=Notice("referral-v1", "ko", "0" * 64))
    consents.record(office, usual, a_moment())


def test_where_the_newest_fails_the_programs_own_holds_and_every_fault_is_named(office):
    text_versions.put_in_force(office, OWN, a_moment())
    spoil(office, NOON)

    held = text_versions.holding(office)

    assert held.texts is None
    assert [(f.language, f.item, f.why) for f in held.faults] == [
        ("mn", "youth/17/if_no/1", "empty")
    ]
    assert text_versions.shelf(office).faults == held.faults


def test_a_signature_goes_with_the_words_it_was_on_or_their_original():
    signed = signed_off(
        signed_off(OWN, "vi", "응우옌", date(2026, 11, 29)), "ru", "Анна", date.min
    )

    def states(texts):
        return {name: words["status"]["translation"] for name, words in texts.items()}

    assert states(signed)["vi"] == states(signed)["ru"] == Status.SIGNED_OFF
    assert states(put(signed, "vi", WHY, "Khác."))["vi"] == Status.DRAFT
    assert states(put(signed, "vi", WHY, "Khác."))["ru"] == Status.SIGNED_OFF
    changed = states(put(signed, "ko", WHY, "다른 말"))
    assert {changed[name] for name in LANGUAGES[1:]} == {Status.DRAFT}
    assert changed["ko"] == Status.ORIGINAL
    longer = put(signed, "vi", KEPT_DAYS, "730")
    assert {words["kept_days"] for words in longer.values()} == {"730"}
    assert Status.SIGNED_OFF not in states(longer).values()
    assert signed["vi"]["status"]["signed_off_by"] == "응우옌"
    assert OWN["vi"]["status"]["signed_off_by"] == ""


def test_one_of_before_the_program_asked_for_more_lacks_just_that():
    old = put(OWN, "ko", WHY, "우리 말")
    for place in ("child", "aloud"):
        old = {name: {k: v for k, v in words.items() if k != place} for name, words in old.items()}

    made = whole(old, OWN)

    assert read_all(made)
    assert made == put(OWN, "ko", WHY, "우리 말")


def test_a_file_is_read_as_it_was_written(tmp_path):
    text_versions.save(put(OWN, "uz", WHY, "Yoʻq"), tmp_path / "texts.json")

    read = text_versions.load(tmp_path / "texts.json")

    assert read == put(OWN, "uz", WHY, "Yoʻq")


def test_one_language_is_a_file_too(tmp_path):
    (tmp_path / "vi.json").write_text(json.dumps(OWN["vi"]), "utf-8")

    assert text_versions.load(tmp_path / "vi.json") == {"vi": OWN["vi"]}


WHOLE = text_file.written(OWN)
BAD = {
    "no json": ('{"texts":\n {"ko": ,', ("", "2", "no-json")),
    "nothing": ("", ("", "", "unreadable")),
    "a list": ("[]", ("", "1", "no-json")),
    "no text": ('{"texts": {}}', ("ko", "", "missing")),
    "something else": ('{"id": "k6"}', ("None", "", "unknown")),
    "said twice": ('{\n"language": "vi",\n"yes": "a", "yes": "b"}', ("", "1", "twice")),
    "a language less": (text_file.written({k: OWN[k] for k in LANGUAGES if k != "th"}),
                        ("th", "", "missing")),
    "a language more": (text_file.written(OWN | {"fr": {}}), ("fr", "", "unknown")),
    "a row without words": (text_file.written(put(OWN, "ru", WHY, " ")),
                            ("ru", "youth/17/if_no/1", "empty")),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_named_by_its_place(tmp_path, what):
    text, fault = BAD[what]
    (tmp_path / "texts.json").write_text(text, "utf-8")

    with pytest.raises(TextsRefused) as caught:
        text_versions.load(tmp_path / "texts.json")

    assert fault in [(f.language, f.item, f.why) for f in caught.value.faults]
    assert {f.file for f in caught.value.faults} == {"texts.json"}


@pytest.mark.parametrize("raw", [b"\xff\xfe", b" " * 1_100_000, b"[" * 5_000])
def test_what_is_no_text_at_all_is_refused(tmp_path, raw):
    (tmp_path / "texts.json").write_bytes(raw)

    with pytest.raises(TextsRefused):
        text_versions.load(tmp_path / "texts.json")


def test_nothing_is_kept_longer_than_the_programs_own_text_says_while_it_holds(office):
    longer = Policy(contact=TOLD, referral=TOLD + 1)
    assert Policy().longest == TOLD
    assert all(words in OWN[name]["retention"] for name, words in A_YEAR.items())

    with pytest.raises(LongerThanTold):
        retention.choose_policy(office, longer, a_moment())
    own = put(put(OWN, "ko", ("retention",), "3년 뒤에 지워요"), "ko", KEPT_DAYS, "1095")
    text_versions.put_in_force(office, own, a_moment())
    retention.choose_policy(office, longer, a_moment())

    with pytest.raises(LongerThanTold):
        text_versions.use_programs_own(office, a_moment())
    retention.choose_policy(office, Policy(), a_moment())
    text_versions.use_programs_own(office, a_moment())
    assert text_versions.holding(office).texts is None


def test_what_somebody_was_told_earlier_holds_as_long_as_they_are_here(office):
    longer = Policy(contact=TOLD, referral=3 * TOLD)
    asked = keep_one_asked_with("referral-v1", office)
    own = text_versions.put_in_force(office, put(OWN, "ko", KEPT_DAYS, "1095"), a_moment())

    with pytest.raises(LongerThanTold) as refused:
        retention.choose_policy(office, longer, a_moment())
    retention.purge(office, (Target(Thing.YOUTH, asked),), Ground.EXPIRED, a_moment())
    keep_one_asked_with(own.form, office)
    retention.choose_policy(office, longer, a_moment())

    assert refused.value.days == TOLD
    assert retention.policy(office) == longer


def test_a_longer_policy_of_before_ends_where_people_were_told_less(office):
    longer = Policy(contact=2 * TOLD, referral=3 * TOLD, draft=400)
    with office.transaction() as db:
        policies.keep_policy(db, longer, NOON)

    assert retention.policy(office) == Policy(contact=TOLD, referral=TOLD, draft=400)


def test_no_text_holds_that_says_less_than_the_policy_keeps(office):
    shorter = put(OWN, "ko", KEPT_DAYS, "180")

    with pytest.raises(LongerThanTold) as refused:
        text_versions.put_in_force(office, shorter, a_moment())
    assert text_versions.shelf(office).versions == ()
    retention.choose_policy(office, Policy(contact=180, referral=90), a_moment())
    text_versions.put_in_force(office, shorter, a_moment())

    assert refused.value.days == 180
    with pytest.raises(LongerThanTold):
        retention.choose_policy(office, Policy(), a_moment())


@pytest.mark.parametrize("sql", [texts.AGREED, texts.PROGRAMS_OWN_AGREED])
def test_what_people_were_told_is_found_without_reading_every_consent(vault, sql):
    with vault.reading() as db:
        plan = [
            row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", ("a", "b")[: sql.count("?")])
        ]

    asked = [step for step in plan if "consent_by_form" in step]
    assert asked
    assert all("SEARCH" in step for step in asked)
    assert not [step for step in plan if step.startswith("SCAN consent ")]


def keep_one_asked_with(form, vault):
    youth = a_youth()
    consent = a_consent(youth=youth.id, notice=Notice(form, "ko", "0" * 64))
    with vault.transaction() as db:
        youths.add(db, youth)
        consent_rows.add(db, consent)
    return youth.id
