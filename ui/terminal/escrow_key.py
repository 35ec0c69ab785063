"""`bammajung escrow-key`: an organisation makes its key, once, on a computer without a network."""

import os
import sys
from pathlib import Path

import i18n
from desktop import settings
from desktop.errors import PlaceTaken
from desktop.paths import Places
from desktop.services import escrow
from i18n import tr
from ui import messages
from ui.main import system_language
from ui.terminal.asking import BAD, GOOD, UNUSABLE, NotAsked, secret
from ui.world import Start

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Empties the terminal, and what it remembers above."""


def escrow_key(start: Start, to: Path | None) -> int:
    """Show each half to its holder alone, then the text for every laptop; return the exit code."""
    places = Places(start.home) if start.home else Places.usual()
    i18n.use(settings.load(places.settings).language or system_language())
    if to is not None and to.exists():
        sys.stderr.write(messages.sentence(PlaceTaken()) + "\n")
        return BAD
    key = escrow.new_key(os.urandom)
    try:
        _hand_out(tr("First half, for one person alone to see:"), key.half_a)
        _hand_out(tr("Second half, for another person alone to see:"), key.half_b)
    except NotAsked:
        _say(_CLEAR + tr("No key was made: both halves must be on paper first."))
        return UNUSABLE
    letters = escrow.fingerprint(key.public_text)
    _say(tr("The text for every laptop. Print {letters} beside it.", letters=letters))
    if to is None:
        _say(key.public_text)
    else:
        to.write_text(key.public_text, encoding="utf-8")
        _say(str(to))
    return GOOD


def _hand_out(what: str, half: str) -> None:
    """Show a half until it was typed off its paper, then take it off the screen."""
    typed = ""
    while not _is_same(typed, half):
        _say(f"{_CLEAR}{what}\n\n    {half}\n")
        typed = secret(tr("Write it down, then type it off the paper:"))
    _say(_CLEAR)


def _is_same(typed: str, half: str) -> bool:
    return typed.upper().replace("-", "").replace(" ", "") == half.replace("-", "")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
