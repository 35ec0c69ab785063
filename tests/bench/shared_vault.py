"""A vault with 20,000 notes of real length, made once into build/ and used by every benchmark."""

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from fakes import AbsentKeychain, FixedChance
from invented import alias, note

from desktop.domain.ids import MeetingId, NoteId, OutreachId, YouthId
from desktop.domain.notes import Note
from desktop.domain.outreach import Meeting, Outreach
from desktop.domain.youths import Age, Youth
from desktop.services import members
from desktop.vault import notes, outreach, search, youths

PASSPHRASE = "가로등 아래 라면 냄새 나는 골목"
NIGHTS, MEETINGS, YOUTHS = 1_000, 20, 4_000
PLACE = Path(__file__).parents[2] / "build" / "bench-vault"
_MADE_BY = 6  # raise when what is made here changes
_FIRST = datetime(2023, 11, 1, 12, 0, tzinfo=UTC)


def thousands(place: Path) -> Path:
    """Copy the vault to `place`; return the home that holds it."""
    kept = PLACE / f"{_MADE_BY}-{_schema()}"
    if not (kept / "whole").exists():
        shutil.rmtree(PLACE, ignore_errors=True)
        _make(kept / "real" / "vault")
        (kept / "whole").touch()
    return shutil.copytree(kept, place / "home")


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


def _make(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    vault = members.create(
        folder, PASSPHRASE,
        world="real", chance=FixedChance(), keychain=AbsentKeychain(), cost=members.USUAL,
    ).vault  # fmt: skip
    chance = random.Random("bench")
    known = [_youth(chance) for _ in range(YOUTHS)]
    with vault.transaction() as db:
        for youth in known:
            youths.add(db, youth)
    for night in range(NIGHTS):
        with vault.transaction() as db:
            _night(db, chance, known, _FIRST + timedelta(days=night))
            if night == NIGHTS - 2:
                # As after every night that ends; doing it a thousand times here changes nothing.
                search.tidy(db)
    members.prove_code(vault)
    vault.close()


def _id(chance) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _youth(chance) -> Youth:
    return Youth(YouthId(_id(chance)), alias(chance), Age.stated(chance.randint(14, 20)), _FIRST)


def _night(db, chance, known, at: datetime) -> None:
    night = Outreach(OutreachId(_id(chance)), "별빛공원 분수대", at, team=("솔", "나무"))
    outreach.add(db, night)
    for youth in chance.sample(known, MEETINGS):
        at += timedelta(minutes=5)
        meeting = Meeting(MeetingId(_id(chance)), night.id, youth.id, at)
        outreach.add_meeting(db, meeting)
        written = Note(NoteId(_id(chance)), youth.id, meeting.id, at, note(chance))
        notes.add(db, written)
        notes.finish(db, notes.one(db, written.id), at)
    if at < _FIRST + timedelta(days=NIGHTS - 1):
        outreach.end(db, night.id, at)
    search.catch_up(db)
