"""Every sentence of the night's work is played through a real window, in Korean and in English.

One fault is a sentence in a language: so many are played, evenly chosen, in one window a language.
Controls: something of the program is broken for a while, and its sentence must not hold.
"""

import traceback

from journeys import every
from journeys.hand import Hand
from prove.instead import instead
from prove.proof import Proof, scratch, tell

NAME = "night-journeys"
LANGUAGES = ("ko", "en")
FULL = len(every.SENTENCES) * len(LANGUAGES)


def run(count: int) -> Proof:
    """Play that many: of one language first."""
    ordered = [(each, language) for language in LANGUAGES for each in every.SENTENCES]
    chosen = [ordered[at * len(ordered) // count] for at in range(count)]
    if count <= FULL // 4:  # few: a second window would cost more than it shows
        chosen = [(each, LANGUAGES[0]) for each, _ in chosen]
    broken = [
        line
        for language in LANGUAGES
        for line in played([each for each, spoken in chosen if spoken == language], language)
    ]
    tell(NAME, broken)
    return Proof(len(chosen), len(broken), control_caught=_are_caught(count))


def played(sentences, language) -> list[str]:
    """Play these in one window; those that turn the clock in one of their own."""
    together = [each for each in sentences if not each.is_alone]
    groups = [together, *([each] for each in sentences if each.is_alone)]
    return [line for group in groups if group for line in _in_one_window(group, language)]


def _in_one_window(sentences, language):
    with scratch("journeys") as place:
        hand = Hand(place, language)
        try:
            return [line for each in sentences for line in _one(hand, each)]
        finally:
            hand.leave()


def _one(hand, sentence) -> list[str]:
    try:
        hand.home()
        sentence.plays(hand)
    except Exception as wrong:  # noqa: BLE001 - whatever it was, the sentence did not hold
        at = traceback.extract_tb(wrong.__traceback__)[-1]
        told = f"{type(wrong).__name__} {wrong} ({at.line})"
        return [f"{hand.language} {sentence.name}: {told}"]
    return []


def _are_caught(count) -> bool:
    faults = every.FAULTS if count > FULL // 4 else every.FAULTS[:2]
    missed = []
    with scratch("journeys") as place:
        hand = Hand(place, LANGUAGES[0])
        try:
            for sentence, (owner, name, wrong) in faults:
                with instead(owner, name, wrong):
                    missed += [] if _one(hand, sentence) else [sentence.name]
        finally:
            hand.leave()
    tell(f"{NAME} control", missed)
    return not missed
