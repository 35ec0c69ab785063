"""Journeys through real windows: every sentence of one piece of work, in both languages.

One fault is a sentence in a language; a few are played in Korean alone, which needs one window.
Controls: something of the program is broken for a while, and its sentence must not hold. Clock and
chance stand still for good in a process of their own, as they do for pictures.
"""

import importlib
import multiprocessing
import os
import traceback
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from journeys.hand import Hand
from prove.instead import instead
from prove.proof import Proof, scratch, tell

LANGUAGES = ("ko", "en")
_CONTROLS = 2


def full(work) -> int:
    """Return how many sentences there are to play."""
    return len(work.TOLD.sentences) * len(LANGUAGES)


def run(name: str, work, count: int) -> Proof:
    """Play that many of a module of journeys (`journeys.every` is one), evenly chosen."""
    every, is_few = work.TOLD.sentences, count <= full(work) // 4
    ordered = [(s.name, spoken) for spoken in LANGUAGES for s in every]
    if is_few:
        ordered = [(s.name, LANGUAGES[0]) for s in every if not s.who]
    chosen = [ordered[at * len(ordered) // count] for at in range(count)]
    faults = len(work.FAULTS[:_CONTROLS] if is_few else work.FAULTS)
    jobs = [([name for name, at in chosen if at == spoken], spoken) for spoken in LANGUAGES]
    jobs = [(*job, faults if job[1] == LANGUAGES[0] else 0) for job in jobs]
    lines = _in_processes(work.__name__, jobs)
    missed = [line for line in lines if line.startswith("missed")]
    broken = [line for line in lines if line not in missed]
    broken += [f"no journey: {words}" for words in work.TOLD.not_played().items()]
    tell(name, broken + missed)
    return Proof(len(chosen), len(broken), not missed)


def _in_processes(work, jobs):
    jobs = [job for job in jobs if job[0]]
    at_once = min(len(jobs), os.cpu_count() or 1)
    with ProcessPoolExecutor(at_once, multiprocessing.get_context("spawn")) as pool:
        found = pool.map(partial(played, work), *zip(*jobs, strict=True))
        return [line for lines in found for line in lines]


def played(work: str, names: list[str], language: str, faults: int = 0) -> list[str]:
    """Play these in one window, but some in one of their own; then so many controls."""
    module = importlib.import_module(work)
    chosen = [module.TOLD.named(name) for name in names]
    alone = [line for each in chosen if each.who for line in _alone(each, language)]
    with scratch("journeys") as place:
        hand = Hand(place, language)
        try:
            together = [line for each in chosen if not each.who for line in _one(hand, each)]
            return alone + together + _missed(hand, module, faults)
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


def _missed(hand, module, faults) -> list[str]:
    missed = []
    for name, owner, part, wrong in module.FAULTS[:faults]:
        with instead(owner, part, wrong):
            missed += [] if _one(hand, module.TOLD.named(name)) else [f"missed: {name}"]
    return missed
