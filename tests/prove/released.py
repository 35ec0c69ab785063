"""A young person, a consent and a referral that leaves, with random items and words."""

import secrets
from datetime import timedelta

from builders import on_a_night
from invented import alias, sentence

from desktop.domain.agencies import Category
from desktop.domain.consents import (
    ASKED,
    PLAIN_ITEMS,
    SENSITIVE_ITEMS,
    Answer,
    Consent,
    Item,
    Notice,
)
from desktop.domain.ids import AgencyId, ConsentId
from desktop.domain.referrals import Draft, Urgency
from desktop.domain.youths import Age
from desktop.services import consents, referrals, youths
from desktop.vault import referrals as rows

CARRIED = sorted(PLAIN_ITEMS | SENSITIVE_ITEMS)
"""What every organisation may ask about."""


def a_consent(vault, chance, moments, agency: str, *, must=frozenset()) -> Consent:
    """Meet somebody new, ask about some items, `must` among them: yes to every article."""
    moment = moments()
    on_a_night(vault, moment)
    met = youths.meet(vault, youths.NewYouth(alias(chance), Age.stated(16)), "", moment)
    items = must | frozenset(chance.sample(CARRIED, chance.randint(1, len(CARRIED))))
    return consents.record(vault, answered(met.youth.id, agency, items, moments()), moments())


def answered(youth, agency, items, moment, **changes) -> Consent:
    """Return the answers of one asking."""
    facts = {
        "id": ConsentId(moment.id("consent")), "youth": youth, "agency": AgencyId(agency),
        "agency_name": "달빛청소년문화의집", "items": items, "purpose": "상담", "retention": "1년",
        "notice": Notice("referral-v1", "ko", "0" * 64),
        "answers": dict.fromkeys(ASKED, Answer.GIVEN), "asked_at": moment.now,
        "valid_until": moment.now + timedelta(days=30),
    }  # fmt: skip
    return Consent(**facts | changes)


def a_released_referral(vault, chance, moments, consent: Consent, cue: str = ""):
    """Write a referral under the consent and let it go; return its tracking.

    What answers one that has asked for more is told in addition. `cue`: what a practice agency
    is to do.
    """
    shown = a_preview(vault, chance, moments, consent, cue)
    return referrals.release(vault, shown, moments(), secrets.token_bytes)


def a_preview(vault, chance, moments, consent: Consent, cue: str = ""):
    """Write a referral under the consent, and look at what would leave."""
    urgency = chance.choice(list(Urgency))
    words = {item: sentence(chance) for item in consent.items}
    if cue:
        words[Item.NEED] += f" ({cue})"
    helps, asking = frozenset({Category.COUNSEL}), _asking(vault, consent)
    draft = Draft(consent.youth, consent.agency, helps, words, urgency, asking)
    referrals.keep_draft(vault, draft, moments())
    return referrals.preview(vault, draft, moments())


def _asking(vault, consent: Consent):
    """Return the newest referral of theirs whose agency has asked for more."""
    with vault.reading() as db:
        under_way = rows.of_youth(db, consent.youth)
    asking = (t.referral.id for t in under_way if t.referral.agency == consent.agency and t.asks())
    return next(asking, None)
