"""A report leaves only as exactly what somebody else has signed: anything else cannot be built."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOON

from desktop.basis_errors import BasisNotAllowed, CosignMissing
from desktop.domain.agencies import AgencyKind
from desktop.domain.consents import Item
from desktop.domain.disclosures import Cosigned, Ground, Writing, report_of
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.youths import Age
from desktop.errors import NothingWritten
from sync.protocol.disclosures import BASES

PACKET = b'{"salt":"00"}'
POLICE = AgencyId("police")


def a_report(kind=AgencyKind.POLICE, ground=Ground.ABUSE, **changes):
    usual = {"agency": POLICE, "reason": "멍이 있다", "words": {Item.ALIAS: "하늘"}}
    writing = Writing(YouthId(uuid4()), ground, **usual | changes)
    return report_of(ReferralId(uuid4()), writing, kind, "me", NOON)


def signed(report, **changes):
    referral = report.referral
    usual = Cosigned(
        referral.id, referral.agency, report.ground, referral.items, PACKET, "me", "supervisor",
        NOON, NOON + timedelta(days=7),
    )  # fmt: skip
    return replace(usual, **changes)


def test_what_a_supervisor_signed_may_leave():
    report = a_report()

    released = report.release(PACKET, signed(report), NOON)

    assert released.report is report
    assert report.referral.keep_from_guardian


LAPSES = {
    "another report": {"ref": ReferralId(uuid4())},
    "another receiver": {"agency": AgencyId("city")},
    "another ground": {"ground": Ground.LIFE},
    "more items": {"items": frozenset({Item.ALIAS, Item.HEALTH})},
    "another packet": {"packet": PACKET + b" "},
    "another reporter": {"reporter": "colleague"},
    "oneself": {"cosigner": "me"},
    "nobody": {"cosigner": ""},
    "too long ago": {"until": NOON},
}


@pytest.mark.parametrize("lapse", LAPSES.values(), ids=LAPSES)
def test_nothing_else_may(lapse):
    report = a_report()

    with pytest.raises(CosignMissing):
        report.release(PACKET, signed(report, **lapse), NOON)


@pytest.mark.parametrize("kind", AgencyKind)
@pytest.mark.parametrize("ground", Ground)
def test_only_to_whom_the_law_names(kind, ground):
    may = kind.value in BASES[ground.value].receivers

    if may:
        assert a_report(kind, ground).kind is kind
    else:
        with pytest.raises(BasisNotAllowed):
            a_report(kind, ground)


@pytest.mark.parametrize("item", Item)
@pytest.mark.parametrize("ground", Ground)
def test_only_what_the_law_needs(item, ground):
    if item.value in BASES[ground.value].items:
        assert a_report(ground=ground, words={item: "말"}).referral.items == {item}
    else:
        words = "passport M12345678" if item is Item.IDENTIFIER else "말"
        with pytest.raises(BasisNotAllowed):
            a_report(ground=ground, words={item: words})


@pytest.mark.parametrize("lapse", [{"reason": " "}, {"words": {}}, {"words": {Item.ALIAS: " "}}])
def test_a_report_says_why_and_something(lapse):
    with pytest.raises(NothingWritten):
        a_report(**lapse)


def test_who_is_called_comes_with_the_ground():
    assert Ground.ABUSE.call_now == ("112",)
    assert Ground.LIFE.call_now[0] == "119"


def test_a_child_is_under_18_and_an_unknown_age_may_be_one():
    ages = (Age.stated(17), Age.between(17, 19), Age.unknown(), Age.stated(18))

    assert [Ground.ABUSE.may_be_about(age) for age in ages] == [True, True, True, False]
    assert all(Ground.LIFE.may_be_about(age) for age in ages)
