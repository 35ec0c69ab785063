"""Pages over a real vault: tasks, people and answers the tests of `ui` share."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from builders import on_a_night
from PySide6.QtCore import QCoreApplication
from vaults_for_tests import a_vault

from desktop.domain.agencies import Agency, AgencyKind, Category, Service
from desktop.domain.consents import ASKED, SENSITIVE_ITEMS, Answer, Consent, Item, Notice
from desktop.domain.ids import AgencyId, ConsentId, ReferralId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Draft, Referral, Tracking
from desktop.domain.who_answers import GuardianStands, Situation, decide
from desktop.domain.youths import Age
from desktop.services import youths
from desktop.services.youths import NewYouth
from sync.protocol.states import Delivery, TaskStatus
from ui.consents.asking import items_of
from ui.consents.handing import Handing, How
from ui.tasks import Tasks

NIGHT = datetime(2026, 11, 20, 12, 40, tzinfo=UTC)
CENTER = Agency(
    AgencyId("3f1c9c1e-0000-4000-8000-000000000001"),
    "관악구청소년상담복지센터",
    AgencyKind.COUNSELING_CENTER,
    services=(Service("s", "긴급 보호", Category.PROTECT), Service("c", "상담", Category.COUNSEL)),
)
WORDS = {Item.ALIAS: "하늘", Item.AGE: "만 16세", Item.NEED: "오늘 밤 잘 곳이 필요해요."}
SENSITIVE = {**WORDS, Item.HEALTH: "기침이 잦음."}


class Clock:
    """Moments one second apart, each with an id of its own."""

    def __init__(self, start=NIGHT):
        self._start, self._seconds = start, count()

    def __call__(self):
        return Moment(self._start + timedelta(seconds=next(self._seconds)), uuid4())


PATIENCE = 20_000
"""Milliseconds: other work beside the tests is no fault of theirs."""


def a_desk(folder, clock=None):
    """Return tasks over a fresh real vault, opened on the thread that owns it."""
    return Tasks(lambda: a_vault(folder), clock or Clock())


def done(qtbot, tasks, work):
    """Do `work` with the vault and return its answer."""
    answers = []
    tasks.run(work, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    return answers[0]


def settled(qtbot, tasks):
    """Wait until every page has its answer, and has laid out and shown what it made of it."""
    qtbot.waitUntil(tasks.is_idle, timeout=PATIENCE)
    QCoreApplication.sendPostedEvents()


def a_youth(qtbot, tasks, **who):
    """Meet somebody on a night that has begun; return their file."""
    moment = tasks.moment()
    who = NewYouth(**{"alias": "하늘", "age": Age.stated(16)} | who)

    def meet(vault):
        on_a_night(vault, moment)
        met = youths.meet(vault, who, "3번 출구", moment)
        return youths.open_file(vault, met.youth.id, met.meeting.id, moment)

    return done(qtbot, tasks, meet)


def reopened(qtbot, tasks, file):
    """Open somebody's file again."""
    moment = tasks.moment()
    return done(qtbot, tasks, lambda vault: youths.open_file(vault, file.youth.id, None, moment))


def a_draft(file, words=None, agency=CENTER.id):
    """Return a draft to the center."""
    helps = frozenset({Category.PROTECT, Category.COUNSEL})
    return Draft(file.youth.id, agency, helps, dict(words or WORDS))


def a_handing(file, agency=CENTER, pin="2580", how=None, guardian=GuardianStands.PRESENT):
    """Return what handing over begins with, as the sheet before it would say."""
    youth, items = file.youth, items_of(file)
    about = Situation(youth.age, guardian, youth.language, items, None, Item.IDENTIFIER in items)
    return Handing(file, agency, decide(about), pin, how or How())


def a_consent(file, agency=CENTER.id, **changes):
    """Return a consent to everything a draft may hold."""
    given = dict.fromkeys(ASKED, Answer.GIVEN)
    facts = {
        "id": ConsentId(uuid4()), "youth": file.youth.id, "agency": agency,
        "agency_name": CENTER.name, "items": frozenset(WORDS) | SENSITIVE_ITEMS,
        "purpose": "도움을 찾으려고요", "retention": "1년",
        "notice": Notice("referral-v1", "ko", "0" * 64), "answers": given,
        "asked_at": NIGHT, "valid_until": NIGHT + timedelta(days=90),
    } | changes  # fmt: skip
    return Consent(**facts)


def a_tracking(file, *steps, status=TaskStatus.REQUESTED, **changes):
    """Return a released referral that has proven `steps`."""
    referral = Referral(
        ReferralId(UUID(int=7)),
        file.youth.id,
        CENTER.id,
        frozenset({Category.PROTECT}),
        WORDS,
        NIGHT,
    )
    proven = {step: NIGHT + timedelta(minutes=n) for n, step in enumerate(steps)}
    delivery = [d for d in Delivery if d in proven or d is Delivery.QUEUED][-1]
    return Tracking(referral, ConsentId(uuid4()), CENTER.name, delivery, status, proven, **changes)
