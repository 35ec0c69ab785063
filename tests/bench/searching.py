"""Finding words in 100,000 notes about 20,000 people, against LIKE in the same vault and run."""

import random
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, median_of, percentile
from bench.shared_vault import hundred_thousand, opened
from builders import a_moment

from desktop.services import search

NAME = "search"
RUNS, QUERIES, LIKES = 5, 200, 40  # LIKE reads every note, for as many of the words
TARGET, WORST, TIMES = 5.0, 16.0, 100
_LIKE = "SELECT id, text FROM note WHERE text LIKE ? ORDER BY n DESC LIMIT 20"


def run():
    """Ask both for the same words: two to four syllables out of the notes, and names."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parents[2] / "build") as place:
        vault = opened(hundred_thousand(Path(place)))
        chance = random.Random("search")
        words = _words(vault, chance)
        # LIKE reads every note: on our connection it would empty the cache before each search.
        other = vault.sibling()
        _ask(vault, other, words[:20])
        runs = [_ask(vault, other, chance.sample(words, QUERIES)) for _ in range(RUNS)]
        other.close()
        vault.close()
    ours = [percentile(times, 0.95) * 1000 for times, _ in runs]
    ratio = median_of([sum(likes) / sum(times[:LIKES]) for times, likes in runs])
    p95 = median_of(ours)
    worst = [percentile(times, 0.99) * 1000 for times, _ in runs]
    p99 = median_of(worst)
    middle = median_of([median_of(times) * 1000 for times, _ in runs])
    like = [percentile(likes, 0.95) * 1000 for _, likes in runs]
    return [
        Figure("search-p95", p95, "ms", f"<={TARGET:.0f}ms", p95 <= TARGET, ratio, ours),
        Figure("search-p99", p99, "ms", f"<={WORST:.0f}ms", p99 <= WORST, None, worst),
        Figure("search-times-like", ratio, "x", f">={TIMES}x", ratio >= TIMES, None),
        Figure("search-median", middle, "ms", "-", True),
        Figure("search-p95-by-like", median_of(like), "ms", "-", True, None, like),
    ]


def _words(vault, chance):
    with vault.reading() as db:
        texts = [t for (t,) in db.execute("SELECT text FROM note WHERE n % 37 = 0")]
        names = [a for (a,) in db.execute("SELECT alias FROM youth WHERE rowid % 40 = 0")]
    words = [word for text in texts for word in text.replace(".", " ").split() if len(word) > 1]
    return [word[: chance.randint(2, 4)] for word in chance.sample(words, 900)] + names


def _ask(vault, other, words):
    # One after the other, not in turn: LIKE leaves 40 MB in the processor's cache.
    ours = [_timed(_ours, vault, word) for word in words]
    likes = [_timed(_alike, other, word) for word in words[:LIKES]]
    for (_, found), (_, same) in zip(ours, likes, strict=False):
        if found != min(same, 20):
            raise AssertionError(f"{found} notes found, LIKE finds {same}")
    return [seconds for seconds, _ in ours], [seconds for seconds, _ in likes]


def _timed(ask, vault, word):
    began = time.perf_counter()
    found = ask(vault, word)
    return time.perf_counter() - began, len(found)


def _ours(vault, word):
    return search.everything(vault, word, a_moment()).notes


def _alike(vault, word):
    with vault.reading() as db:
        return db.execute(_LIKE, (f"%{word}%",)).fetchall()
