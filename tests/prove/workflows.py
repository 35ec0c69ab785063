"""What a person does with a vault, one thing at a time, so that it can be made to fail.

Each starts from a folder that was prepared once, and ends in what a later opening finds: what was
there before, or what was to come, and nothing else.
"""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from invented import note, sentence
from prove.contents import contents
from prove.evening import DUSK, Clock, begin
from prove.failing import told_by_child
from prove.released import answered
from vaults_for_tests import WORLD, a_closed_vault, by_key, code

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.ids import JudgementId
from desktop.domain.outreach import Tally
from desktop.domain.referrals import Draft
from desktop.domain.safety import Step
from desktop.domain.screening import Judgement, Risk
from desktop.domain.youths import Age
from desktop.errors import AppError
from desktop.services import (
    consents,
    members,
    notes,
    outreach,
    referrals,
    safety,
    screening,
    youths,
)
from desktop.vault import notes as rows

LATER = DUSK + timedelta(hours=6)


@dataclass(frozen=True)
class Ready:
    """`act` is what may fail. `vault` is open, where `act` writes to it in one transaction."""

    act: Callable[[], object]
    vault: object = None
    is_repeatable: bool = True
    """Whether a person may try again at once, when the disk was full."""


@dataclass(frozen=True)
class Workflow:
    """`reach` says below which part of the place the disk fails."""

    name: str
    ready: Callable[[Path], Ready]
    before: Callable[[Path], object]
    found: Callable[[Path], str]
    reach: str = "home/vault"


def an_evening(place: Path) -> None:
    """Leave a closed vault with a night, three young people and something of everything."""
    vault = by_key(a_closed_vault(place / "home" / "vault"))
    begin(vault, "evening")
    chance = random.Random("evening")
    moments = Clock(chance)
    saved = {}
    for name in ("하늘", "나무", "솔"):
        met = youths.meet(vault, youths.NewYouth(name, Age.stated(16)), "", moments())
        ids = met.youth.id, met.meeting.id
        saved[name] = notes.save(vault, *ids, note(chance), moments())
        judge(vault, met, chance, moments)
    notes.sign(vault, saved["나무"].id, moments())
    vault.close()


def judge(vault, met, chance, moments):
    """Judge somebody's risk."""
    moment = moments()
    judgement = Judgement(
        JudgementId(moment.fresh), met.youth.id, Risk.LOW, sentence(chance), moment.now
    )
    screening.judge(vault, judgement, moment)


def an_evening_cut_short(place: Path) -> None:
    """Leave the same, and the end of it only in the log: the process died."""
    an_evening(place)

    def write(begins):
        vault = by_key(place / "home" / "vault")
        save_more(vault)
        os._exit(0)

    told_by_child(write)


def nothing(place: Path) -> None:
    """Leave an empty home."""
    (place / "home").mkdir()


def found_in_vault(place: Path) -> str:
    """Return all that the vault holds, in words that do not change from run to run."""
    vault = by_key(place / "home" / "vault")
    try:
        vault.verify()
        return contents(vault)
    finally:
        vault.close()


def _met(vault):
    return outreach.tonight(vault).met[0]


def _in_vault(do):
    """Make a workflow of something done in an open vault."""

    def ready(place):
        vault, chance = by_key(place / "home" / "vault"), random.Random("later")
        met = _met(vault)
        return Ready(lambda: do(vault, met, chance, Clock(random.Random("later"), LATER)), vault)

    return ready


def _meet(vault, met, chance, moments):
    youths.meet(vault, youths.NewYouth("바다", Age.stated(15)), "", moments())


def save_more(vault) -> None:
    """Write something else about somebody met."""
    _save(vault, _met(vault), None, Clock(random.Random("later"), LATER))


def _save(vault, met, chance, moments):
    text = note(random.Random("saved"))
    notes.save(vault, met.youth.id, met.meeting.id, text, moments())


def _finish(vault, met, chance, moments):
    meeting = outreach.tonight(vault).met[-1].meeting
    with vault.reading() as db:
        kept = rows.about(db, meeting.id)
    notes.sign(vault, kept.note.id, moments())


def _count(vault, met, chance, moments):
    outreach.count(vault, Tally.LEAFLET, 1, moments())


def _judge(vault, met, chance, moments):
    judge(vault, met, random.Random("judged"), moments)


def _keep_draft(vault, met, chance, moments):
    words = {Item.NEED: sentence(random.Random("draft"))}
    draft = Draft(met.youth.id, categories=frozenset({Category.COUNSEL}), words=words)
    referrals.keep_draft(vault, draft, moments())


def _record_consent(vault, met, chance, moments):
    asked = answered(met.youth.id, "centre", frozenset(Item), moments())
    consents.record(vault, asked, moments())


def _end_night(vault, met, chance, moments):
    outreach.end(vault, outreach.tonight(vault).outreach.id, moments())


def _unlock(place):
    return Ready(
        lambda: members.unlock_with_recovery(
            place / "home" / "vault", code(), world=WORLD, now=LATER
        )
    )


def _close(place):
    vault = by_key(place / "home" / "vault")
    save_more(vault)
    return Ready(vault.close)


def _mend(place):
    (place / "home" / "vault" / "hdr.b").write_bytes(b"torn")
    return _unlock(place)


def _save_and_say_so(vault, met, chance, moments):
    """A control: a failure is passed over."""
    with suppress(AppError, MemoryError):
        _save(vault, met, chance, moments)


def _add(vault, met, chance, moments):
    """Add words to the note that is signed."""
    with vault.reading() as db:
        kept = rows.about(db, outreach.tonight(vault).met[1].meeting.id)
    notes.add(vault, kept.note.id, sentence(chance), moments())


def _keep_plan(vault, met, chance, moments):
    safety.keep(vault, met.youth.id, {Step.OWN: sentence(chance)}, moments())


_DONE = {
    "meet": _meet, "save": _save, "sign": _finish, "add": _add, "count": _count, "judge": _judge,
    "keep a plan": _keep_plan,
    "keep a draft": _keep_draft, "record a consent": _record_consent, "end the night": _end_night,
}  # fmt: skip

WORKFLOWS = (
    Workflow("unlock", _unlock, an_evening, found_in_vault),
    Workflow("unlock after a kill", _unlock, an_evening_cut_short, found_in_vault),
    Workflow("unlock with one header", _mend, an_evening, found_in_vault),
    *(Workflow(n, _in_vault(do), an_evening, found_in_vault) for n, do in _DONE.items()),
    Workflow("close", _close, an_evening, found_in_vault),
)
HASTY = Workflow("say so and fail", _in_vault(_save_and_say_so), an_evening, found_in_vault)
