"""Words and keys, however they might have been written down (R-20)."""

import base64
import unicodedata

from desktop.domain.hangul import pairs

_PIECE = 24  # characters of a text that are looked for: enough not to be there by chance
_FIRST, _PER_INITIAL, _PER_VOWEL = 0xAC00, 588, 28
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]


def forms(needle: str | bytes) -> dict[str, bytes]:
    """Return every way in which a needle might lie in a file."""
    if isinstance(needle, bytes):
        return {"raw": needle, **_armoured(needle, "")}
    needle = needle[:_PIECE]
    found = {
        "utf-8": needle.encode(),
        "utf-16le": needle.encode("utf-16-le"),
        "utf-16be": needle.encode("utf-16-be"),
        "nfd": unicodedata.normalize("NFD", needle).encode(),
        "nfd-utf-16le": unicodedata.normalize("NFD", needle).encode("utf-16-le"),
        "jamo": _jamo(needle).encode(),
        "pairs": pairs(needle).encode(),
        "escaped": needle.encode("ascii", "backslashreplace"),
    }
    return found | _armoured(needle.encode(), "") | _armoured(needle.encode("utf-16-le"), "16-")


def _armoured(raw: bytes, kind: str) -> dict[str, bytes]:
    found = {f"{kind}hex": raw.hex().encode(), f"{kind}HEX": raw.hex().upper().encode()}
    for shift in range(3):
        # What stands before decides how base64 falls; only whole characters of ours count.
        text = base64.b64encode(bytes(shift) + raw)
        first, last = (shift * 8 + 5) // 6, (shift + len(raw)) * 8 // 6
        found[f"{kind}base64-{shift}"] = text[first:last]
        found[f"{kind}base64url-{shift}"] = text[first:last].translate(
            bytes.maketrans(b"+/", b"-_")
        )
    return found


def _jamo(text: str) -> str:
    taken_apart = []
    for letter in text:
        at = ord(letter) - _FIRST
        if not 0 <= at < 11_172:
            taken_apart.append(letter)
            continue
        initial, rest = divmod(at, _PER_INITIAL)
        vowel, final = divmod(rest, _PER_VOWEL)
        taken_apart.append(_INITIALS[initial] + _VOWELS[vowel] + _FINALS[final])
    return "".join(taken_apart)
