"""A night through the real window by keyboard, in both languages: from its plan to its numbers."""

import os

import pytest
from night_for_tests import Night
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest

import i18n
from desktop.domain.outreach import Tally
from desktop.services import outreach
from desktop.settings import Settings
from ui.window.evening import Evening
from ui.window.window import Window

ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Hands:
    """Presses keys in the active window, and composes Korean as a keyboard does."""

    def __init__(self, qtbot, tasks, language):
        self._qtbot, self.tasks, self.pressed = qtbot, tasks, 0
        self.window = Window(tasks, Settings(language=language, theme="light"), os.urandom)
        self.evening = Evening(self.window)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.rest()

    @property
    def rail(self):
        return self.window.rail

    def rest(self):
        self._qtbot.waitUntil(self.tasks.is_idle, timeout=10_000)
        QCoreApplication.processEvents()
        self._qtbot.waitUntil(self.tasks.is_idle, timeout=10_000)

    def wait(self, is_so):
        self._qtbot.waitUntil(is_so, timeout=10_000)

    def press(self, key, held=Qt.KeyboardModifier.NoModifier):
        """Press a key wherever the keyboard is."""
        self.pressed += 1
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)
        self.rest()

    def write(self, words):
        """Compose words where the keyboard is; the last syllable is committed at the end."""
        edit = self.window.focusWidget()
        QCoreApplication.sendEvent(edit, QInputMethodEvent(words[-1:], []))
        done = QInputMethodEvent()
        done.setCommitString(words)
        QCoreApplication.sendEvent(edit, done)

    def compose(self, syllable):
        """Leave a syllable open, as somebody does who goes on to press a shortcut."""
        QCoreApplication.sendEvent(self.window.focusWidget(), QInputMethodEvent(syllable, []))

    def tonight(self):
        return self.tasks.ask(self._qtbot, outreach.tonight)


@pytest.fixture(params=["ko", "en"])
def hands(request, qtbot, tmp_path):
    i18n.use(request.param)
    tasks = Night(tmp_path / "vault")
    made = Hands(qtbot, tasks, request.param)
    yield made
    i18n.use("en")
    assert tasks.close()


def begin(hands):
    hands.rail.form.place.edit.setFocus()
    for words in ("신림역", "3번 출구 – 별빛거리", "나, 한빛", "관악경찰서"):
        hands.write(words)
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Backtab)
    hands.press(Qt.Key.Key_Return)
    assert hands.rail.card.isVisible()


def meet(hands):
    """Meet somebody by keyboard, and return their note with the caret in it."""
    hands.press(Qt.Key.Key_N, CTRL)
    hands.write("하늘")
    hands.press(Qt.Key.Key_Return)
    pages = hands.window.pages
    hands.wait(lambda: pages.file is not None and pages.note.isVisible())
    hands.rest()
    pages.note.editor.setFocus()
    return pages.note


def test_a_night_is_planned_counted_rested_and_ended_without_a_mouse(hands):
    begin(hands)
    planned = hands.tonight().outreach
    assert (planned.place, planned.team) == ("신림역", ("나", "한빛"))
    assert (planned.route, planned.partners) == ("3번 출구 – 별빛거리", ("관악경찰서",))

    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_Minus):
        hands.press(key, ALT)
    hands.press(Qt.Key.Key_1, ALT | SHIFT)
    hands.press(Qt.Key.Key_Z, CTRL)  # the correction
    hands.press(Qt.Key.Key_Z, ALT)  # the fare
    counts = hands.tonight().counts
    assert (counts.met, counts.given()) == (2, 2)
    assert hands.window.toast.isVisible()


def test_a_rest_is_not_counted_and_the_night_ends_in_one_step(hands):
    begin(hands)
    hands.press(Qt.Key.Key_P, ALT)
    assert hands.tonight().outreach.is_paused
    hands.tasks._moment.jump(hours=1)
    hands.press(Qt.Key.Key_P, ALT)
    assert hands.tonight().outreach.length(hands.tasks.moment().now).total_seconds() < 120

    hands.press(Qt.Key.Key_E, ALT)
    review = hands.evening.review
    assert review.isVisible()
    assert review.end_button.hasFocus()
    hands.press(Qt.Key.Key_4, ALT)  # while it stands open
    assert any(line.endswith(": 1") for line in review.counts.words().splitlines())
    hands.press(Qt.Key.Key_Space)
    assert hands.tonight() is None
    assert review.copy_button.hasFocus()
    hands.press(Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert "신림역" in copied
    assert "관악경찰서" in copied
    assert "한빛" not in copied
    hands.press(Qt.Key.Key_Escape)
    assert hands.rail.form.isVisible()


def test_heads_are_counted_while_a_note_is_being_typed_and_no_word_is_lost(hands):
    begin(hands)
    note = meet(hands)
    hands.write("벤치에 혼자 앉아 있")
    hands.compose("음")

    hands.press(Qt.Key.Key_2, ALT)
    hands.press(Qt.Key.Key_7, ALT)
    tallies = hands.tonight().tallies
    assert (tallies[Tally.BRIEF], tallies[Tally.SANITARY]) == (1, 1)
    hands.press(Qt.Key.Key_Z, CTRL)  # undoes what was typed, and counts nothing back
    assert hands.tonight().tallies[Tally.SANITARY] == 1
    note.editor.redo()
    hands.press(Qt.Key.Key_Z, ALT)
    assert hands.tonight().tallies[Tally.SANITARY] == 0

    hands.press(Qt.Key.Key_E, ALT)
    (row,) = hands.evening.review.list.rows
    assert row.accessibleName().startswith("하늘")
    row.open_button.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert hands.evening.review.isHidden()
    assert "벤치에 혼자 앉아 있" in note.editor.toPlainText()
    assert hands.tonight() is not None


def test_a_night_that_was_forgotten_is_told_the_next_evening_and_stays_apart(hands):
    begin(hands)
    hands.press(Qt.Key.Key_5, ALT)
    hands.tasks._moment.jump(hours=24)

    hands.press(Qt.Key.Key_5, ALT)  # the next evening, and nobody has begun one

    form = hands.rail.form
    assert form.forgotten.isVisible()
    assert "19:15" in form.forgotten.label.text()
    begin(hands)
    hands.press(Qt.Key.Key_6, ALT)
    assert hands.tonight().counts.given() == 1

    hands.evening.open("nights")
    hands.rest()
    past = hands.evening.past
    assert past.star.isVisible()
    assert past.list.rows.rowCount() == 3
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    assert past.counts.words().count("\n") == 8
    hands.press(Qt.Key.Key_Return)
    assert hands.evening.review.isVisible()
    assert hands.evening.review.end_button.isHidden()


def test_the_plan_may_change_on_the_way(hands):
    begin(hands)
    hands.rail.card.plan_button.setFocus()
    hands.press(Qt.Key.Key_Space)
    fields = hands.evening.plan.fields
    assert fields.place.edit.text() == "신림역"

    fields.partners.others.edit.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.write("관악구청")
    hands.press(Qt.Key.Key_Return)

    assert hands.evening.plan.isHidden()
    assert hands.tonight().outreach.partners == ("관악경찰서", "관악구청")


def test_a_contact_that_is_only_half_typed_is_shown_before_the_night_ends(hands):
    begin(hands)
    hands.press(Qt.Key.Key_N, CTRL)
    hands.write("바다")
    hands.press(Qt.Key.Key_Escape)

    hands.press(Qt.Key.Key_E, ALT)
    (row,) = hands.evening.review.list.rows
    row.open_button.setFocus()
    hands.press(Qt.Key.Key_Space)

    assert hands.rail.sheet.isVisible()
    assert hands.rail.sheet.alias.words() == "바다"


def test_a_contact_is_logged_by_no_more_than_twelve_keys_besides_its_words(hands):
    begin(hands)
    before = hands.pressed

    hands.press(Qt.Key.Key_N, CTRL)
    hands.write("하늘")
    hands.press(Qt.Key.Key_Return)
    hands._qtbot.waitUntil(lambda: hands.window.pages.note.editor.hasFocus())
    hands.write("벤치에 혼자 앉아 있음")
    hands.window.pages.save_now()  # as it does by itself after a pause
    hands.rest()

    assert hands.pressed - before <= 12
    (met,) = hands.tonight().met
    assert met.youth.alias == "하늘"
    assert met.note_length >= len("벤치에 혼자 앉아 있음")
    assert "벤치에 혼자 앉아 있음" in hands.window.pages.note.editor.toPlainText()
