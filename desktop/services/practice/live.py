"""Referrals of the practice week that leave through the real hub, to agencies that answer now.

In practice an agency does what a cue in the words asks of it (`sync.practice.cues`), so that a
newcomer can try each answer, too.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.agencies import Agency, Category
from desktop.domain.consents import Consent, Item
from desktop.domain.ids import ConsentId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Draft, Urgency
from desktop.services import consents, referrals, withdrawals
from desktop.services.practice import asks
from desktop.services.practice.cast import NIGHTS, Names, Visit, Week
from desktop.services.practice.nights import person_of
from desktop.vault import referrals as rows
from desktop.vault.database import Db, Vault
from sync.protocol.states import TaskStatus

CUES = (
    "", "", "", "", "거절", "진행", "진행", "보류", "마침", "닿지 않음", "더 물어봄", "약속",
    "만남", "오지 않음", "조용", "", "기한 지남", "기한 지남",
)  # fmt: skip
"""What each agency is to do; the last two wait here, because their consent ran out first."""
_TAKEN_BACK = len(CUES) - 3
"""Once the agency said yes to this one, its consent is withdrawn."""
LAPSED = "기한 지남"
PARTS = len(CUES)


def send(
    vault: Vault,
    week: Week,
    agencies: tuple[Agency, ...],
    turn: tuple[int, datetime],
    chance: Callable[[int], bytes],
) -> None:
    """Ask, show and release one of them, as a counselor does; `turn` is its number and now."""
    number, now = turn
    names = Names(vault.vault_id)
    visit, agency = _able(week)[number], agencies[number % len(agencies)]
    given = _asking(number, visit, agency, names)
    at = now - timedelta(minutes=PARTS - number)
    if CUES[number] == LAPSED:
        at = given.asked_at + timedelta(minutes=5)
        given = replace(given, valid_until=min(at + timedelta(hours=2), now))
    moment = Moment(at, names.of(f"live {number}"))
    # A power cut after this and before it was written down does it once more: to no effect.
    if given.id not in consents.standing(vault, given.youth):
        consents.record(vault, given, moment)
    shown = referrals.preview(vault, _draft(number, visit, agency, names), moment)
    referrals.release(vault, shown, replace(moment, fresh=names.of(f"sent {number}")), chance)


def may_take_back(db: Db, names: Names) -> bool:
    """Say whether the agency has said yes to what is going to be taken back."""
    given = ConsentId(names.of(f"live consent {_TAKEN_BACK}"))
    found = (rows.one(db, referral) for referral in rows.under(db, given))
    tracking = next(found, None)
    return tracking is not None and tracking.status is TaskStatus.ACCEPTED


def take_back(vault: Vault, moment: Moment) -> None:
    """Withdraw that consent: the agency destroys what it was told, and says so."""
    names = Names(vault.vault_id)
    withdrawals.withdraw(vault, ConsentId(names.of(f"live consent {_TAKEN_BACK}")), moment)


def _able(week: Week) -> list[Visit]:
    """Return the last meetings with those of the last night whom no guardian answers for."""
    last = [each for each in week.last_visits()[2:] if each.night == NIGHTS - 1]
    return [each for each in last if each.person.age.span()[0] >= 14]


def _asking(number: int, visit: Visit, agency: Agency, names: Names) -> Consent:
    key = ConsentId(names.of(f"live consent {number}"))
    return asks.consent_of(key, visit, agency, names)


def _draft(number: int, visit: Visit, agency: Agency, names: Names) -> Draft:
    category = next(iter(sorted(agency.categories())), Category.COUNSEL)
    words, cue = asks.told(visit, category), CUES[number]
    if cue:
        words[Item.NEED] = f"{words[Item.NEED]} (연습: {cue})"
    urgency = Urgency.URGENT if number % 5 == 4 else Urgency.ROUTINE
    return Draft(person_of(visit, names), agency.id, frozenset({category}), words, urgency)
