"""Screens looked at in processes of their own: there, clock and chance stand still for good."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from gallery.pictures import LANGUAGES
from gallery.screens import SCREENS

_ENOUGH = 16


def cases(count):
    """Return that many screens with a language, evenly spread over all there are."""
    every = [(screen, language) for screen in SCREENS for language in LANGUAGES]
    if count >= len(every):
        return every
    return [every[at * len(every) // count] for at in range(count)]


def looked_at(work, chosen):
    """Return what `work(screen, language)` found wrong, for all that were chosen."""
    at_once = min(os.cpu_count() or 1, 1 + len(chosen) // _ENOUGH)
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(at_once, mp_context=spawned) as pool:
        every = pool.map(work, *zip(*chosen, strict=True), chunksize=4)
        return [problem for problems in every for problem in problems]
