"""Vaults of many notes and what belongs to them, over five years, made once into build/."""

import random
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bench import shared_years
from bench.shared_child import report_of
from bench.shared_words import PASSPHRASE
from fakes import AbsentKeychain, FixedChance
from invented import alias, note
from prove.proof import scratch

from desktop.domain.ids import MeetingId, NoteId, OutreachId, YouthId
from desktop.domain.notes import Note, Signature
from desktop.domain.outreach import Meeting, Outreach
from desktop.domain.youths import Age, Youth
from desktop.services import members
from desktop.vault import notes, outreach, search, youths
from desktop.vault.columns import stamp
from desktop.vault.subjects import as_it_stands

THOUSANDS, SIZES = 20_000, (1_000, 10_000, 30_000, 100_000)
_REAL, _SHORT = (300, 600), (60, 120)  # characters; short ones, to be made in minutes
_YEARS, _NOTES_OF_ONE = timedelta(days=5 * 365), 5
_MEETINGS = 55  # met in one night; of 20,000 real ones: 20
_AT_ONCE = 20  # nights in one transaction
PLACE = Path(__file__).parents[2] / "build" / "bench-vault"
_MADE_BY = 7  # raise when what is made here changes
_LAST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def thousands(place: Path) -> Path:
    """Copy the vault with 20,000 notes to `place`; return the home that holds it."""
    return holding(place, THOUSANDS)


def hundred_thousand(place: Path) -> Path:
    """Copy the vault with 100,000 notes to `place`; return the home that holds it."""
    return holding(place, SIZES[-1])


def holding(place: Path, notes: int) -> Path:
    """Copy the vault with so many notes to `place`; return the home that holds it."""
    kept = PLACE / f"{notes}-{_MADE_BY}-{_schema()}"
    if not (kept / "whole").exists():
        for old in PLACE.glob("*"):
            if not old.name.endswith(f"-{_MADE_BY}-{_schema()}") or old == kept:
                shutil.rmtree(old)
        with scratch("bench") as made:
            report_of("making", Path(made) / "real" / "vault", notes)
            shutil.copytree(made, kept)
        (kept / "whole").touch()
    home = shutil.copytree(kept, place / "home")
    _go_on_tonight(home)
    return home


def _go_on_tonight(home: Path) -> None:
    """Let its last night be one of now: what is measured reads the real clock."""
    now = datetime.now(UTC)  # noqa: TID251
    with closing(opened(home)) as vault, vault.transaction() as db:
        night = outreach.current(db)
        key = (stamp(now), str(night.id))
        db.execute("UPDATE outreach SET started_at = ? WHERE id = ?", key)
        as_it_stands(db, "outreach.changed", night.id, 2, now)


def opened(home: Path):
    """Open it with its passphrase."""
    return members.unlock(
        home / "real" / "vault", PASSPHRASE,
        world="real", keychain=AbsentKeychain(), now=datetime.now(UTC),  # noqa: TID251
    ).vault  # fmt: skip


def _schema() -> str:
    from hashlib import sha256

    from desktop.vault.migrate import scripts

    return sha256("".join(scripts()).encode()).hexdigest()[:12]


def make(folder: Path, count: int) -> None:
    """Make one of them."""
    folder.parent.mkdir(parents=True)
    vault = members.create(
        folder, PASSPHRASE,
        world="real", chance=FixedChance(), keychain=AbsentKeychain(), cost=members.USUAL,
    ).vault  # fmt: skip
    chance = random.Random("bench")
    known = [_youth(chance) for _ in range(count // _NOTES_OF_ONE)]
    with vault.transaction() as db:
        for youth in known:
            youths.add(db, youth)
    evenings = _evenings(count)
    for first in range(0, len(evenings), _AT_ONCE):
        with vault.transaction() as db:
            for at in evenings[first : first + _AT_ONCE]:
                _night(db, chance, chance.sample(known, _met_in(count)), (at, evenings[-1]), count)
                if at == evenings[-2]:
                    # As after every night that ends; doing it each time here changes nothing.
                    search.tidy(db)
    members.prove_code(vault)
    vault.close()


def _met_in(count: int) -> int:
    return 20 if count == THOUSANDS else _MEETINGS


def _evenings(count: int) -> list[datetime]:
    nights = -(-count // _met_in(count))
    return [_LAST - _YEARS * (nights - 1 - n) / nights for n in range(nights)]


def _id(chance) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _youth(chance) -> Youth:
    age = Age.stated(chance.randint(14, 20))
    return Youth(YouthId(_id(chance)), alias(chance), age, _LAST - _YEARS)


def _night(db, chance, met, when: tuple[datetime, datetime], count: int) -> None:
    at, last = when
    night = Outreach(OutreachId(_id(chance)), "별빛공원 분수대", at, team=("솔", "나무"))
    outreach.add(db, night)
    for youth in met:
        at += timedelta(minutes=5)
        meeting = Meeting(MeetingId(_id(chance)), night.id, youth.id, at)
        outreach.add_meeting(db, meeting)
        text = note(chance, *(_REAL if count == THOUSANDS else _SHORT))
        written = Note(NoteId(_id(chance)), youth.id, meeting.id, at, text)
        notes.add(db, written)
        notes.sign(db, notes.one(db, written.id), Signature("bench", at))
        shared_years.leave(db, chance, meeting)
    if night.started_at < last:
        outreach.end(db, night.id, at)
    search.catch_up(db)
