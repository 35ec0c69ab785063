"""Who is met in the practice week, and when: from a seed, the same people for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from desktop.domain.days import ONE_DAY, begins, day_of
from desktop.domain.ids import OutreachId, YouthId
from desktop.domain.outreach import Outreach
from desktop.domain.youths import Age, Gender, Youth
from desktop.services.practice.words import words

PEOPLE, NOTES, NIGHTS, NAMELESS = 200, 600, 7, 10
_SEED, _FONDLY = "a week of practice", "이"
_OPENS = timedelta(hours=14)
"""20:00: so long after a day begins."""
_LONG = timedelta(hours=4, minutes=40)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    number: int
    alias: str
    age: Age
    gender: Gender
    language: str = "ko"
    keep_from_guardian: bool = False
    is_nameless: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One meeting of the week; `number` counts them all."""

    number: int
    night: int
    person: Person
    at: datetime
    place: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that is the same whatever vault it is written into."""

    began: datetime
    """When the day began in which the practice did: the week ends with the night before."""
    people: tuple[Person, ...]
    visits: tuple[Visit, ...]
    """In the order of time."""

    def visits_on(self, night: int) -> tuple[Visit, ...]:
        """Return whom we met on one night."""
        return tuple(visit for visit in self.visits if visit.night == night)

    def last_visits(self) -> tuple[Visit, ...]:
        """Return everybody's last meeting, by their number."""
        last = {visit.person.number: visit for visit in self.visits}
        return tuple(last[person.number] for person in self.people)

    def opens(self, night: int) -> datetime:
        """Return when a night began; the last is yesterday's."""
        return self.began - (NIGHTS - night) * ONE_DAY + _OPENS

    def ends(self, night: int) -> datetime:
        """Return when it ended."""
        return self.opens(night) + _LONG + timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Names:
    """Ids of what is invented: the same again in one vault, and others in another."""

    vault: UUID

    def of(self, name: str) -> UUID:
        """Return the id of the thing called so."""
        return uuid5(self.vault, f"practice week: {name}")


def week(now: datetime) -> Week:
    """Return the week that ended with the night before `now`."""
    chance = Random(_SEED)  # noqa: S311 - a play with words, no secret
    people = tuple(_people(chance))
    began = begins(day_of(now))
    bare = Week(began, people, ())
    return Week(began, people, tuple(_visits(bare, chance)))


def night_of(week: Week, night: int, names: Names) -> Outreach:
    """Return one night of the week, which has ended."""
    place, route = words().nights[night]
    partners = words().partners if night == 4 else words().partners[:1] if night == 1 else ()
    team = words().team[: 2 + night % 3]
    return Outreach(
        OutreachId(names.of(f"night {night}")), place, week.opens(night), route, team,
        bool(partners), week.ends(night), partners,
    )  # fmt: skip


def youth_of(visit: Visit, names: Names) -> Youth:
    """Return whoever is met here, as they are kept."""
    who = visit.person
    return Youth(
        YouthId(names.of(f"person {who.number}")), who.alias, who.age, visit.at, who.gender,
        who.language, who.keep_from_guardian,
    )  # fmt: skip


def _people(chance: Random) -> Iterator[Person]:
    # The first two may be one person: a newcomer finds out, and puts them together.
    yield Person(0, "하늘", Age.stated(16), Gender.FEMALE)
    yield Person(1, "하늘이", Age.estimated(16), Gender.FEMALE)
    known = {"하늘", "하늘이"}
    bare = sorted(set(words().firsts) - known)
    fond = (a + b for a in bare for b in words().seconds if b != _FONDLY or _closes(a))
    more = chance.sample(sorted(set(fond) - known - set(bare)), PEOPLE // 8)
    sample = chance.sample([*bare, *more], PEOPLE - len(known) - NAMELESS)
    named, marks = iter(sample), iter(words().marks)
    for number in range(2, PEOPLE):
        # Met from the second night on: what is noted about them has days left.
        is_nameless = number >= 90 and number % 11 == 5
        yield Person(
            number, next(marks if is_nameless else named),
            _age(chance, number, is_nameless=is_nameless), chance.choice(tuple(Gender)),
            "vi" if number % 23 == 0 else "ko", number % 19 == 0, is_nameless,
        )  # fmt: skip


def _closes(alias: str) -> bool:
    """Say whether a name ends in a consonant: only then it is called fondly (하늘이, 바다)."""
    return (ord(alias[-1]) - ord("가")) % 28 != 0


def _age(chance: Random, number: int, *, is_nameless: bool) -> Age:
    years = chance.choice((14, 15, 15, 16, 16, 17, 17, 18, 18, 19, 20, 22))
    if is_nameless:
        return Age.between(years, years + 2) if number % 2 else Age.unknown()
    if number % 17 == 0:
        return Age.stated(chance.choice((12, 13)))
    if number % 5 == 0:
        return Age.estimated(years)
    return Age.between(years, years + 2) if number % 7 == 0 else Age.stated(years)


def _visits(bare: Week, chance: Random) -> Iterator[Visit]:
    number, known = 0, 0
    for night in range(NIGHTS):
        met = NOTES * (night + 1) // NIGHTS - NOTES * night // NIGHTS
        upto = _known_after(night)
        back = [person for person in bare.people[:known] if not person.is_nameless]
        new = bare.people[known:upto]
        tonight = [*new, *chance.sample(back, met - len(new))] if night else list(new)
        chance.shuffle(tonight)
        for turn, person in enumerate(tonight):
            at = bare.opens(night) + _LONG * (turn + 1) / (met + 1)
            place = chance.choice(words().places[:2] if person.number < 2 else words().places)
            is_first = person.number >= known
            yield Visit(number, night, person, at.replace(microsecond=0), place, is_first)
            number += 1
        known = upto


def _known_after(night: int) -> int:
    first = NOTES // NIGHTS
    return first + (PEOPLE - first) * night // (NIGHTS - 1)
