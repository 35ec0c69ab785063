"""What was purged lies nowhere any more: tables, index, log, backups, read decrypted (R-22).

Nights of writing, correcting and judging; then, in any order, young people, single notes, drafts
and consents are purged, with backups and searches in between. No two syllables that were ever
written and stand in no row any more may be found in any page of any file, and every word that was
kept must be found.
Controls: rows deleted and the index forgotten; FTS5 without secure-delete; the sweeping left out.
"""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from builders import a_guardian
from invented import alias, note, sentence, word
from prove.decrypted import frames, indexed, pages, syllables
from prove.evening import Clock, an_answer
from prove.proof import Proof, scratch, spread
from vaults_for_tests import a_vault

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.hangul import pairs
from desktop.domain.ids import AgencyId, JudgementId
from desktop.domain.referrals import Draft
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.safety import Step
from desktop.domain.screening import Judgement, Risk, Unfinished
from desktop.domain.youths import Age
from desktop.services import (
    backups,
    consents,
    guardians,
    notes,
    outreach,
    referrals,
    retention,
    safety,
    screening,
    search,
    youths,
)
from desktop.services.outreach import Met
from desktop.vault.folder import Folder

NAME = "vault-purge"
FULL = 1_000
NOTES_A_VAULT = 40
_TEXTS = (
    "SELECT text FROM note UNION ALL SELECT text FROM addendum UNION ALL SELECT text"
    " FROM note_version UNION ALL SELECT words FROM safety_plan UNION ALL SELECT alias FROM youth"
    " UNION ALL SELECT place FROM meeting"
    " UNION ALL SELECT grounds FROM judgement UNION ALL SELECT grounds FROM unfinished_judgement"
    " UNION ALL SELECT what || ' ' || name FROM promise"
    " UNION ALL SELECT seen_by || ' ' || words FROM supervision"
    " UNION ALL SELECT answers FROM answered UNION ALL SELECT words FROM unfinished_form"
    " UNION ALL SELECT words FROM draft UNION ALL SELECT coalesce(guardian, '') FROM consent"
    " UNION ALL SELECT agency_name || ' ' || purpose || ' ' || retention FROM consent"
    " UNION ALL SELECT place || ' ' || team FROM outreach"
    " UNION ALL SELECT facts FROM consent_record UNION ALL SELECT words FROM guardian_kept"
    " UNION ALL SELECT words || ' ' || answer FROM own_data_request"
    " UNION ALL SELECT name FROM guardian_named"
)


def run(count: int) -> Proof:
    """Purge that many notes, among as many that stay."""
    broken = spread(purged, count, NOTES_A_VAULT, NAME)
    control = all(is_caught(fault, where) for fault, where in _FAULTS.items())
    return Proof(count, len(broken), control)


def purged(seed: str, count: int) -> list[str]:
    """Write, purge `count` notes with what belongs to them, and say what is still there."""
    with scratch("purge") as place:
        nights = Nights(Path(place) / "vault", seed)
        nights.write(2 * count)
        doomed = nights.purge(count)
        if not retention.sweep(nights.vault, nights.clock().now):
            return ["the sweeping did not end"]
        wrong = nights.wrong(doomed)
        nights.vault.close()
        return wrong


def is_caught(fault, where: tuple[str, ...]) -> bool:
    """Whether something is found, and where, when the destruction is done badly."""
    with scratch("purge-control") as place:
        nights = Nights(Path(place) / "vault", f"control {fault.__name__}")
        nights.write(20)
        doomed = fault(nights)
        found = nights.found(doomed)
        nights.vault.close()
        return all(any(each in one for one in found) for each in where)


class Nights:
    """A vault that is written to at random, and what stood in it."""

    def __init__(self, folder: Path, seed: str) -> None:
        self.chance = random.Random(seed)
        self.clock = Clock(self.chance)
        self.vault = a_vault(folder)
        self.folder = Folder(folder)
        self.met = []
        self.signed = {}
        self.ever: set[str] = set()
        outreach.begin(self.vault, outreach.Plan("별빛공원"), self.clock())

    def write(self, count: int) -> None:
        """Write so many notes, over several nights, and whatever else is written about people."""
        for number in range(count):
            if number % 8 == 7:
                night = outreach.tonight(self.vault).outreach.id
                outreach.end(self.vault, night, self.clock())
                outreach.begin(self.vault, outreach.Plan("별빛공원"), self.clock())
            self._meet()
        backups.make(self.vault, self.clock().now)

    def _meet(self) -> None:
        vault, chance, clock = self.vault, self.chance, self.clock
        if self.met and chance.random() < 0.4:
            met = youths.meet_again(vault, chance.choice(self.met).youth.id, "", clock())
        else:
            is_nameless = chance.random() < 0.2
            met = self._met_first(is_nameless=is_nameless)
        self.met.append(met)
        text = f"{word(chance, 6)} {note(chance)}"
        if met.meeting.id in self.signed:
            notes.add(vault, self.signed[met.meeting.id], text, clock())
            self.ever |= syllables(text.encode())
            return
        for length in (40, 200, len(text)):
            saved = notes.save(vault, met.youth.id, met.meeting.id, text[:length], clock())
        changed = f"{word(chance, 6)} {text[150:]}"
        if chance.random() < 0.3:  # corrected: its first words are an earlier version
            notes.save(vault, met.youth.id, met.meeting.id, changed, clock())
        if chance.random() < 0.8:
            notes.sign(vault, saved.id, clock())
            self.signed[met.meeting.id] = saved.id
            if chance.random() < 0.3:
                notes.add(vault, saved.id, changed, clock())
        if chance.random() < 0.3:
            safety.keep(vault, met.youth.id, {Step.OWN: sentence(chance)}, clock())
        self.ever |= syllables(f"{text}\0{text[:200]}\0{text[:40]}\0{changed}".encode())
        chance.choice((self._judge, self._ask, self._draft))(met.youth.id)

    def _met_first(self, *, is_nameless: bool) -> Met:
        who = youths.NewYouth(alias(self.chance), Age.stated(13), is_nameless=is_nameless)
        met = youths.meet(self.vault, who, "", self.clock())
        self._name(met.youth.id)
        return met

    def _name(self, youth) -> None:
        named = word(self.chance, 5)
        guardians.name(self.vault, youth, (named, "010-0000-0000"), self.clock())
        self.ever |= syllables(named.encode())

    def _judge(self, youth) -> None:
        moment, grounds = self.clock(), sentence(self.chance)
        kept = Judgement(JudgementId(moment.fresh), youth, Risk.LOW, grounds, moment.now)
        screening.judge(self.vault, kept, moment)
        screening.set_aside(self.vault, Unfinished(youth, Risk.LOW, sentence(self.chance)))

    def _ask(self, youth) -> None:
        guardian = a_guardian(name=word(self.chance, 5), relation=word(self.chance, 3))
        answer = replace(an_answer(self.chance, self.clock, youth), guardian=guardian)
        consents.record(self.vault, answer, self.clock())

    def _draft(self, youth) -> None:
        words = {Item.NEED: sentence(self.chance)}
        draft = Draft(youth, AgencyId("centre"), frozenset({Category.COUNSEL}), words)
        referrals.keep_draft(self.vault, draft, self.clock())

    def purge(self, count: int, between: float = 0.1) -> set[str]:
        """Purge until `count` notes are gone, in any order; return the syllables that went."""
        self.ever |= self._syllables()
        while count > 0:
            count -= self._purge_one()
            if self.chance.random() < between:
                search.everything(self.vault, word(self.chance), self.clock())
            if self.chance.random() < between:
                backups.make(self.vault, self.clock().now)
            if self.chance.random() < between:
                retention.sweep(self.vault, self.clock().now)
        return self.ever - self._syllables()

    def _purge_one(self) -> int:
        with self.vault.reading() as db:
            things = {
                Thing.YOUTH: db.execute("SELECT id FROM youth").fetchall(),
                Thing.NOTE: db.execute("SELECT id FROM note").fetchall(),
                Thing.DRAFT: db.execute("SELECT youth FROM draft").fetchall(),
                Thing.CONSENT: db.execute("SELECT id FROM consent").fetchall(),
                Thing.JOTTING: db.execute("SELECT youth FROM jotting").fetchall(),
            }
        thing = self.chance.choice((Thing.YOUTH, Thing.NOTE, *Thing))
        some = min(len(things[thing]), self.chance.choice((1, 3)))
        targets = [Target(thing, UUID(key)) for (key,) in self.chance.sample(things[thing], some)]
        counts = retention.purge(self.vault, targets, Ground.EXPIRED, self.clock())
        return counts.get("note", 0)

    def wrong(self, doomed: set[str]) -> list[str]:
        """Say what is still there and should not be, and what is not and should."""
        wrong = self.found(doomed) + self._lost()
        self.vault.verify()
        return wrong

    def found(self, doomed: set[str]) -> list[str]:
        """Name every place where something that was purged can be read once it is decrypted."""
        key, wrong = self.vault.session.keys.database, []
        with self.vault.reading() as db:  # nobody moves the log while it is looked at
            db.execute("SELECT 1 FROM note").fetchone()
            places = {"the log": b"\0".join(frames(self.folder.wal, key))}
            files = {"database": self.folder.database}
            for made in backups.listing(self.folder.path):
                files[f"backup {made.seq}"] = self.folder.backup / made.name / "notes.db"
            for name, file in files.items():
                places[f"a page of the {name}"] = b"\0".join(pages(file, key))
                if left := doomed & indexed(file, key):
                    wrong.append(f"{len(left)} words in the index of the {name}")
        for name, content in places.items():
            if left := doomed & syllables(content):
                wrong.append(f"{len(left)} pieces in {name}")
        return wrong

    def _lost(self) -> list[str]:
        with self.vault.reading() as db:
            kept = db.execute("SELECT id, text FROM note").fetchall()
        lost = []
        for key, text in kept:
            first = text.split()[0]
            hits = search.everything(self.vault, first, self.clock(), limit=1000).notes
            if UUID(key) not in {hit.note_id for hit in hits}:
                lost.append("a note that was kept is not found by its word")
        return lost

    def _syllables(self) -> set[str]:
        with self.vault.reading() as db:
            texts = [text for (text,) in db.execute(_TEXTS)]
            now = db.execute(
                "SELECT text FROM note UNION ALL SELECT text FROM addendum"
            ).fetchall()
        found = syllables("\0".join(texts).encode())
        return found | {pair for (text,) in now for pair in pairs(text).split() if len(pair) == 2}


def _rows_only(nights: Nights) -> set[str]:
    """Delete rows as anybody would, and put them where the sweeping would, but for the index."""
    before = nights._syllables()
    with nights.vault.transaction() as db:
        db.execute("DELETE FROM note WHERE n % 2 = 0 AND is_indexed = 1")
    nights.vault.empty_log()
    backups.after_purge(nights.vault, nights.clock().now + timedelta(hours=2))
    return before - nights._syllables()


def _no_secure_delete(nights: Nights) -> set[str]:
    with nights.vault.transaction() as db:
        db.execute("INSERT INTO note_words (note_words, rank) VALUES ('secure-delete', 0)")
    doomed = nights.purge(8, between=0)
    nights.vault.empty_log()
    return doomed


def _unswept(nights: Nights) -> set[str]:
    return nights.purge(8, between=0)


_FAULTS = {
    _rows_only: ("index of the database",),
    _no_secure_delete: ("index of the database",),
    _unswept: ("the log", "index of the backup", "page of the backup"),
}
