"""Written, corrected, found and purged in any order: nothing too little, nothing too much."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from builders import a_moment
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from prove.decrypted import frames, indexed, pages, syllables
from vaults_for_tests import a_vault

from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.youths import Age
from desktop.note_errors import NoteSigned
from desktop.services import backups, notes, outreach, retention, search, versions, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault.folder import Folder

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4, 61)]
STEPS = (
    "write", "write", "correct", "correct", "pause", "lock", "sign", "add", "add", "search",
    "night", "back up", "purge", "forget", "sweep",
)  # fmt: skip
WORD = 4


@dataclass
class Kept:
    """What must be there about one young person."""

    met: object
    note: object
    word: str
    saved: int
    is_signed: bool = False
    is_locked: bool = False
    earlier: list = field(default_factory=list)
    added: list = field(default_factory=list)

    def words(self):
        return {self.word, *self.earlier, *self.added}


class Evening:
    """Writes words that no other note has, and knows which of them are still kept."""

    def __init__(self, folder):
        self.vault = a_vault(folder)
        self.kept, self.gone, self.corrected = {}, set(), set()
        self.minutes = 0
        self._next = iter(range(0, len(SYLLABLES) - WORD, WORD))
        outreach.begin(self.vault, Plan("역"), a_moment())

    def do(self, step, which):
        if step == "write":
            self._write()
        elif step == "pause":
            self.minutes += 6
        elif step == "night":
            outreach.begin(self.vault, Plan("역"), self.now())
        elif step == "back up":
            backups.make(self.vault, self.now().now)
        elif step == "sweep":
            retention.sweep(self.vault, self.now().now)
        elif self.kept:
            about = list(self.kept.values())[which % len(self.kept)]
            if about.note is not None or step == "forget":
                getattr(self, f"_{step}")(about)

    def now(self):
        return a_moment(minutes=self.minutes)

    def _write(self):
        met = youths.meet(self.vault, NewYouth("이", Age.stated(17)), "", self.now())
        word = self._word()
        saved = self._save(met, word)
        self.kept[met.youth.id] = Kept(met, saved.id, word, self.minutes)

    def _correct(self, about):
        if about.is_signed:
            with pytest.raises(NoteSigned):
                self._save(about.met, self._word())
            return
        is_version = about.is_locked or self.minutes > about.saved
        (about.earlier.append if is_version else self.corrected.add)(about.word)
        about.word, about.saved, about.is_locked = self._word(), self.minutes, False
        self._save(about.met, about.word)

    def _lock(self, about):
        ids = about.met.youth.id, about.met.meeting.id
        notes.rescue(self.vault, *ids, f"{about.word} 함", self.now())
        about.is_locked = about.is_locked or not about.is_signed

    def _sign(self, about):
        notes.sign(self.vault, about.note, self.now())
        about.is_signed = True

    def _add(self, about):
        if about.is_signed:
            word = self._word()
            notes.add(self.vault, about.note, f"{word} 덧붙임", self.now())
            about.added.append(word)

    def _search(self, about):
        for word in (about.word, *about.added):
            assert self._found(word) == ([about.note] if about.note else [])
        for word in about.earlier:
            assert self._found(word) == []

    def _found(self, word):
        hits = search.everything(self.vault, word, self.now()).notes
        return [hit.note_id for hit in hits]

    def _purge(self, about):
        self._destroy(Target(Thing.NOTE, about.note))
        self.gone |= about.words()
        about.note, about.earlier, about.added = None, [], []

    def _forget(self, about):
        del self.kept[about.met.youth.id]
        self._destroy(Target(Thing.YOUTH, about.met.youth.id))
        self.gone |= about.words()

    def _destroy(self, target):
        retention.purge(self.vault, [target], Ground.MISTAKE, self.now())
        # A correction alone is no destruction: what it replaced goes with the next purge.
        self.gone |= self.corrected

    def _save(self, met, word):
        return notes.save(self.vault, met.youth.id, met.meeting.id, f"{word} 함", self.now())

    def _word(self):
        at = next(self._next)
        return "".join(SYLLABLES[at : at + WORD])

    def _is_whole(self, about):
        """Every wording that a pause or a lock ended, and every addendum, is there in order."""
        if about.note is None:
            return True
        history = versions.of(self.vault, about.note, self.now())
        kept = [
            versions.compare(self.vault, about.note, saved.version).version.text.split()[0]
            for saved in reversed(history.versions)
        ]
        if about.is_locked:
            assert kept.pop() == about.word  # at a lock it was kept as it stood
        added = [each.text.split()[0] for each in history.note.addenda]
        return (kept, added) == (about.earlier, about.added)

    def check(self):
        """Every word that is kept is found; no piece of the others is in any file."""
        assert retention.sweep(self.vault, self.now().now)
        for about in self.kept.values():
            self._search(about)
            assert self._is_whole(about)
        self.vault.verify()
        folder, key = Folder(self.vault.folder), self.vault.session.keys.database
        files = [folder.database, *folder.backup.rglob("notes.db")]
        found = syllables(b"".join(frames(folder.wal, key)))
        for file in files:
            found |= syllables(b"".join(pages(file, key))) | indexed(file, key)
        pieces = {word[at : at + 2] for word in self.gone for at in range(WORD - 1)}
        assert not pieces & found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9)), max_size=30))
@example([("write", 0), ("write", 0), ("purge", 0), ("sweep", 0), ("correct", 1)])
@example([("write", 0), ("pause", 0), ("correct", 0), ("sign", 0), ("add", 0), ("purge", 0)])
@example([("write", 0), ("lock", 0), ("correct", 0), ("sign", 0), ("add", 0), ("add", 0)])
def test_any_order_leaves_no_piece_and_loses_no_word(steps):
    with tempfile.TemporaryDirectory() as place:
        evening = Evening(Path(place) / "vault")
        try:
            for step, which in steps:
                evening.do(step, which)
            evening.check()
        finally:
            evening.vault.close()
