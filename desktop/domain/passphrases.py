"""How hard a passphrase is to guess: enough, or what would make it so."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_ENOUGH = 14  # keys pressed that a guesser cannot foresee
_WORDS_ENOUGH = 5
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "가나다라마바사아자차카타파하",
)  # fmt: skip
_COMMON = (
    "password", "passw0rd", "letmein", "welcome", "admin", "iloveyou", "dragon", "monkey",
    "qwerty", "master", "korea", "seoul", "bammajung", "counselor", "비밀번호", "암호", "사랑해",
    "대한민국", "서울", "상담", "청소년", "밤마중", "안녕하세요",
    "tkfkdgo", "dkssud", "qlalfqjsgh",
)  # fmt: skip


_REPEAT = re.compile(r"(.+?)\1{2,}|(.{3,})\2+", re.DOTALL)  # aaa, abcabc
_WORDS = re.compile("|".join(map(re.escape, _COMMON)))
_RUN = 4


@dataclass(frozen=True, slots=True)
class Strength:
    """A score of 0 to 4 and one piece of advice, as a code.

    Advice: 'longer', 'repeats', 'sequence', 'common', 'digits', or 'fine'.
    """

    is_enough: bool
    score: int
    advice: str


def strength(passphrase: str) -> Strength:
    """Judge a passphrase: five different words, or as much as fourteen unforeseeable keys."""
    text = unicodedata.normalize("NFC", passphrase).casefold()
    left, advice = _without_the_foreseeable(text)
    words = {word for word in left.split() if len(word) >= 2}
    keys: float = sum(_keys(letter) for letter in left)
    if left and not any(letter.isalpha() for letter in left):
        # A telephone number or a birthday has few possible digits.
        keys, advice = keys / 2, advice if advice != "longer" else "digits"
    if keys >= _ENOUGH or len(words) >= _WORDS_ENOUGH:
        return Strength(True, 4 if keys >= _ENOUGH * 1.5 else 3, "fine")
    return Strength(False, min(2, int(keys * 3 / _ENOUGH)), advice)


def _without_the_foreseeable(text: str) -> tuple[str, str]:
    """Cut what a guesser tries first down to one letter each; return the rest and why."""
    steps: dict[str, Callable[[str], str]] = {
        "repeats": lambda left: _REPEAT.sub(_first, left),
        "sequence": _without_runs,
        "common": lambda left: _WORDS.sub(_first, left),
    }
    advice = "longer"
    for name, cut in steps.items():
        left = cut(text)
        advice = name if left != text else advice
        text = left
    return text, advice


def _without_runs(text: str) -> str:
    """Cut four or more letters in a row of the alphabet or keyboard, either way, to one."""
    left, at = "", 0
    while at < len(text):
        length = 1
        while at + length < len(text) and _is_run(text[at : at + length + 1]):
            length += 1
        left += text[at] if length >= _RUN else text[at : at + length]
        at += length
    return left


def _is_run(piece: str) -> bool:
    return any(piece in row or piece[::-1] in row for row in _ROWS)


def _first(found: re.Match[str]) -> str:
    return found.group()[0]


def _keys(letter: str) -> int:
    """Return how many keys a letter is worth. A Hangul syllable takes two or three."""
    if letter.isspace():
        return 0
    return 2 if "가" <= letter <= "힣" else 1
