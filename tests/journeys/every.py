"""Every journey there is, and what of the program to break so that each of some must fail."""

from journeys import found, judged, learnt, listed, noted, people, tonight
from journeys.table import NIGHT

from desktop.domain.agencies import Agency
from desktop.domain.ages import Age
from desktop.services import counting, likeness, promises, screening, youths
from ui import style
from ui.notes.editor import NoteEditor
from ui.printing import words
from ui.printing.paper import Marked
from ui.searching import palette
from ui.window.learning import LearningDoor

TOLD = NIGHT


def _of(plays):
    return next(each for each in TOLD.sentences if each.plays is plays).name


def _nowhere(vault, who, place, moment):
    return _MEET(vault, who, "", moment)


_MEET = youths.meet
FAULTS = tuple((_of(plays), *fault) for plays, *fault in (
    (tonight.every_tally_has_one_key_and_a_way_back, counting.Steps, "take_back", lambda *_: None),
    (found.an_action_is_found_and_done, palette, "matching", lambda _: ()),
    (people.an_age_is_said_as_it_is_known, Age, "may_be_under_14", lambda _: False),
    (people.who_may_be_known_is_asked_about_with_reasons, likeness, "met_before", lambda *_: ()),
    (noted.a_passage_is_marked_as_sensitive, NoteEditor, "toggle_sensitive", lambda _: None),
    (judged.each_level_needs_its_grounds, screening, "judge", lambda vault, judged, _: judged),
    (judged.the_words_at_the_caret_become_a_promise, promises, "make", lambda _, new, __: new),
    (listed.since_when_it_is_known_stands_there, Agency, "assured", lambda _: None),
    (listed.a_landmark_in_words_is_enough, youths, "meet", _nowhere),
    (found.printing_takes_two_steps_and_is_written_down,
     words, "marked", lambda *_: Marked("", "", "")),
    (learnt.the_first_evening_can_be_put_away, LearningDoor, "skip", lambda _: None),
    (learnt.words_grow_and_contrast_rises, style, "apply", lambda *_: None),
))  # fmt: skip
"""A sentence of each paragraph, and what is put in the place of something it needs."""
