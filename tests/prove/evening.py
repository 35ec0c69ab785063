"""A night at random, through the services, and what must be found in the vault afterwards."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from builders import a_moment
from invented import alias, note, sentence, word

from desktop.domain.agencies import Category
from desktop.domain.consents import (
    ASKED,
    PLAIN_ITEMS,
    SENSITIVE_ITEMS,
    Answer,
    Consent,
    Item,
    Notice,
)
from desktop.domain.ids import AgencyId, ConsentId, JudgementId
from desktop.domain.moment import Moment
from desktop.domain.outreach import Tally
from desktop.domain.referrals import Draft
from desktop.domain.screening import Judgement, Risk
from desktop.domain.youths import Age
from desktop.services import consents, notes, outreach, referrals, screening, search, youths
from desktop.vault import nights
from desktop.vault import outreach as rows

DUSK = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Truth = dict[str, str]
CARRIED = sorted(PLAIN_ITEMS | SENSITIVE_ITEMS)
"""What every organisation may ask about."""


class Clock:
    """Moments one after the other, from a seed."""

    def __init__(self, chance: random.Random, start: datetime = DUSK):
        self._chance, self.now = chance, start

    def __call__(self) -> Moment:
        self.now += timedelta(seconds=1)
        return Moment(self.now, UUID(int=self._chance.getrandbits(128), version=4))


def begin(vault, seed: str) -> None:
    """Begin the night that everything below happens in."""
    plan = outreach.Plan("별빛공원 분수대", team=("솔", "나무"))
    outreach.begin(vault, plan, Clock(random.Random(seed))())


def an_answer(chance, clock, youth, agency="centre") -> Consent:
    """Return an asking with random items, all articles answered yes."""
    moment = clock()
    items = frozenset(chance.sample(CARRIED, chance.randint(1, len(CARRIED))))
    return Consent(
        id=ConsentId(moment.fresh), youth=youth, agency=AgencyId(agency), agency_name="달빛센터",
        items=items, purpose="상담", retention="1년",
        notice=Notice("referral-v1", "ko", "0" * 64),
        answers=dict.fromkeys(ASKED, Answer.GIVEN),
        asked_at=moment.now, valid_until=moment.now + timedelta(days=30),
    )  # fmt: skip


class Night:
    """Does one thing after the other. `truth` is what was said to be kept."""

    def __init__(self, vault, seed: str, truth: Truth, clock_start: datetime = DUSK):
        self._vault = vault
        self._chance = random.Random(seed)
        self._clock = Clock(self._chance, clock_start)
        self._met = {met.youth.alias: met for met in outreach.tonight(vault).met}
        self._tallies = outreach.tonight(vault).tallies
        self._truth = truth

    @property
    def now(self) -> datetime:
        """Return how late it is."""
        return self._clock.now

    def next(self):
        """Choose something to do; return what it will make true, and how to do it."""
        doing = [self._meet] if not self._met else [
            self._write, self._write, self._write, self._finish, self._meet, self._count,
            self._judge, self._draft, self._consent,
        ]  # fmt: skip
        return self._chance.choice(doing)()

    def _someone(self):
        return self._met[self._chance.choice(sorted(self._met))]

    def _meet(self):
        name = alias(self._chance)
        who = youths.NewYouth(name, Age.stated(16))

        def do():
            self._met[name] = youths.meet(self._vault, who, "", self._clock())

        return f"met {name}", "", do

    def _write(self):
        met, text = self._someone(), f"{word(self._chance, 4)} {note(self._chance)}"
        if self._truth.get(f"note {met.youth.alias}", "").startswith("done "):
            return self._add(met, text)
        return (
            f"note {met.youth.alias}",
            f"open {text}",
            lambda: notes.save(self._vault, met.youth.id, met.meeting.id, text, self._clock()),
        )

    def _add(self, met, text):
        found = youths.open_file(self._vault, met.youth.id, met.meeting.id, self._clock()).note
        key = f"added {met.youth.alias}"
        return (
            key,
            " ".join([*(each.text for each in found.addenda), text]),
            lambda: notes.add(self._vault, found.id, text, self._clock()),
        )

    def _finish(self):
        met = self._someone()
        kept = self._truth.get(f"note {met.youth.alias}", "")
        if not kept.startswith("open "):
            return self._write()
        found = youths.open_file(self._vault, met.youth.id, met.meeting.id, self._clock()).note
        return (
            f"note {met.youth.alias}",
            "done " + kept.removeprefix("open "),
            lambda: notes.sign(self._vault, found.id, self._clock()),
        )

    def _count(self):
        tally = self._chance.choice(list(Tally))

        def do():
            self._tallies[tally] = outreach.count(self._vault, tally, 1, self._clock()).number

        return f"tally {tally}", str(self._tallies[tally] + 1), do

    def _judge(self):
        met, moment, grounds = self._someone(), self._clock(), sentence(self._chance)
        judgement = Judgement(
            JudgementId(moment.fresh), met.youth.id, Risk.MEDIUM, grounds, moment.now
        )
        return (
            f"risk {met.youth.alias}",
            grounds,
            lambda: screening.judge(self._vault, judgement, moment),
        )

    def _draft(self):
        met, words = self._someone(), sentence(self._chance)
        categories = frozenset({next(iter(Category))})
        draft = Draft(met.youth.id, categories=categories, words={Item.NEED: words})
        return (
            f"draft {met.youth.alias}",
            words,
            lambda: referrals.keep_draft(self._vault, draft, self._clock()),
        )

    def _consent(self):
        met = self._someone()
        asked = an_answer(self._chance, self._clock, met.youth.id)
        asked = replace(asked, agency_name=word(self._chance, 4))
        return (
            f"consent {met.youth.alias}",
            asked.agency_name,
            lambda: consents.record(self._vault, asked, self._clock()),
        )


def found_in(vault) -> Truth:
    """Read back, through the services, everything `Night` can make true."""
    with vault.reading() as db:  # whatever the clock says: it may be over by now
        night = nights.newest(db).id
        tallies, everybody = rows.tallies(db, night), outreach.met_on(db, night)
    found = {f"tally {tally}": str(n) for tally, n in tallies.items() if n}
    for met in everybody:
        found |= _found_about(vault, met)
    return found


def _found_about(vault, met):
    name = met.youth.alias
    file = youths.open_file(vault, met.youth.id, met.meeting.id, a_moment())
    found = {f"met {name}": ""}
    if file.note:
        found[f"note {name}"] = f"{'done' if file.note.finished_at else 'open'} {file.note.text}"
        hits = search.everything(vault, file.note.text.split()[0], a_moment()).notes
        if file.note.id not in {hit.note_id for hit in hits}:
            found[f"note {name}"] = "not found by its word"
    if file.note and file.note.addenda:
        added = " ".join(each.text for each in file.note.addenda)
        hits = search.everything(vault, added.split()[0], a_moment()).notes
        is_found = file.note.id in {hit.note_id for hit in hits}
        found[f"added {name}"] = added if is_found else "not found by its word"
    if file.judgement:
        found[f"risk {name}"] = file.judgement.grounds
    if file.draft:
        found[f"draft {name}"] = file.draft.words[Item.NEED]
    if file.consents:
        found[f"consent {name}"] = file.consents[0].agency_name
    return found


def differences(truth: Truth, found: Truth, trying: tuple[str, str] | None = None) -> list[str]:
    """Name what is missing or other than it was acknowledged.

    `trying` was under way when the process died: it may be there, or not.
    """
    wrong = []
    for key in sorted(truth.keys() | found.keys()):
        if truth.get(key) == found.get(key) or (key, found.get(key)) == trying:
            continue
        wrong.append(f"{key.split()[0]} acknowledged={key in truth} found={key in found}")
    return wrong
