"""Good examples of everything; a test changes only the part it is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from uuid import uuid4

from desktop.domain.agencies import Category
from desktop.domain.consents import (
    ASKED,
    Answer,
    Consent,
    Guardian,
    Item,
    Notice,
    Verification,
)
from desktop.domain.ids import (
    AgencyId,
    ConsentId,
    JudgementId,
    MeetingId,
    NoteId,
    ReferralId,
    YouthId,
)
from desktop.domain.moment import CHANCE, Moment, fresh_id
from desktop.domain.notes import Note
from desktop.domain.referrals import Draft, Referral
from desktop.domain.screening import Judgement, Risk
from desktop.domain.youths import Age, Youth
from desktop.services import outreach
from desktop.services.standing import standing
from desktop.vault import youths as youth_rows

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHELTER = AgencyId("shelter")
SAID_YES = dict.fromkeys(ASKED, Answer.GIVEN)
WORDS = {
    Item.ALIAS: "하늘",
    Item.NEED: "오늘 밤 잘 곳",
    Item.SITUATION: "집에 돌아가기 어려움",
}


def a_moment(now=NOON, **later):
    """Return a moment with fresh ids; `a_moment(hours=1)` is an hour later."""
    at = now + timedelta(**later)
    return Moment(at, fresh_id(at, token_bytes(CHANCE)))


def on_a_night(vault, moment):
    """Begin a night, unless one is under way at that moment: past 06:00 it would be over."""
    if standing(vault, moment).tonight is None:
        outreach.begin(vault, outreach.Plan("신림역"), moment)


def a_youth(**changes):
    return replace(Youth(YouthId(uuid4()), "하늘", Age.stated(17), NOON), **changes)


def a_note(**changes):
    usual = Note(
        NoteId(uuid4()), YouthId(uuid4()), MeetingId(uuid4()), NOON, "편의점 앞에서 만남."
    )
    return replace(usual, **changes)


def a_judgement(**changes):
    usual = Judgement(JudgementId(uuid4()), YouthId(uuid4()), Risk.LOW, "표정이 밝음", NOON)
    return replace(usual, **changes)


def a_guardian(**changes):
    usual = Guardian("김보호", "이모", "010-0000-0000", Verification.PHONE_CALL)
    return replace(usual, **changes)


def a_consent(**changes):
    usual = Consent(
        id=ConsentId(uuid4()),
        youth=YouthId(uuid4()),
        agency=SHELTER,
        agency_name="밤하늘 쉼터",
        items=frozenset(Item),
        purpose="잠잘 곳을 찾기 위해",
        retention="연계가 끝날 때까지",
        notice=Notice("referral-v1", "ko", "0" * 64),
        answers=SAID_YES,
        asked_at=NOON,
        valid_until=NOON + timedelta(days=90),
    )
    return replace(usual, **changes)


def a_referral(**changes):
    usual = Referral(
        id=ReferralId(uuid4()),
        youth=YouthId(uuid4()),
        agency=SHELTER,
        categories=frozenset({Category.PROTECT}),
        words=WORDS,
        written_at=NOON,
    )
    return replace(usual, **changes)


def a_draft(**changes):
    usual = Draft(YouthId(uuid4()), SHELTER, frozenset({Category.PROTECT}), WORDS)
    return replace(usual, **changes)


def called(vault, youth, alias):
    """Return an alias for somebody of whom nothing else became known."""
    with vault.reading() as db:
        return alias, youth_rows.one(db, youth).about
