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
    if to is not None and (refused := _refused(to)):
        sys.stderr.write(refused + "\n")
        return BAD
    key = escrow.new_key(os.urandom)
    try:
        _hand_out(tr("First half, for one person alone to see:"), key.half_a)
        _hand_out(tr("Second half, for another person alone to see:"), key.half_b)
    except NotAsked:
        _say(_CLEAR + tr("No key was made: both halves must be on paper first."))
        return UNUSABLE
    return _tell(key.public_text, to)


def _refused(to: Path) -> str:
    """Say why the text cannot go there: before two people have copied their halves."""
    if to.exists():
        return messages.sentence(PlaceTaken())
    if not to.absolute().parent.is_dir():
        return tr("There is no folder {folder}. Make it, or put the stick in, then try again.",
                  folder=to.absolute().parent)  # fmt: skip
    return ""


def _tell(public: str, to: Path | None) -> int:
    letters = escrow.fingerprint(public)
    _say(tr("The text for every laptop. Print {letters} beside it.", letters=letters))
    try:
        if to is not None:
            to.write_text(public, encoding="utf-8")
    except OSError:  # the halves are on paper: the text must not be lost with the place
        _say(tr("It could not be written to {place}. Copy it from here:", place=to))
        to = None
    _say(public if to is None else str(to))
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
