"""Written, corrected, found and purged in any order: nothing too little, nothing too much."""

import tempfile
from pathlib import Path

from builders import a_moment
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from prove.decrypted import frames, indexed, pages, syllables
from vaults_for_tests import a_vault

from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.youths import Age
from desktop.services import backups, notes, outreach, retention, search, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault.folder import Folder

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4, 61)]
STEPS = (
    "write", "write", "correct", "finish", "search", "night", "back up", "purge", "forget",
    "sweep",
)  # fmt: skip
WORD = 4


class Evening:
    """Writes words that no other note has, and knows which of them are still kept."""

    def __init__(self, folder):
        self.vault = a_vault(folder)
        self.kept, self.gone, self.corrected = {}, set(), set()
        self._next = iter(range(0, len(SYLLABLES) - WORD, WORD))
        outreach.begin(self.vault, Plan("역"), a_moment())

    def do(self, step, which):
        if step == "write":
            self._write()
        elif step == "night":
            outreach.begin(self.vault, Plan("역"), a_moment())
        elif step == "back up":
            backups.make(self.vault, a_moment().now)
        elif step == "sweep":
            retention.sweep(self.vault, a_moment().now)
        elif self.kept:
            about = list(self.kept)[which % len(self.kept)]
            getattr(self, f"_{step}")(about)

    def _write(self):
        met = youths.meet(self.vault, NewYouth("이", Age.stated(17)), "", a_moment())
        word = self._word()
        saved = self._save(met, word)
        self.kept[met.youth.id] = (met, saved.id, word)

    def _correct(self, about):
        met, note, word = self.kept[about]
        if note is not None:
            self.corrected.add(word)
            word = self._word()
            self.kept[about] = (met, self._save(met, word).id, word)

    def _finish(self, about):
        _, note, _ = self.kept[about]
        if note is not None:
            notes.finish(self.vault, note, a_moment())

    def _search(self, about):
        _, note, word = self.kept[about]
        found = search.everything(self.vault, word, a_moment()).notes
        assert [hit.note_id for hit in found] == ([note] if note else [])

    def _purge(self, about):
        met, note, word = self.kept[about]
        if note is not None:
            self._destroy(Target(Thing.NOTE, note))
            self.kept[about] = (met, None, word)
            self.gone.add(word)

    def _forget(self, about):
        _, _, word = self.kept.pop(about)
        self._destroy(Target(Thing.YOUTH, about))
        self.gone.add(word)

    def _destroy(self, target):
        retention.purge(self.vault, [target], Ground.MISTAKE, a_moment())
        # A correction alone is no destruction: what it replaced goes with the next purge.
        self.gone |= self.corrected

    def _save(self, met, word):
        return notes.save(self.vault, met.youth.id, met.meeting.id, f"{word} 함", a_moment())

    def _word(self):
        at = next(self._next)
        return "".join(SYLLABLES[at : at + WORD])

    def check(self):
        """Every word that is kept is found; no piece of the others is in any file."""
        assert retention.sweep(self.vault, a_moment().now)
        for about in self.kept:
            self._search(about)
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
def test_any_order_leaves_no_piece_and_loses_no_word(steps):
    with tempfile.TemporaryDirectory() as place:
        evening = Evening(Path(place) / "vault")
        try:
            for step, which in steps:
                evening.do(step, which)
            evening.check()
        finally:
            evening.vault.close()
