"""Withdrawals where they hurt most: before the grant was seen, on its way, and after it came.

And what is told in addition, between an agency's question and whatever happens next.
"""

import random

from prove import meddling

LAPTOPS = 3
_READ_AND_ANSWERED = 3
"""Rounds in which a practice agency receives, opens and answers."""


def before_it_left(village, who, colleague, agency, luck):
    """A colleague's word is at the hub before the laptop has said that there is a consent."""
    laptop, asked = village.laptops[who], random.Random(luck)
    consent = let_go(laptop, agency, luck)
    if consent is None:
        return
    village.end_elsewhere(colleague, consent, luck)
    if asked.random() < 0.7:
        laptop.speak(asked.getrandbits(32))


def on_its_way(village, who, agency, luck):
    """Nobody hears a question; what it asked for is taken back; later the question arrives."""
    laptop, asked = village.laptops[who], random.Random(luck)
    consent = let_go(laptop, agency, luck)
    if consent is None:
        return
    lost = laptop.lose(asked.getrandbits(32))
    laptop.end(consent, asked.getrandbits(32))
    if asked.random() < 0.8:
        laptop.speak(asked.getrandbits(32))
    for question in lost:
        village.deliver(question, laptop.caller)


def after_it_came(village, who, agency, luck):
    """The agency has it, or is about to; then the young person says no."""
    laptop, asked = village.laptops[who], random.Random(luck)
    consent = let_go(laptop, agency, luck)
    if consent is None:
        return
    laptop.speak(asked.getrandbits(32) * 3)  # over a good line
    if asked.random() < 0.7:
        village.agencies[agency].work(asked.getrandbits(32))
    if asked.random() < 0.5:
        laptop.end(consent, asked.getrandbits(32))
    else:
        village.end_elsewhere((who + 1) % len(village.laptops), consent, luck)


def is_asked_for_more(village, who, agency, luck):
    """An agency has read it and asks for more, which is told, perhaps after its end."""
    laptop, asked = village.laptops[who], random.Random(luck)
    consent = let_go(laptop, agency, luck, "practice: ask")
    if consent is None:
        return
    laptop.speak(asked.getrandbits(32) * 3)  # over a good line
    for _ in range(_READ_AND_ANSWERED):
        village.agencies[agency].work(asked.getrandbits(32) * 3)
    laptop.speak(asked.getrandbits(32) * 3)
    if asked.random() < 0.3:
        meddling.moves_a_task(village, LAPTOPS + agency, "completed", asked.getrandbits(32))
        village.agencies[agency].work(asked.getrandbits(32) * 3)
    laptop.tell_more(consent, asked.getrandbits(32))
    if asked.random() < 0.7:
        laptop.speak(asked.getrandbits(32))


def let_go(laptop, agency, luck, cue=""):
    """Return the consent of a new referral, unless the laptop died before it was kept."""
    before = len(laptop.consents)
    laptop.refer(agency, luck, cue)
    return laptop.consents[-1] if len(laptop.consents) > before else None
