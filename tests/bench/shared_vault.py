"""Vaults with 20,000 and with 100,000 notes of real length, made once into build/.

They stay there until the schema or what is made here changes.
"""

import random
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bench.shared_child import report_of
from bench.shared_life import Life
from bench.shared_words import PASSPHRASE
from fakes import AbsentKeychain, FixedChance
from hub_for_tests import HubForTests
from invented import alias, note
from prove.proof import scratch

from desktop.domain.ids import MeetingId, NoteId, OutreachId, YouthId
from desktop.domain.moment import CHANCE, fresh_id
from desktop.domain.notes import Note, Signature
from desktop.domain.outreach import Meeting, Outreach
from desktop.domain.youths import Age, Youth
from desktop.services import members
from desktop.vault import nights as night_rows
from desktop.vault import notes, outreach, search, youths
from desktop.vault.columns import stamp
from desktop.vault.subjects import as_it_stands

NIGHTS, MANY_NIGHTS = 1_000, 5_000
LENGTHS = (300, 600)  # characters, in every vault: a paragraph or two about one meeting
MEETINGS, YOUTHS_A_NIGHT = 20, 4  # met in one night; met for the first time
_AT_ONCE = 50  # nights in one transaction
PLACE = Path(__file__).parents[2] / "build" / "bench-vault"
_MADE_BY = 9  # raise when what is made here changes
FIVE_YEARS = 1_826  # days
_LATELY = 4_000  # young people among whom those met again are
_TEAM = ("솔", "나무")
_WHERE = ("놀이터", "역 앞", "공원 분수대", "편의점 골목")


def thousands(place: Path) -> Path:
    """Copy the vault with 20,000 notes to `place`; return the home that holds it."""
    return _copied(place, NIGHTS)


def hundred_thousand(place: Path) -> Path:
    """Copy the vault with 100,000 notes to `place`; return the home that holds it."""
    return _copied(place, MANY_NIGHTS)


def of_nights(place: Path, nights: int) -> Path:
    """Copy the vault with twenty notes for each of so many nights."""
    return _copied(place, nights)


def _copied(place: Path, nights: int) -> Path:
    kept = PLACE / f"{nights}-{_MADE_BY}-{_schema()}"
    if not (kept / "whole").exists():
        for old in PLACE.glob("*"):
            if not old.name.endswith(f"-{_MADE_BY}-{_schema()}") or old == kept:
                shutil.rmtree(old)
        with scratch("bench") as made:
            report_of("making", Path(made) / "real" / "vault", nights)
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


def make(folder: Path, nights: int) -> None:
    """Make one of them: its last night was yesterday."""
    folder.parent.mkdir(parents=True)
    vault = members.create(
        folder, PASSPHRASE,
        world="real", chance=FixedChance(), keychain=AbsentKeychain(), cost=members.USUAL,
    ).vault  # fmt: skip
    chance = random.Random("bench")
    last = datetime.now(UTC).replace(hour=12, minute=0) - timedelta(days=1)  # noqa: TID251
    years = Years(chance, nights, last)
    with scratch("bench-hub") as place:
        house = HubForTests(Path(place))
        years.life = Life(vault, chance, last)
        years.life.enrol(house)
        house.close()
    for first in range(0, nights, _AT_ONCE):
        with vault.transaction() as db:
            for night in range(first, first + _AT_ONCE):
                held = years.night(db, night)
                if night < nights - 1:
                    outreach.end(db, *held)
                    over = outreach.one(db, held[0])
                    night_rows.close(db, over, held[1], was_forgotten=False)
                if night == nights - 2:
                    # As after every night that ends; doing it each time here changes nothing.
                    search.tidy(db)
    members.prove_code(vault)
    vault.close()


class Years:
    """Night after night: four are met for the first time, the others within the last year."""

    life: Life

    def __init__(self, chance: random.Random, nights: int, last: datetime) -> None:
        self._chance, self._nights, self._last = chance, nights, last
        self._known: list[YouthId] = []
        self._places = [f"{alias(chance)} {where}" for where in _WHERE for _ in range(10)]

    def night(self, db, number: int) -> tuple[OutreachId, datetime]:
        """Keep one night with its notes and all that came of them; return it and its end."""
        chance = self._chance
        at = self._last - (self._nights - 1 - number) * timedelta(days=_apart(self._nights))
        held = Outreach(OutreachId(_id(chance, at)), chance.choice(self._places), at, team=_TEAM)
        outreach.add(db, held)
        for youth in self._met(db, at):
            at += timedelta(minutes=5)
            meeting = Meeting(MeetingId(_id(chance, at)), held.id, youth, at, held.place)
            outreach.add_meeting(db, meeting)
            text = note(chance, *LENGTHS)
            written = Note(NoteId(_id(chance, at)), youth, meeting.id, at, text)
            notes.add(db, written)
            notes.sign(db, notes.one(db, written.id), Signature("bench", at))
            self.life.meeting(db, youth, written.id, at)
        search.catch_up(db)
        return held.id, at

    def _met(self, db, at: datetime) -> list[YouthId]:
        again = self._known[-_LATELY:]
        met = self._chance.sample(again, min(MEETINGS - YOUTHS_A_NIGHT, len(again)))
        for _ in range(MEETINGS - len(met)):
            age = Age.stated(self._chance.randint(14, 20))
            youth = Youth(YouthId(_id(self._chance, at)), alias(self._chance), age, at)
            youths.add(db, youth)
            self._known.append(youth.id)
            met.append(youth.id)
        return met


def _id(chance, at: datetime) -> UUID:
    return fresh_id(at, chance.randbytes(CHANCE))  # begins with its time, as those of the program


def _apart(nights: int) -> float:
    """Return the days from one night to the next: the teams of a city go out on one evening."""
    return 1.0 if nights == NIGHTS else FIVE_YEARS / nights
