"""Referrals that are called off at whatever stage, and what may happen right afterwards."""

import random

from prove import meddling
from prove.overtaking import LAPTOPS, let_go

from sync.client.sealing import sign_clear
from sync.protocol.bodies import ReferralCancel
from sync.protocol.codec import canonical
from sync.protocol.messages import PROTOCOL, Header, Kind
from sync.protocol.states import CALLED_OFF

_ENDS = ("completed", "failed", "cancelled", "rejected")
STAGES = ("here", "on its way", "there", "read", "over", "withdrawn")


def off(village, between, stage, luck):
    """Let a referral go, call it off at this stage; then laptop or hub may be put back.

    `between`: the numbers of laptop and agency.
    """
    who, agency = between
    laptop, asked = village.laptops[who], random.Random(luck)
    ref = _let_go(laptop, agency, luck)
    if ref is None:
        return
    _is_kept(village, laptop, asked)
    lost = _brought(village, laptop, (agency, ref, stage), asked)
    _is_kept(village, laptop, asked)
    for _ in range(asked.choice((1, 1, 2))):
        laptop.stop(ref, asked.getrandbits(32))
    if asked.random() < 0.7:
        laptop.speak(asked.getrandbits(32))
    if asked.random() < 0.3:  # the consent is as it was
        laptop.tell_more(_consent(laptop, ref), asked.getrandbits(32))
    _is_put_back(village, laptop, asked)
    for question in lost:
        village.deliver(question, laptop.caller)


def off_by_its_agency(village, agency, luck):
    """An agency says of what it was asked that it is called off, which is not for it to say."""
    own, tasks = village.agencies[agency]._own, village.heard.books.tasks
    theirs = [ref for ref, task in tasks.items() if task.to_org == own.org]
    if not theirs:
        return
    ref = random.Random(luck).choice(theirs)
    header = Header(
        PROTOCOL, village.fresh(), Kind.REFERRAL_CANCEL, ref, own.org, own.device,
        village.clock(), tasks[ref].from_org,
    )  # fmt: skip
    message = sign_clear(header, canonical(ReferralCancel(CALLED_OFF)), own.keys.sign)
    village.ask(village.agencies[agency].line._caller, message)


def _let_go(laptop, agency, luck):
    consent = let_go(laptop, agency, luck)
    under = [ref for ref, its in laptop.released.items() if consent and its == str(consent.id)]
    return under[0] if under else None


def _consent(laptop, ref):
    return next(each for each in laptop.consents if str(each.id) == laptop.released[ref])


def _is_kept(village, laptop, asked):
    """Make a day to which hub or laptop may be put back."""
    if asked.random() < 0.2:
        village.keep_hub()
    if asked.random() < 0.2:
        laptop.keep()


def _brought(village, laptop, told, asked):
    """Bring it to its stage; return the questions that nobody heard."""
    agency, ref, stage = told
    if stage == "here":
        return []
    if stage == "on its way":
        return laptop.lose(asked.getrandbits(32))
    laptop.speak(asked.getrandbits(32) * 3)  # over a good line
    if stage == "there":
        village.agencies[agency].work(asked.getrandbits(32))
        return []
    for _ in range(asked.choice((1, 2, 3))):
        village.agencies[agency].work(asked.getrandbits(32) * 3)
    if stage == "over" and ref in village.heard.books.tasks:
        meddling.moves_this_task(village, LAPTOPS + agency, asked.choice(_ENDS), ref)
        village.agencies[agency].work(asked.getrandbits(32) * 3)
    if stage == "withdrawn":
        laptop.end(_consent(laptop, ref), asked.getrandbits(32))
    if asked.random() < 0.5:
        laptop.speak(asked.getrandbits(32))
    return []


def _is_put_back(village, laptop, asked):
    if asked.random() < 0.3:
        laptop.put_back()
    if village.kept_hub and asked.random() < 0.2:
        village.put_hub_back()
    if asked.random() < 0.3:
        laptop.speak(asked.getrandbits(32))
