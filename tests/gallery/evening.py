"""An invented evening in real vaults: the same words, times and ids in every run."""

import json
from datetime import UTC, datetime, timedelta
from importlib import resources
from uuid import UUID

import msgspec
from builders import a_judgement
from desk_for_tests import AgencyDesk
from fakes import FixedChance
from hub_for_tests import HubForTests
from network_of_one import Town, enrol, look_up
from vaults_for_tests import a_vault

from desktop.domain.agencies import Category
from desktop.domain.consents import ASKED, Answer, Consent, Item, Notice
from desktop.domain.ids import AgencyId, ConsentId, JudgementId
from desktop.domain.moment import CHANCE, Moment, fresh_id
from desktop.domain.outreach import Tally
from desktop.domain.promises import Outcome
from desktop.domain.referrals import Draft
from desktop.domain.safety import Step
from desktop.domain.screening import NextStep, Risk
from desktop.domain.youths import Age, Gender
from desktop.services import (
    backups,
    consents,
    members,
    notes,
    outreach,
    promises,
    referrals,
    safety,
    screening,
    youths,
)
from desktop.services.outreach import Plan
from desktop.services.promises import NewPromise
from desktop.services.youths import NewYouth
from desktop.vault import enrolment
from sync.client.enrolment import Enrolment
from sync.protocol.codec import canonical

BEGAN = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)
SHOWN_AT = datetime(2026, 11, 20, 14, 42, tzinfo=UTC)
"""23:42 in Seoul: what the clock says in every picture."""
_NOBODY = "http://127.0.0.1:9"

SITUATION = "신림역 3번 출구 앞 벤치에 혼자 앉아 있음. 따뜻한 코코아를 건네며 인사함. 기침이 잦음."
SAID = "“오늘은 진짜 어디서 자야 할지 모르겠어요. 그냥 아침까지 걸으려고 했어요.”"
SEEN = "자해나 자살 생각은 없다고 답함. 집에서 맞은 적은 없고, 아버지와 말다툼 뒤 나왔다고 함."
AGREED = (
    "일시쉼터(7일 이내)를 설명함. 22:10 버스로 함께 가 보기로 함. 내일 점심에 전화하기로 약속."
)
NOTE = "\n".join(
    (
        "발견 상황",
        SITUATION,
        "",
        "청소년의 말",
        SAID,
        "",
        "살핀 것",
        SEEN,
        "",
        "함께 정한 것",
        AGREED,
    )
)
WORDS = {
    Item.ALIAS: "하늘", Item.AGE: "만 16세", Item.NEED: "오늘 밤 안전하게 잘 곳",
    Item.REACH: "저녁 7시 뒤 문자로만", Item.SITUATION: "집을 나온 지 나흘째",
}  # fmt: skip
LONG_PLACE = "별빛거리 끝에서 왼쪽으로 돌면 보이는 편의점 앞 세 번째 파라솔"
PEOPLE = (
    ("라온", Age.stated(19), Gender.MALE, "ko", "버스 안", 37, Risk.LOW, "밥을 먹고 감."),
    ("새벽별을 보는 고양이", Age.stated(18), Gender.OTHER, "ko", LONG_PLACE, 76, Risk.NONE, ""),
    ("도윤", Age.stated(13), Gender.MALE, "ko", "PC방 앞", 93, Risk.MEDIUM, "연락이 끊김."),
    ("린", Age.between(15, 16), Gender.FEMALE, "vi", "버스 앞", 110, Risk.LOW, "베트남어로 말함."),
    ("바다", Age.estimated(17), Gender.FEMALE, "ko", "별빛거리 입구", 125, Risk.HIGH, "손목 상처"),
)  # fmt: skip
PLAN = {
    Step.SIGNS: "밤이 되면 잠이 안 오고 숨이 막힌다.", Step.OWN: "이어폰으로 노래 듣기, 찬물 세수",
    Step.AMONG: "버스, 편의점 이모", Step.ASK: "이모 (저녁 7시 뒤)", Step.CALL: "109, 밤마중 버스",
    Step.SAFE: "일시쉼터", Step.REASON: "내년에 바다를 보러 가기로 한 약속",
}  # fmt: skip


class Evening(Town):
    """A counselor's vault at a hub whose directory lists the practice agencies."""

    def __init__(self, home):
        self.minutes, self.fixed, self.others = 0, FixedChance("evening"), {}
        self.settle(HubForTests(home / "town"), a_vault(home / "practice" / "vault"))
        self.publish(2)
        enrol(self.vault, self.hub, self.centre)
        look_up(self.vault, self.hub, self.line)

    def publish(self, version):
        hub = self.hub
        known = {"centre": hub.centre, "shelter": hub.shelter, "hospital": hub.clinic}
        folder = resources.files("sync.practice") / "agencies"
        files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".json"))
        listings = []
        for name in files:
            raw = (folder / name).read_text("utf-8")
            stem = name.removesuffix(".json")
            self.others.setdefault(stem, known.get(stem) or hub._party(stem, "desk"))
            party = self.others[stem]
            record = json.loads(raw.replace(json.loads(raw)["id"], party.org))
            listings.append(party.own.listing(canonical(record)))
        hub.publish_listings(version, tuple(listings))
        self.spoil = lambda path, raw: raw

    def hang_up(self, vault):
        """Let the hub be where nobody answers, at once."""
        with vault.transaction() as db:
            record = msgspec.json.decode(enrolment.kept(db), type=Enrolment)
            away = msgspec.structs.replace(record, url=_NOBODY)
            enrolment.keep(db, msgspec.json.encode(away).decode())

    def at(self, minutes=0, days=0):
        """Return a moment of that evening, or of one before it."""
        when = BEGAN + timedelta(minutes=minutes, days=days)
        return Moment(when, fresh_id(when, self.fixed(CHANCE)))

    def moment(self):
        return Moment(self.now, fresh_id(self.now, self.fixed(CHANCE)))

    def id(self):
        return UUID(bytes=self.fixed(16), version=4)


def live(home):
    """Live through it; leave the counselor's vault under `home`."""
    town = Evening(home)
    try:
        members.rename(town.vault, "한결")
        _earlier_nights(town)
        _tonight(town)
        _haneul(town)
        town.hang_up(town.vault)
        backups.make(town.vault, SHOWN_AT - timedelta(minutes=50))
    finally:
        town.vault.close()
        town.close()


def live_at_agency(home):
    """The same, seen by the shelter's worker: what came in; leave the vault under `home`."""
    town = Evening(home / "elsewhere")
    desk = AgencyDesk(town, a_vault(home / "practice" / "vault"))
    try:
        members.rename(desk.vault, "보라")
        for alias, urgent in (("하늘", WORDS), ("바다", {**WORDS, Item.ALIAS: "바다"})):
            youth = town.meet(alias=alias, age=Age.stated(16))
            _agreed(town, youth)
            draft = Draft(youth, AgencyId(town.shelter.org), frozenset({Category.PROTECT}), urgent)
            _release(town, draft)
        town.round()
        desk.round()
        town.hang_up(desk.vault)
    finally:
        desk.vault.close()
        town.vault.close()
        town.close()


JOINED = []
"""Towns whose hub goes on answering."""


def join(home):
    """Only join the network; nobody was met yet."""
    JOINED.append(Evening(home))
    JOINED[-1].vault.close()


def live_until_answered(home):
    """Meet 하늘, agree, ask the shelter, and hear its answer."""
    town = Evening(home)
    desk = AgencyDesk(town, a_vault(home / "elsewhere" / "vault"))
    try:
        youth = town.meet()
        _agreed(town, youth)
        draft = Draft(youth, AgencyId(town.shelter.org), frozenset({Category.PROTECT}), WORDS)
        _release(town, draft)
        town.round()
        desk.accepts()
        desk.say("내일 두 시에 만나요")
        desk.round()
        town.round()
        town.hang_up(town.vault)
    finally:
        desk.vault.close()
        town.vault.close()
        town.close()


def _earlier_nights(town):
    for days, number in ((-14, 9), (-9, 12), (-7, 14), (-2, 7)):
        night = outreach.begin(
            town.vault, Plan("신림역", "3번 출구 – 별빛거리", ("한결", "오름")), town.at(days=days)
        )
        for n in range(number):
            tally = (Tally.GREETING, Tally.BRIEF, Tally.LEAFLET, Tally.HOT_PACK)[n % 4]
            outreach.count(town.vault, tally, 1, town.at(n + 1, days))
        if days == -7:
            who = NewYouth("하늘", Age.stated(16), Gender.FEMALE)
            town.haneul = youths.meet(town.vault, who, "버스 앞", town.at(60, days))
            ids = (town.haneul.youth.id, town.haneul.meeting.id)
            note = notes.save(
                town.vault, *ids, "처음 만남. 코코아를 마시고 감.", town.at(70, days)
            )
            notes.sign(town.vault, note.id, town.at(90, days))
        outreach.end(town.vault, night.id, town.at(300, days))


def _tonight(town):
    vault = town.vault
    plan = Plan(
        "신림역", "3번 출구 – 별빛거리 – 도림천", ("한결", "오름", "정담"), ("관악경찰서",)
    )
    outreach.begin(vault, plan, town.at())
    nameless = NewYouth("이름 없음 1", Age.unknown(), is_nameless=True, given="핫팩")
    youths.meet(vault, nameless, "4번 출구", town.at(20))
    for tally, count in ((Tally.GREETING, 4), (Tally.LEAFLET, 11), (Tally.HOT_PACK, 6)):
        outreach.count(vault, tally, count, town.at(25))
    for alias, age, gender, language, place, minutes, risk, words in PEOPLE:
        met = youths.meet(vault, NewYouth(alias, age, gender, language), place, town.at(minutes))
        if words:
            notes.save(vault, met.youth.id, met.meeting.id, words, town.at(minutes + 5))
        if risk is not Risk.NONE:
            _judge(town, met.youth.id, risk, words, minutes + 8)


def _haneul(town):
    vault, youth = town.vault, town.haneul.youth.id
    met = youths.meet_again(vault, youth, "3번 출구 벤치", town.at(147))
    for part in (NOTE[:60], NOTE[:140], NOTE):
        notes.save(vault, youth, met.meeting.id, part, town.at(150 + len(part) // 16))
    _judge(town, youth, Risk.MEDIUM, "잘 곳이 없고 옷이 얇음.", 170)
    safety.keep(vault, youth, PLAN, town.at(175))
    for words in (
        "내일 점심에 전화하기",
        "오늘 밤 23시 30분에 다시 들르기",
        "월요일에 학교 선생님 만나기",
    ):
        reading = promises.read(vault, words, "ko", town.at(180))
        promises.make(vault, NewPromise(youth, reading.rest or words, reading.due), town.at(180))
    due = promises.read(vault, "내일 저녁에", "ko", town.at(180, -3)).due
    _, done = (
        promises.make(vault, NewPromise(youth, words, due), town.at(180, -3))
        for words in ("신발 크기 물어보기", "문자 보내기")
    )
    promises.end(vault, done.id, Outcome.KEPT, town.at(180, -1))
    _agreed(town, youth)
    draft = Draft(youth, AgencyId(town.shelter.org), frozenset({Category.PROTECT}), WORDS)
    _release(town, draft)
    second = AgencyId(town.hub.clinic.org)
    draft = Draft(youth, second, frozenset({Category.COUNSEL}), WORDS)
    referrals.keep_draft(vault, draft, town.moment())


def _judge(town, youth, risk, grounds, minutes):
    step = NextStep.ACCOMPANY if risk is Risk.HIGH else None
    facts = {"id": JudgementId(town.id()), "youth": youth, "risk": risk, "next_step": step}
    screening.judge(town.vault, a_judgement(grounds=grounds, **facts), town.at(minutes))


def _agreed(town, youth):
    shelter = AgencyId(town.shelter.org)
    consent = Consent(
        id=ConsentId(town.id()), youth=youth, agency=shelter,
        agency_name="관악 일시청소년쉼터", items=frozenset(WORDS),
        purpose="오늘 밤 잘 곳을 찾으려고요", retention="지원이 끝난 뒤 1년",
        notice=Notice("referral-v1", "ko", "0" * 64),
        answers=dict.fromkeys(ASKED, Answer.GIVEN),
        asked_at=town.now, valid_until=town.now + timedelta(days=90),
    )  # fmt: skip
    consents.record(town.vault, consent, town.moment())


def _release(town, draft):
    town.hub.clock.turn(minutes=2)
    referrals.keep_draft(town.vault, draft, town.moment())
    shown = referrals.preview(town.vault, draft, town.moment())
    referrals.release(town.vault, shown, town.moment(), town.hub.chance)
