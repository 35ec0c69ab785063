"""Practice mode, and languages."""

import json
import os
import re
from importlib.resources import files

from builders import a_moment
from gallery import reach
from journeys.hand import Key
from journeys.table import of
from PySide6.QtWidgets import QWidget
from vaults_for_tests import by_key

from desktop.domain.learning import Lesson
from desktop.domain.referrals import Tracking
from desktop.paths import Places
from desktop.services import agencies, referrals, youths
from sync.protocol.states import Delivery, TaskStatus
from ui import style
from ui.referrals.book import AgenciesSheet
from ui.window.practising import Practising

practice, language = of("Practice mode"), of("Languages")
_HANGUL = re.compile("[가-힣]")
_ENGLISH = re.compile("(?!Ctrl)[A-Za-z]{4}")


@practice("a believable week of invented work (200 young people, 600 notes, 60 referrals in every"
          " state) so that a newcomer can learn in it; ", alone="joined")  # fmt: skip
def a_week_is_laid_out(hand):
    week = Practising(hand.window, os.urandom)
    week._breath.setInterval(0)
    week.begin()
    hand.until(lambda: not week._is_running)
    hand.settle()
    [people, notes] = hand.rows(["youth", "note"])
    assert (people, notes) == (200, 600), (people, notes)
    moment = hand.tasks.moment()
    every = hand.ask(lambda vault: referrals.all(vault, moment))
    assert len(every) == 60, len(every)
    # Nobody sends a status of FHIR's that takes a task back as never meant: a withdrawal says why.
    assert {each.status for each in every} == set(TaskStatus) - {TaskStatus.ENTERED_IN_ERROR}
    assert {each.delivery for each in every} >= {
        Delivery.QUEUED,
        Delivery.DELIVERED,
        Delivery.OPENED,
    }
    assert all(isinstance(each, Tracking) for each in every)
    hand.window.reload()
    hand.settle()
    hand.do("nights")
    assert hand.desk.evening.past.list.rows.rowCount() >= 7


@practice("a first-evening tour inside the app that can be skipped.")
def the_first_evening_can_be_put_away(hand):
    hand.key(Key.Key_F1)
    door = hand.desk.learning
    assert door.strip.isVisible()
    assert door.lesson is Lesson.NIGHT
    hand.click(door.strip.show_button)
    assert door.pointing.isVisible()
    hand.click(door.strip.skip_button)
    assert not door.strip.isVisible()
    assert not door.pointing.isVisible()
    hand.settle()
    hand.key(Key.Key_F1)
    assert door.strip.isVisible()
    hand.click(door.strip.skip_button)


@language("ko and en complete, ")
def no_word_of_the_other_language_stands_there(hand):
    ours, theirs = _spoken(hand.language)
    theirs -= {"하늘"}  # is also an example of an alias
    hand.open("하늘")
    for key in ("", "timeline", "print", "templates", "calendar", "keys", "backups", "promises",
                "age-laws", "own-data", "ending", "settings", "team"):  # fmt: skip
        if key:
            hand.do(key)
        seen = set(_words_of(hand.stage.frame))
        assert seen & ours, key
        assert not seen & theirs, (key, seen & theirs)
        if hand.language == "ko":
            odd = [each for each in seen if _ENGLISH.search(each) and not _HANGUL.search(each)]
            assert not odd, (key, odd)
        hand.home()


def _spoken(language):
    """Return whole sentences of the program in this language, and those of the other."""
    table = json.loads((files("i18n") / "ko" / "words.json").read_text("utf-8"))
    pairs = [(en, ko) for en, ko in table.items() if isinstance(ko, str) and en != ko]
    english, korean = {en for en, _ in pairs}, {ko for _, ko in pairs}
    return (korean, english) if language == "ko" else (english, korean)


def _words_of(frame):
    """Return all that is read on a screen, or out loud."""
    for each in frame.findChildren(QWidget):
        if each.isVisible():
            said = [each.accessibleName(), each.toolTip()]
            for name in ("text", "placeholderText"):
                read = getattr(each, name, None)
                said += [read()] if callable(read) else []
            yield from (words.strip() for words in said if len(words.strip()) > 1)


@language("right plural and date forms from Babel, ")
def one_and_two_are_said_rightly(hand):
    hand.open("하늘")
    hand.note.editor.setFocus()
    hand.meet("조약돌")
    hand.note.editor.selectAll()
    hand.write("가")
    hand.says(hand.note.foot.count, "1자", "1 character")
    assert "characters" not in hand.note.foot.count.text()
    hand.write("나")
    hand.says(hand.note.foot.count, "2자", "2 characters")
    hand.do("nights")
    hand.says(hand.desk.evening.past.month, "2026년 11월", "November 2026")


@language("가나다 order; ")
def names_stand_in_their_order(hand):
    names = [each.name for each in hand.ask(agencies.all)]
    assert names == sorted(names)
    assert len(names) > 10
    hand.do("agencies")
    [sheet] = [each for each in hand.window.findChildren(AgenciesSheet) if each.isVisible()]
    box = sheet.picker.needing.language
    offered = [box.itemText(at) for at in range(1, box.count())]  # the first is: any
    assert offered == sorted(offered), offered
    assert len(offered) > 1, offered


@language("font size and high contrast setting; ")
def words_grow_and_contrast_rises(hand):
    hand.window.settings_wanted.emit()
    hand.settle()
    settings = hand.window.settings
    before = hand.window.header.lock_button.fontMetrics().height()
    hand.click(settings.text_size.buttons["130"])
    assert hand.window.header.lock_button.fontMetrics().height() > before
    hand.click(settings.text_size.buttons["100"])
    usual = style.current()
    hand.click(settings.contrast.buttons["high"])
    assert style.current() is not usual
    hand.click(settings.contrast.buttons["usual"])
    assert style.current() is usual


@language("screen-reader names; everything by keyboard; ")
def everything_has_a_name_and_is_reached_by_tab(hand):
    hand.open("하늘")
    hand.note.editor.setFocus()
    wrong = reach.problems(hand.stage)
    assert not wrong, wrong


@language("Hangul input commits before every save, lock, hide.", alone="counselor")
def an_open_syllable_is_never_lost(hand):
    file = hand.meet("물결")
    with hand.keyboard():
        hand.note.editor.setFocus()
        hand.compose("앞")
        hand.window.pages.save_now()
        hand.settle()
        assert "앞" in hand.again(file).note.text
        hand.compose("숨")
        hand.stage.frame.toggle_hidden()
        hand.until(hand.note.is_saved)
        hand.settle()
        assert "숨" in hand.again(file).note.text
        hand.stage.frame.toggle_hidden()
        hand.settle()
        hand.note.editor.setFocus()
        hand.compose("잠")
        hand.program.lock.lock()
    vault = by_key(Places(hand.stage.home).vault("practice"))
    try:
        kept = youths.open_file(vault, file.youth.id, file.meeting.id, a_moment()).note.text
    finally:
        vault.close()
    assert "앞숨잠" in kept
