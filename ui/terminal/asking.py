"""Commands in a terminal: secrets are typed unseen, answers are lines for people or JSON."""

import json
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from getpass import GetPassWarning, getpass
from typing import Final

import i18n
from desktop import settings
from desktop.errors import AppError, WeakPassphrase
from desktop.paths import Places
from desktop.services import members
from i18n import tr
from ui import messages
from ui.main import system_language
from ui.world import Start

GOOD, BAD, UNUSABLE = 0, 1, 2
"""Exit codes: all is well, something is not, or it cannot be asked this way."""
_MARKS: Final = {True: "✓", False: "✗", None: "?"}


class NotAsked(Exception):
    """There is no terminal to type a secret on, or nobody typed one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done or found: well, not well, or not known; and the facts behind it."""

    is_well: bool | None
    words: str
    facts: Mapping[str, str]


def run(start: Start, work: Callable[[Places], list[Line]], *, as_json: bool) -> int:
    """Do `work`, print what it says, and return the exit code."""
    places = Places(start.home) if start.home else Places.usual()
    i18n.use(settings.load(places.settings).language or system_language())
    try:
        lines = work(places)
    except AppError as error:
        lines = [failed(error)]
    except NotAsked:
        words = tr("A passphrase is only typed in a terminal, where nobody sees it.")
        sys.stderr.write(words + "\n")
        return UNUSABLE
    sys.stdout.write(report(lines, as_json=as_json) + "\n")
    return BAD if any(line.is_well is False for line in lines) else GOOD


def report(lines: list[Line], *, as_json: bool) -> str:
    """Return JSON, or a line each."""
    if as_json:
        told = [{"is_well": line.is_well, "says": line.words, **line.facts} for line in lines]
        return json.dumps(told, ensure_ascii=False, indent=1)
    return "\n".join(f"{_MARKS[line.is_well]} {line.words}" for line in lines)


def failed(error: AppError, **facts: str) -> Line:
    """Say what happened and what to do next."""
    return Line(False, messages.sentence(error), {"failure": type(error).__name__, **facts})


def secret(prompt: str) -> str:
    """Ask for a passphrase or code; what is typed is not shown. Never taken from a pipe."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            typed = getpass(prompt + " ")
    except (GetPassWarning, EOFError, KeyboardInterrupt) as error:
        raise NotAsked from error
    if not typed:
        raise NotAsked
    return typed


def opening_secret() -> str:
    """Ask for whatever opens a vault."""
    return secret(tr("Passphrase or recovery code:"))


def new_passphrase() -> str:
    """Ask for a passphrase twice; raises `WeakPassphrase`."""
    while True:
        fresh = secret(tr("A new passphrase for this computer:"))
        if not members.strength(fresh).is_enough:
            raise WeakPassphrase
        if fresh == secret(tr("Once more:")):
            return fresh
        sys.stderr.write(tr("The two are not the same.") + "\n")
