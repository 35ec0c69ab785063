"""Making the practice week: step by step, each whole or not at all, and never twice.

How far it has come is kept in the transaction of each step, so that a lock or a power cut in the
middle goes on where it was. It is begun in a practice vault alone, where nobody was met yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from desktop.domain.moment import Moment
from desktop.services import agencies, looks
from desktop.services.practice import asks, cares, live, nights
from desktop.services.practice.cast import NIGHTS, Names, Week, week
from desktop.vault import meta
from desktop.vault import nights as rows
from desktop.vault.columns import stamp, time
from desktop.vault.database import Db, Vault

_KEY = "practice_week"
_OVER, _NONE = "over", "none"
_WRITTEN = NIGHTS * nights.PARTS
_CARED = _WRITTEN + 1
_ASKED = _CARED + asks.PARTS
_SENT = _ASKED + live.PARTS
STEPS = _SENT + 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    done: int
    is_over: bool
    waits_for_line: bool = False
    """The rest needs the list of agencies, or the answer of one: go on when something came."""

    @property
    def is_sent(self) -> bool:
        """Whether everything is laid out, and what is to go may go."""
        return self.done >= _SENT


def begin(vault: Vault, moment: Moment) -> Progress:
    """Begin the week, or say how far it was; a vault that somebody works in already gets none."""
    with vault.transaction() as db:
        if meta.kept(db, _KEY) is None:
            is_new = vault.world == "practice" and rows.newest(db) is None
            meta.keep(db, _KEY, f"0 {stamp(moment.now)}" if is_new else _NONE, moment.now)
        return _progress(db, Names(vault.vault_id))


def go_on(vault: Vault, moment: Moment, chance: Callable[[int], bytes]) -> Progress:
    """Do the next step: some 50 ms. Nothing more is done once it is over or waits for the line."""
    names = Names(vault.vault_id)
    with vault.reading() as db:
        before = _progress(db, names)
        if before.is_over or before.waits_for_line:
            return before
        found = _week(_began(db))
        known = agencies.every(db) if before.done >= _CARED else ()
    if before.done >= _SENT:
        live.take_back(vault, moment)
    elif before.done >= _ASKED:
        live.send(vault, found, known, (before.done - _ASKED, moment.now), chance)
    with vault.transaction() as db:
        who = looks.reader(db, vault).who
        if before.done < _WRITTEN:
            place = divmod(before.done, nights.PARTS)
            nights.write(db, found, names, place, who)
        elif before.done < _CARED:
            cares.write(db, found, names, who)
        elif before.done < _ASKED:
            asks.write(db, found, names, known, before.done - _CARED)
        _keep(db, before.done + 1, moment.now)
        return _progress(db, names)


@lru_cache(maxsize=1)
def _week(now: datetime) -> Week:
    return week(now)


def _keep(db: Db, done: int, now: datetime) -> None:
    began = stamp(_began(db))
    meta.keep(db, _KEY, _OVER if done >= STEPS else f"{done} {began}", now)


def _began(db: Db) -> datetime:
    return time((meta.kept(db, _KEY) or "").partition(" ")[2])


def _progress(db: Db, names: Names) -> Progress:
    kept = meta.kept(db, _KEY)
    if kept in (None, _NONE, _OVER):
        return Progress(STEPS if kept == _OVER else 0, is_over=True)
    done = int((kept or "0").partition(" ")[0])
    waits = done >= _CARED and not agencies.every(db)
    waits = waits or (done >= _SENT and not live.may_take_back(db, names))
    return Progress(done, is_over=False, waits_for_line=waits)
