"""What a hub hands out with a one-time code: as a QR picture, and as letters to type."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

SCHEME = "bammajung:1?"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like a number, none that spells a rude word."""
CODE_LETTERS = 26
_ALIKE = str.maketrans("ILO", "110")
_GROUP = 4
_LONGEST = 1024
_LONGEST_PART = 255
_ROOT_BYTES = 32


class NotATicket(Exception):
    """These words are no ticket of ours, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Everything a new device needs to join."""

    code: str
    url: str
    org: str
    role: str
    root: bytes
    """SHA-256 of the network's root.json, which the device pins."""

    def text(self) -> str:
        """Return what the QR picture says."""
        facts = {"c": self.code, "h": self.url, "o": self.org, "r": self.role}
        return SCHEME + urlencode({**facts, "f": self.root.hex()})


def read_ticket(text: str) -> Ticket:
    """Read what a scanner typed, or raise `NotATicket`."""
    said = text.strip()
    if not said.startswith(SCHEME) or len(said) > _LONGEST:
        raise NotATicket
    try:
        facts = parse_qs(said.removeprefix(SCHEME), strict_parsing=True, max_num_fields=5)
        code, url, org, role, root = (_only(facts, name) for name in "chorf")
        ticket = Ticket(plain_code(code), url, org, role, bytes.fromhex(root))
    except (ValueError, KeyError) as error:
        raise NotATicket from error
    if len(ticket.root) != _ROOT_BYTES:
        raise NotATicket
    return ticket


def plain_code(typed: str) -> str:
    """Return a code as it is hashed, however it was typed; raises `NotATicket`."""
    code = "".join(typed.split()).replace("-", "").upper().translate(_ALIKE)
    if len(code) != CODE_LETTERS or any(letter not in LETTERS for letter in code):
        raise NotATicket
    return code


def grouped(code: str) -> str:
    """Return a code as it is printed: groups that an eye can hold."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _only(facts: dict[str, list[str]], name: str) -> str:
    (value,) = facts[name]
    if len(value) > _LONGEST_PART:
        raise NotATicket
    return value
