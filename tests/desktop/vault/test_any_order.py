"""Met, written, put together, parted, purged in any order: not too little, not too much."""

import tempfile
from pathlib import Path

from builders import a_consent, a_moment, called
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from prove.decrypted import frames, indexed, pages, syllables
from vaults_for_tests import a_vault

from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.youths import Age
from desktop.people_errors import CannotMerge, CannotPart
from desktop.services import growing, merging, notes, outreach, retention, search, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault import consents
from desktop.vault.folder import Folder

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4, 61)]
STEPS = (
    "meet", "meet", "nameless", "write", "agree", "merge", "merge", "part", "purge", "forget",
    "expire", "name",
)  # fmt: skip
WORD = 4


class Model:
    """Knows, beside the vault, whose every word is and which are gone."""

    def __init__(self, folder):
        self.vault = a_vault(folder)
        self.words = {}  # note to (word, whose)
        self.gone, self.writes = set(), 0
        self.meetings = {}  # meeting to whose
        self.consents = {}  # consent to whose
        self.people, self.nameless = {}, set()  # in the order in which they were met
        self.merged = []  # (other, kept, what moved, could be undone)
        self._next = iter(range(0, len(SYLLABLES) - WORD, WORD))
        outreach.begin(self.vault, Plan("역"), a_moment())

    def do(self, step, one, two):
        people = list(self.people)
        if step in ("meet", "nameless"):
            self._meet(is_nameless=step == "nameless")
        elif people:
            getattr(self, f"_{step}")(people[one % len(people)], people[two % len(people)])

    def _meet(self, *, is_nameless):
        who = NewYouth("이", Age.stated(17), is_nameless=is_nameless)
        met = youths.meet(self.vault, who, "", a_moment())
        self.people[met.youth.id] = True
        if is_nameless:
            self.nameless.add(met.youth.id)
        self.meetings[met.meeting.id] = met.youth.id
        if len(self.meetings) % 2:  # about the others something is written later, or never
            self._save(met.youth.id, met.meeting.id)

    def _write(self, youth, _):
        mine = [m for m, whose in self.meetings.items() if whose == youth]
        self.writes += 1
        if mine:
            self._save(youth, mine[self.writes % len(mine)])

    def _save(self, youth, meeting):
        word = self._word()
        note = notes.save(self.vault, youth, meeting, f"{word} 함", a_moment())
        self.words[note.id] = (word, youth, meeting)

    def _agree(self, youth, _):
        consent = a_consent(youth=youth)
        with self.vault.transaction() as db:
            consents.add(db, consent)
        self.consents[consent.id] = youth

    def _name(self, youth, other):
        if youth in self.nameless:
            agreed = (len(self.words) + len(self.people)) % 2 == 0
            growing.get_to_know(
                self.vault, youth, called(self.vault, youth, "가"), a_moment(), agreed
            )
            self.nameless.discard(youth)
            if not agreed:
                self._words_gone(youth)

    def _merge(self, other, kept):
        is_asked = other in self.nameless
        try:
            merging.merge(self.vault, other, kept, a_moment(), agreed=True if is_asked else None)
        except CannotMerge:
            assert other == kept or kept in self.nameless
            return
        assert other != kept
        assert kept not in self.nameless
        self.nameless.discard(other)
        moved = {
            "meetings": {m for m, whose in self.meetings.items() if whose == other},
            "consents": {c for c, whose in self.consents.items() if whose == other},
        }
        self._point(moved, kept)
        self.people.pop(other, None)
        self.merged.append([other, kept, moved, True])

    def _part(self, youth, _):
        mine = [each for each in self.merged if each[1] == youth]
        if not mine:
            return
        chosen = mine[len(self.words) % len(mine)]
        may_part = chosen[3] and chosen is mine[-1]
        try:
            assert merging.part(self.vault, chosen[0], a_moment()) == youth
        except CannotPart:
            assert not may_part
            return
        assert may_part
        self.merged.remove(chosen)
        self.people[chosen[0]] = True
        self._point(chosen[2], chosen[0])

    def _purge(self, youth, _):
        mine = sorted(n for n, (_, whose, _) in self.words.items() if whose == youth)
        if mine:
            retention.purge(self.vault, [Target(Thing.NOTE, mine[0])], Ground.MISTAKE, a_moment())
            self.gone.add(self.words.pop(mine[0])[0])
            self._settle(youth)

    def _forget(self, youth, _):
        retention.purge(self.vault, [Target(Thing.YOUTH, youth)], Ground.MISTAKE, a_moment())
        self._words_gone(youth)
        for kept in (self.meetings, self.consents):
            for key in [key for key, whose in kept.items() if whose == youth]:
                del kept[key]
        under = self._under(youth)
        self.merged = [each for each in self.merged if each[0] not in under]
        self.people.pop(youth, None)
        self.nameless.discard(youth)

    def _expire(self, _, __):
        for youth in sorted(self.nameless):
            self._words_gone(youth)
        self.nameless.clear()
        growing.expire(self.vault, a_moment(days=8))

    def _words_gone(self, youth):
        for note in [n for n, (_, whose, _) in self.words.items() if whose == youth]:
            self.gone.add(self.words.pop(note)[0])
        self._settle(youth)

    def _settle(self, youth):
        under = self._under(youth)
        for each in self.merged:
            if each[0] in under:
                each[3] = False

    def _under(self, youth):
        found = {other for other, kept, *_ in self.merged if kept == youth}
        return found | {deeper for other in found for deeper in self._under(other)}

    def _point(self, moved, whose):
        for meeting in moved["meetings"] & self.meetings.keys():
            self.meetings[meeting] = whose
        for consent in moved["consents"] & self.consents.keys():
            self.consents[consent] = whose
        for note, (word, _, meeting) in list(self.words.items()):
            if meeting in moved["meetings"]:
                self.words[note] = (word, whose, meeting)

    def _word(self):
        at = next(self._next)
        return "".join(SYLLABLES[at : at + WORD])

    def check(self):
        """Every word is where it belongs; of those that are gone no piece is in any file."""
        assert retention.sweep(self.vault, a_moment(days=9).now)
        for note, (word, youth, _) in self.words.items():
            [hit] = search.everything(self.vault, word, a_moment()).notes
            assert (hit.note_id, hit.youth_id) == (note, youth)
        for youth in self.people:
            file = youths.open_file(self.vault, youth, None, a_moment())
            mine = {m for m, whose in self.meetings.items() if whose == youth}
            assert file.times_met == len(mine)
            assert {c.id for c in file.consents} == {
                c for c, whose in self.consents.items() if whose == youth
            }
        self.vault.verify()
        folder, key = Folder(self.vault.folder), self.vault.session.keys.database
        found = syllables(b"".join(frames(folder.wal, key)))
        for file in (folder.database, *folder.backup.rglob("notes.db")):
            found |= syllables(b"".join(pages(file, key))) | indexed(file, key)
        pieces = {word[at : at + 2] for word in self.gone for at in range(WORD - 1)}
        assert not pieces & found


ACTS = st.tuples(st.sampled_from(STEPS), st.integers(0, 20), st.integers(0, 20))
MERGED_TWICE = [
    ("meet", 0, 0), ("meet", 0, 0), ("meet", 0, 0), ("merge", 0, 1), ("agree", 0, 0),
    ("merge", 1, 0), ("part", 0, 0), ("part", 1, 0), ("purge", 0, 0),
]  # fmt: skip
WRITTEN_SINCE = [
    ("meet", 0, 0), ("meet", 0, 0), ("merge", 1, 0), ("write", 0, 0), ("write", 0, 0),
    ("part", 0, 0), ("merge", 0, 1), ("write", 0, 0), ("part", 0, 0),
]  # fmt: skip
DESTROYED_SINCE = [
    ("meet", 0, 0), ("meet", 0, 0), ("merge", 0, 1), ("write", 0, 0), ("write", 0, 0),
    ("purge", 0, 0), ("part", 0, 0),
]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.lists(ACTS, min_size=3, max_size=14))
@example(MERGED_TWICE)
@example(WRITTEN_SINCE)
@example(DESTROYED_SINCE)
@example([("meet", 0, 0)] * 3 + [("merge", 0, 1), ("merge", 0, 1)] + [("part", 0, 0)] * 3)
@example([("meet", 0, 0), ("meet", 0, 0), ("merge", 0, 1), ("forget", 0, 0)])
@example([("meet", 0, 0), ("nameless", 0, 0), ("merge", 0, 1), ("merge", 1, 0), ("expire", 0, 0)])
def test_in_any_order_every_word_is_kept_that_should_be_and_none_that_should_not(acts):
    with tempfile.TemporaryDirectory() as place:
        model = Model(Path(place) / "vault")
        try:
            for act in acts:
                model.do(*act)
            model.check()
        finally:
            model.vault.close()
