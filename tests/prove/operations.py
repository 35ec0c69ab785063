"""Nights that do one thing again and again, so that a kill falls into it (R-02).

What changes nothing that is read back later (a merge, a checkpoint, a backup) says again what was
true before it.
"""

from datetime import timedelta

from invented import note, sentence, word
from prove.evening import Night

from desktop.domain.consents import Item
from desktop.domain.referrals import Draft
from desktop.services import backups, notes, referrals
from desktop.vault import search

_GROWS, _LONG = 40, 12_000


class Unchanging(Night):
    """Writes a little between the one thing it is for."""

    turn = 0

    def next(self):
        self.turn += 1
        is_due = self._truth and self.turn % 3 == 0
        return self._again() if is_due else self._meanwhile()

    def _meanwhile(self):
        return super().next()

    def _again(self):
        key = self._chance.choice(sorted(self._truth))
        return key, self._truth[key], self._do


class Drafting(Night):
    """A note and a referral's words grow, and are kept at every rest of the hand."""

    def next(self):
        if not self._met:
            return self._meet()
        return self._chance.choice((self._grow, self._grow, self._draft))()

    def _grow(self):
        met = self._someone()
        before = self._truth.get(f"note {met.youth.alias}", "").removeprefix("open ")
        text = f"{before or word(self._chance, 4)} {note(self._chance)[:_GROWS].strip()}"
        return (
            f"note {met.youth.alias}",
            f"open {text}",
            lambda: notes.save(self._vault, met.youth.id, met.meeting.id, text, self._clock()),
        )

    def _draft(self):
        met, key = self._someone(), "draft {}"
        key = key.format(met.youth.alias)
        words = f"{self._truth.get(key, '')} {sentence(self._chance)}".strip()
        draft = Draft(met.youth.id, words={Item.NEED: words})
        return key, words, lambda: referrals.keep_draft(self._vault, draft, self._clock())


class Merging(Unchanging):
    """Finished notes go into the index, which is made one piece again and again."""

    def _meanwhile(self):
        if not self._met:
            return self._meet()
        return self._chance.choice((self._write, self._finish, self._finish))()

    def _do(self):
        with self._vault.transaction() as db:
            search.tidy(db)


class Checkpointing(Unchanging):
    """Long notes fill the log, which is brought into the file again and again."""

    def _meanwhile(self):
        if not self._met:
            return self._meet()
        met, start = self._someone(), word(self._chance, 4)
        text = f"{start} {note(self._chance, _LONG, _LONG)}"
        save = notes.save
        return (
            f"note {met.youth.alias}",
            f"open {text}",
            lambda: save(self._vault, met.youth.id, met.meeting.id, text, self._clock()),
        )

    def _do(self):
        self._vault._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


class BackingUp(Unchanging):
    """A backup is made after every other thing."""

    def _do(self):
        self._clock.now += timedelta(hours=2)
        backups.make(self._vault, self._clock.now)


NIGHTS = {
    "save": Night, "draft": Drafting, "merge": Merging, "checkpoint": Checkpointing,
    "backup": BackingUp,
}  # fmt: skip
