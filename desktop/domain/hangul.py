"""Hangul taken apart for searching: syllable pairs and initial consonants (D-009)."""

import re
from functools import cache
from itertools import product
from operator import add

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST, _PER_INITIAL = 0xAC00, 0xD7A3, 588
_WORD = re.compile(r"\w+")


def initials(text: str) -> str:
    """Return `text` with every Hangul syllable replaced by its first consonant (하늘 → ㅎㄴ)."""
    return text if text.isascii() else text.translate(_firsts())


def letters(text: str) -> str:
    """Return `text` with every Hangul syllable taken apart (하늘 → ㅎㅏㄴㅡㄹ)."""
    return text if text.isascii() else text.translate(_taken_apart())


def is_initials(text: str) -> bool:
    """Say whether `text` is made of first consonants only, as people search for names."""
    return bool(text) and all(c in _INITIALS for c in text)


@cache
def _firsts() -> dict[int, str]:
    return {n: _INITIALS[(n - _FIRST) // _PER_INITIAL] for n in range(_FIRST, _LAST + 1)}


@cache
def _taken_apart() -> dict[int, str]:
    apart = product(_INITIALS, _VOWELS, _FINALS)
    return {n: "".join(found) for n, found in enumerate(apart, _FIRST)}


def pairs(text: str) -> str:
    """Return the overlapping two-character pieces of every word, with spaces between.

    A word of one character stays itself. The full-text index holds these, so that a
    two-syllable word is one exact look-up.
    """
    words = _WORD.findall(text.lower())
    return " ".join(" ".join(map(add, word, word[1:])) or word for word in words)
