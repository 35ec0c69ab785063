"""Every sentence of the night's work is played through a real window, in Korean and in English.

One fault is a sentence in a language; a few are played in Korean alone, which needs one window.
Controls: something of the program is broken for a while, and its sentence must not hold. Clock and
chance stand still for good in a process of their own, as they do for pictures.
"""

import multiprocessing
import os
import traceback
from concurrent.futures import ProcessPoolExecutor

from journeys import every
from journeys.hand import Hand
from prove.instead import instead
from prove.proof import Proof, scratch, tell

NAME = "night-journeys"
LANGUAGES = ("ko", "en")
FULL = len(every.SENTENCES) * len(LANGUAGES)
_FEW, _CONTROLS = FULL // 4, 2


def run(count: int) -> Proof:
    """Play that many, evenly chosen."""
    is_few = count <= _FEW
    ordered = [(s.name, spoken) for spoken in LANGUAGES for s in every.SENTENCES]
    if is_few:
        ordered = [(s.name, LANGUAGES[0]) for s in every.SENTENCES if not s.who]
    chosen = [ordered[at * len(ordered) // count] for at in range(count)]
    faults = len(every.FAULTS[:_CONTROLS] if is_few else every.FAULTS)
    jobs = [([name for name, at in chosen if at == spoken], spoken) for spoken in LANGUAGES]
    found = _in_processes([(*job, faults if job[1] == LANGUAGES[0] else 0) for job in jobs])
    missed = [line for line in found if line.startswith("missed")]
    broken = [line for line in found if line not in missed]
    broken += [f"no journey: {words}" for words in every.not_played().items()]
    tell(NAME, broken + missed)
    return Proof(len(chosen), len(broken), not missed)


def _in_processes(jobs):
    jobs = [job for job in jobs if job[0]]
    at_once = min(len(jobs), os.cpu_count() or 1)
    with ProcessPoolExecutor(at_once, multiprocessing.get_context("spawn")) as pool:
        return [line for lines in pool.map(played, *zip(*jobs, strict=True)) for line in lines]


def played(names: list[str], language: str, faults: int = 0) -> list[str]:
    """Play these in one window, but some in one of their own; then so many controls."""
    chosen = [every.named(name) for name in names]
    alone = [line for each in chosen if each.who for line in _alone(each, language)]
    with scratch("journeys") as place:
        hand = Hand(place, language)
        try:
            together = [line for each in chosen if not each.who for line in _one(hand, each)]
            return alone + together + _missed(hand, every.FAULTS[:faults])
        finally:
            hand.leave()


def _alone(sentence, language):
    with scratch("journeys") as place:
        hand = Hand(place, language, sentence.who)
        try:
            return _one(hand, sentence)
        finally:
            hand.leave()


def _one(hand, sentence) -> list[str]:
    try:
        if not sentence.who:
            hand.home()
        sentence.plays(hand)
    except Exception as wrong:  # noqa: BLE001 - whatever it was, the sentence did not hold
        at = traceback.extract_tb(wrong.__traceback__)[-1]
        return [f"{hand.language} {sentence.name}: {type(wrong).__name__} {wrong} ({at.line})"]
    return []


def _missed(hand, faults) -> list[str]:
    missed = []
    for name, owner, part, wrong in faults:
        with instead(owner, part, wrong):
            missed += [] if _one(hand, every.named(name)) else [f"missed: {name}"]
    return missed
