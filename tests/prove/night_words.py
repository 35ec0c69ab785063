"""Whatever order things are done in, every word that should be kept is, and no other (R-22).

Meeting, writing, signing, adding, putting two together, parting them, agreeing, expiring, being
forgotten: the words stay about the right person.

A clerk who knows nothing of rows keeps a ledger beside the real vault; both must tell the same
after each step. In the end every kept note is found by its word, and no word that went can be read
in any page of any file. Controls: seven ways of doing it badly.
"""

import random
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from builders import NOON, called, on_a_night
from invented import word
from prove import compared
from prove.instead import instead
from prove.ledger import JOTTING, Ledger, Page
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_vault

from desktop.domain.moment import Moment
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.safety import Step
from desktop.domain.youths import Age
from desktop.errors import NothingWritten
from desktop.note_errors import NoteSigned
from desktop.people_errors import CannotMerge, CannotPart
from desktop.services import (
    backups,
    growing,
    merging,
    notes,
    outreach,
    retention,
    safety,
    youths,
)
from desktop.vault import addenda, jottings, versions
from desktop.vault import merging as merged_rows

NAME = "night-words"
FULL = 100_000
STEPS_A_VAULT = 100
ACTS = (
    "meet", "meet", "meet", "again", "write", "write", "write", "write", "rescue", "sign", "sign",
    "add", "add", "aside", "plan", "plan", "join", "join", "join", "part", "part", "name", "name",
    "expire", "forget_note", "forget_jotting", "forget_youth", "erase", "night", "keep",
)  # fmt: skip
_MINUTES = ((0, 2), (0, 2), (6, 90), (1_000, 5_000))


def run(count: int) -> Proof:
    """Do that many things."""
    broken = spread(walked, count, STEPS_A_VAULT, NAME)
    control = all(_is_caught(*fault) for fault in _FAULTS)
    return Proof(count, len(broken), control)


def walked(seed: str, count: int, acts=ACTS) -> list[str]:
    """Do so many things in one vault, and say where ledger and vault disagree."""
    chance, done = random.Random(seed), []
    with scratch("words") as place:
        desk = Desk(Path(place) / "vault", chance)
        try:
            for _ in range(count):
                done.append((chance.choice(acts), chance.randint(*chance.choice(_MINUTES))))
                desk.do(*done[-1])
            desk.close()
        except AssertionError as wrong:
            return [f"after {len(done)}, last {done[-8:]}: {wrong}"]
        finally:
            desk.vault.close()
    return []


class Desk:
    """A vault, and the ledger that should say the same."""

    def __init__(self, folder, chance):
        self.vault, self.folder, self.ledger = a_vault(folder), folder, Ledger()
        self._chance, self._now, self._ever = chance, NOON, set()

    def do(self, act, minutes):
        """Let so many minutes pass, do one thing, and compare."""
        self._now += timedelta(minutes=minutes, seconds=1)
        on_a_night(self.vault, self._moment())
        getattr(self, f"_{act}")()
        compared.people(self.vault, self.ledger)

    def close(self):
        """Look everywhere: rows, search, pages, journal."""
        compared.rows(self.vault, self.ledger, self._ever)
        compared.searched(self.vault, self.ledger, self._moment)
        assert retention.sweep(self.vault, self._now), "the sweeping did not end"
        compared.files(self.vault, self.folder, self.ledger, self._ever)
        self.vault.verify()

    def _moment(self):
        return Moment(self._now, UUID(int=self._chance.getrandbits(128), version=4))

    def _fresh(self):
        self._ever.add(made := word(self._chance, 8))
        return made

    def _some(self, found):
        found = sorted(found)
        return self._chance.choice(found) if found else None

    def _page(self, is_signed):
        pages = self.ledger.pages
        found = [key for key, page in pages.items() if page.text and page.is_signed == is_signed]
        return self._some(found)

    def _note(self, key):
        page = self.ledger.pages[key]
        return youths.open_file(self.vault, page.owner, key, self._moment()).note.id

    def _meet(self):
        is_nameless = self._chance.random() < 0.4
        given = self._fresh() if is_nameless and self._chance.random() < 0.3 else ""
        who = youths.NewYouth(self._fresh(), Age.stated(16), is_nameless=is_nameless, given=given)
        met = youths.meet(self.vault, who, "", self._moment())
        self.ledger.alias[met.youth.id] = who.alias
        self.ledger.pages[met.meeting.id] = Page(met.youth.id)
        if is_nameless:
            self.ledger.since[met.youth.id] = (self._now, given)

    def _again(self):
        if youth := self._some(self.ledger.alias):
            met = youths.meet_again(self.vault, youth, "", self._moment())
            self.ledger.pages.setdefault(met.meeting.id, Page(youth))

    def _write(self, save=notes.save):
        key = self._some(self.ledger.pages)
        if key is None:
            return
        page, text = self.ledger.pages[key], self._fresh()
        try:
            save(self.vault, page.owner, key, text, self._moment())
            assert not page.is_signed, "a signed note was changed"
            self.ledger.write(page, text, self._now)
        except NoteSigned:
            assert page.is_signed, "a note that is open cannot be written"

    def _rescue(self):
        self._write(self._rescued)

    def _rescued(self, vault, youth, key, text, moment):
        notes.rescue(vault, youth, key, text, moment)
        page = self.ledger.pages[key]
        self.ledger.write(page, text, self._now)
        page.before.append(text)

    def _sign(self):
        if key := self._page(is_signed=False):
            notes.sign(self.vault, self._note(key), self._moment())
            self.ledger.pages[key].is_signed = True

    def _add(self):
        if key := self._page(is_signed=True):
            page, text = self.ledger.pages[key], self._fresh()
            notes.add(self.vault, self._note(key), text, self._moment())
            page.added, page.adding = [*page.added, text], ""

    def _aside(self):
        if key := self._page(is_signed=True):
            text = self._fresh() if self._chance.random() < 0.7 else ""
            notes.set_adding_aside(self.vault, self._note(key), text, self._moment())
            self.ledger.pages[key].adding = text

    def _plan(self):
        if youth := self._some(self.ledger.alias):
            text = self._fresh()
            safety.keep(self.vault, youth, {Step.OWN: text}, self._moment())
            self.ledger.plan(youth, text, self._now)

    def _join(self):
        if len(self.ledger.alias) < 2:
            return
        other, kept = self._chance.sample(sorted(self.ledger.alias), 2)
        agreed = self._chance.choice((None, True, False))
        ledger, asked = self.ledger, self.ledger.has_words(other)
        is_nameless = other in ledger.since
        try:
            merging.merge(self.vault, other, kept, self._moment(), agreed)
        except CannotMerge:
            assert kept in ledger.since, "two that can be put together were not"
        except NothingWritten:
            assert (asked, agreed) == (True, None), "an answer was asked for where none is needed"
        else:
            assert kept not in ledger.since, "words about a nameless one were mixed with others"
            assert not asked or agreed is not None, "nobody was asked"
            ledger.answer(other, agreed=agreed, at=self._now)
            ledger.join(other, kept, is_nameless=is_nameless)

    def _part(self):
        if not self.ledger.joined:
            return
        joined = self._chance.choice(self.ledger.joined)
        may = self.ledger.may_part(joined)
        try:
            merging.part(self.vault, joined.other, self._moment())
            assert may, "was parted although something was destroyed, or a newer one stands"
            self.ledger.part(joined, self._now)
        except CannotPart:
            assert not may, "could not be parted"

    def _name(self):
        youth = self._some(self.ledger.since)
        if youth is None:
            return
        agreed, asked, alias = (
            self._chance.choice((None, True, False)), self.ledger.has_words(youth), self._fresh(),
        )  # fmt: skip
        try:
            growing.get_to_know(
                self.vault, youth, called(self.vault, youth, alias), self._moment(), agreed
            )
            assert not asked or agreed is not None, "nobody was asked"
            self.ledger.answer(youth, agreed=agreed, at=self._now)
            self.ledger.alias[youth] = alias
        except NothingWritten:
            assert (asked, agreed) == (True, None), "an answer was asked for where none is needed"

    def _expire(self):
        growing.expire(self.vault, self._moment())
        since = self.ledger.since.items()
        for youth in [who for who, (at, _) in since if at <= self._now - JOTTING]:
            self.ledger.drop_words(youth)

    def _forget(self, thing, key):
        retention.purge(self.vault, [Target(thing, key)], Ground.EXPIRED, self._moment())

    def _forget_note(self):
        key = self._page(is_signed=self._chance.random() < 0.5)
        if key:
            self._forget(Thing.NOTE, self._note(key))
            self.ledger.settle(self.ledger.pages[key].owner)
            self.ledger.pages[key].clear()

    def _forget_jotting(self):
        if youth := self._some(self.ledger.since):
            self._forget(Thing.JOTTING, youth)
            self.ledger.drop_words(youth)

    def _forget_youth(self):
        if youth := self._some(self.ledger.alias):
            self._forget(Thing.YOUTH, youth)
            self.ledger.drop(youth)

    def _erase(self):
        if youth := self._some(self.ledger.alias):
            assert retention.erase(self.vault, youth, self._moment()).is_complete
            self.ledger.drop(youth)

    def _night(self):
        outreach.end(self.vault, outreach.tonight(self.vault).outreach.id, self._moment())

    def _keep(self):
        backups.make(self.vault, self._now)
        compared.rows(self.vault, self.ledger, self._ever)


def _is_caught(owner, name, wrong, acts) -> bool:
    with instead(owner, name, wrong):
        return any(walked(f"control {name} {number}", 50, acts) for number in range(6))


def _nothing(*_, **__):
    return ()


def _swept_nothing(*_, **__):
    return True


_MET = ("meet", "meet", "write")
_FAULTS = (
    (merged_rows, "_notes_about", _nothing, (*_MET, "write", "join", "part")),
    (merged_rows, "settle", _nothing, (*_MET, "join", "forget_note", "part")),
    (growing, "settle_words", _nothing, (*_MET, "name", "join")),
    (jottings, "due", _nothing, (*_MET, "expire")),
    (versions, "keep_if_due", _nothing, (*_MET, "write")),
    (addenda, "drop_unfinished", _nothing, (*_MET, "sign", "aside", "add")),
    (retention, "sweep", _swept_nothing, (*_MET, "keep", "forget_youth")),
)
