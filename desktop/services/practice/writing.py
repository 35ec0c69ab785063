"""What the notes of the practice week say."""

from random import Random

from desktop.services.practice.cast import NIGHTS, Visit
from desktop.services.practice.words import words

HEADS = ("발견 상황", "청소년의 말", "살핀 것", "함께 정한 것")
"""As the program's own Korean heads are called: a note is dressed by them."""


def note(visit: Visit) -> str:
    """Return what was written about a meeting: short, free, or under heads."""
    chance, said = Random(visit.number), words()  # noqa: S311 - a play with words, no secret
    if visit.person.is_nameless or visit.number % 4 == 0:
        more = chance.choice(said.saw) if visit.number % 3 else chance.choice(said.agreed)
        return f"{chance.choice(said.short)} {more}"
    # Chosen in pairs that move apart, so that hardly two notes say the same.
    met, saw = said.met[visit.number % len(said.met)], chance.choice(said.saw)
    talk = "\n".join(chance.sample(said.said, chance.choice((1, 1, 2))))
    agreed = " ".join(chance.sample(said.agreed, chance.choice((1, 2))))
    if visit.number % 4 == 1:
        return f"{met} {talk.splitlines()[0]} {saw} {agreed}"
    parts = zip(HEADS, (met, talk, saw, agreed), strict=True)
    return "\n\n".join(f"{head}\n{text}" for head, text in parts)


def is_signed(visit: Visit) -> bool:
    """Say whether it was signed: all but some of the last night, and now and then one before."""
    is_last = visit.night == NIGHTS - 1
    return visit.number % 3 != 0 if is_last else visit.number % 29 != 0


def addendum(visit: Visit) -> str:
    """Return what was added after it was signed; mostly nothing."""
    if visit.number % 31 != 5 or not is_signed(visit):
        return ""
    return words().added[visit.number % len(words().added)]
