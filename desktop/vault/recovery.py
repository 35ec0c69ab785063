"""The printed recovery code: 130 random bits as 26 letters, and 2 more that catch a slip."""

from desktop.vault.keys import Chance
from sync.protocol.digests import sha256

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH, _CHECK, _GROUP = 26, 2, 4


def fresh_code(chance: Chance) -> str:
    """Return a new code in groups of four."""
    letters = "".join(_LETTERS[byte % 32] for byte in chance(_LENGTH))
    whole = letters + _check(letters)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def code_secret(typed: str) -> bytes | None:
    """Return the secret a code stands for, or None when it was mistyped.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.
    """
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(_READ_AS)
    if len(letters) != _LENGTH + _CHECK or not set(letters) <= set(_LETTERS):
        return None
    code, check = letters[:_LENGTH], letters[_LENGTH:]
    return code.encode() if check == _check(code) else None


def _check(letters: str) -> str:
    number = int.from_bytes(sha256(b"bammajung code " + letters.encode())[:2], "big")
    return _LETTERS[number >> 5 & 31] + _LETTERS[number & 31]
