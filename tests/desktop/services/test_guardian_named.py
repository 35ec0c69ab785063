"""A guardian named by a child: only to ask, five days at most, gone for good (PIPA 22-2(2))."""

from datetime import timedelta

import pytest
from builders import NOON, a_consent, a_draft, a_guardian, a_moment, on_a_night
from prove.decrypted import frames, pages
from street_for_tests import Street

from desktop.consent_errors import GuardianNotAsked, GuardianNotToBeTold
from desktop.domain.consents import Answer, Article
from desktop.domain.ids import AgencyId
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age
from desktop.errors import NothingWritten, ResidentNumberFound
from desktop.services import consents, guardians, merging, referrals, retention, youths
from desktop.services.youths import NewYouth
from desktop.vault import guardians as rows
from desktop.vault.folder import Folder
from sync.protocol.codec import packed

WHO = ("김보호", "010-1234-5678")
DAY = timedelta(days=1)
OWN = ("youth", "guardian_named", "consent", "consent_record", "referral")
"""What only the laptop that met somebody holds."""


@pytest.fixture
def child(vault):
    return meet(vault, "하늘")


def meet(vault, alias, age=12, **who):
    with vault.reading() as db:
        has_night = db.execute("SELECT 1 FROM outreach").fetchone()
    if not has_night:
        on_a_night(vault, a_moment())
    return youths.meet(vault, NewYouth(alias, Age.stated(age), **who), "", a_moment()).youth.id


def named(vault, youth):
    with vault.reading() as db:
        return rows.named(db, youth)


def name(vault, youth, who=WHO, at=NOON):
    return guardians.name(vault, youth, who, a_moment(at))


def raw(vault):
    folder, key = Folder(vault.folder), vault.session.keys.database
    return b"".join(pages(folder.database, key)) + b"".join(frames(folder.wal, key))


def grounds(vault):
    return [(each.ground, dict(each.counts)) for each in retention.log(vault)]


def test_who_was_named_counts_its_days_from_the_first_time(vault, child):
    name(vault, child)
    found = name(vault, child, ("김보호자", "02-000-0000"), NOON + 2 * DAY)

    assert named(vault, child) == found
    assert (found.name, found.at) == ("김보호자", NOON)
    assert [found.days_left(NOON + n * DAY) for n in (0, 4, 5, 9)] == [5, 1, 0, 0]
    assert [found.is_over(found.due - timedelta(seconds=1)), found.is_over(found.due)] == [0, 1]
    vault.verify()


def test_after_five_days_it_is_gone_and_counted_and_nothing_of_it_is_left_in_the_file(
    vault, child
):
    name(vault, child)
    assert guardians.expire(vault, a_moment(NOON + 5 * DAY - timedelta(seconds=1))) == 0
    assert "김보호".encode() in raw(vault)

    gone = guardians.expire(vault, a_moment(NOON + 5 * DAY))
    retention.sweep(vault, NOON + 5 * DAY)

    assert (gone, named(vault, child)) == (1, None)
    assert grounds(vault) == [(Ground.EXPIRED, {"named": 1})]
    assert not any(each.encode() in raw(vault) for each in WHO)
    assert guardians.expire(vault, a_moment(NOON + 6 * DAY)) == 0
    vault.verify()


def test_named_anew_after_its_days_it_is_a_new_one(vault, child):
    name(vault, child)

    assert name(vault, child, at=NOON + 6 * DAY).at == NOON + 6 * DAY
    assert grounds(vault) == [(Ground.EXPIRED, {"named": 1})]


@pytest.mark.parametrize("answer", [Answer.GIVEN, Answer.REFUSED])
def test_a_guardian_who_answers_needs_no_reaching_any_more(vault, child, answer):
    name(vault, child)
    later = dict.fromkeys((Article.COLLECT, Article.PROVIDE), Answer.LATER)
    asked = a_consent(youth=child, guardian=a_guardian(), answers=later)
    consents.record(vault, asked, a_moment())
    assert named(vault, child) is not None

    said = dict.fromkeys((Article.COLLECT, Article.PROVIDE), answer)
    asked = a_consent(youth=child, guardian=a_guardian(), answers=said)
    consents.record(vault, asked, a_moment())

    assert named(vault, child) is None
    assert grounds(vault) == [(Ground.ANSWERED, {"named": 1})]


def test_a_guardian_who_is_not_to_be_told_is_forgotten_and_named_no_more(vault, child):
    name(vault, child)

    guardians.keep_from(vault, child, KeepReason.FEAR, "", a_moment())

    assert named(vault, child) is None
    with pytest.raises(GuardianNotToBeTold):
        name(vault, child)


def test_they_said_no(vault, child):
    name(vault, child)

    guardians.forget_named(vault, child, a_moment())

    assert named(vault, child) is None
    guardians.forget_named(vault, child, a_moment())
    assert grounds(vault) == [(Ground.ANSWERED, {"named": 1})]


def test_nobody_is_named_of_whoever_answers_alone_and_nothing_but_name_and_number(vault, child):
    with pytest.raises(GuardianNotAsked):
        name(vault, meet(vault, "바다", age=14))
    with pytest.raises(NothingWritten):
        name(vault, child, ("김보호", " "))
    for who in (("900101-1234567", "010"), ("김보호", "900101-1234567")):
        with pytest.raises(ResidentNumberFound):
            name(vault, child, who)

    assert named(vault, child) is None


@pytest.mark.parametrize("is_kept_from", [False, True])
def test_of_two_who_are_one_only_the_kept_ones_stays_and_only_if_both_may_be_asked(
    vault, child, is_kept_from
):
    other = meet(vault, "하늘이")
    name(vault, child)
    name(vault, other, ("박보호", "010"))
    if is_kept_from:
        guardians.keep_from(vault, other, KeepReason.WISH, "", a_moment())

    merging.merge(vault, other, child, a_moment())

    found = named(vault, child)
    assert found is None if is_kept_from else found.name == "김보호"
    vault.verify()


def test_it_goes_with_everything_about_them(vault, child):
    name(vault, child)

    counts = retention.purge(vault, [Target(Thing.YOUTH, child)], Ground.MISTAKE, a_moment())

    assert counts["named"] == 1
    assert named(vault, child) is None


@pytest.mark.parametrize(
    "said", [(Answer.REFUSED, Answer.REFUSED), (Answer.LATER,), (Answer.REFUSED, Answer.LATER)]
)
def test_of_a_guardian_who_said_no_only_how_they_stand_to_the_child_stays(vault, child, said):
    no = dict(zip((Article.COLLECT, Article.PROVIDE), said, strict=False))

    kept = consents.record(
        vault, a_consent(youth=child, guardian=a_guardian(), answers=no), a_moment()
    )

    with vault.reading() as db:
        [(written,)] = db.execute("SELECT guardian FROM consent WHERE id = ?", (str(kept.id),))
    asked = a_guardian()
    assert asked.relation in written
    assert asked.name not in written
    assert asked.contact not in written
    vault.verify()


def test_who_was_named_reaches_no_other_laptop_and_so_has_nothing_to_end_there(tmp_path):
    street = Street(tmp_path)
    one, other = street.counselor, street.supervisor
    youth, shelter = street.meet(), AgencyId(street.hub.shelter.org)
    guardians.name(one.vault, youth, WHO, one.moment())
    agreed = a_consent(
        youth=youth, agency=shelter, guardian=a_guardian(name=WHO[0], contact=WHO[1]),
        asked_at=one.now, valid_until=one.now + DAY,
    )  # fmt: skip
    consents.record(one.vault, agreed, one.moment())
    shown = referrals.preview(one.vault, a_draft(youth=youth, agency=shelter), one.moment())
    referrals.release(one.vault, shown, one.moment(), street.hub.chance)

    for place in (one, other, one):
        place.round()

    left = b"".join(packed(item) for asked in one.line.asked for item in asked.items)
    assert left
    assert not any(each.encode() in left for each in WHO)
    with other.vault.reading() as db:
        counts = [db.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for each in OWN]
    assert counts == [0] * len(OWN)
    assert named(one.vault, youth) is None
    street.close()
