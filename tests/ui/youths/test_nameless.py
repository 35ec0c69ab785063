"""Somebody who gives no name is kept with a handful of keys; the list says what follows."""

import pytest
from builders import a_judgement
from PySide6.QtCore import Qt

import i18n
from desktop.domain.safety import Step
from desktop.domain.screening import NextStep, Risk
from desktop.domain.youths import Age, AgeBasis
from desktop.services import notes, outreach, safety, screening
from ui.youths.rail import Rail

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
MOST = 12
"""Keystrokes besides the words."""


class Keys:
    """Types like a hand, and counts every key that is no word."""

    def __init__(self, qtbot, rail):
        self._qtbot, self._rail, self.count = qtbot, rail, 2  # Ctrl and N

    def press(self, *keys):
        for key in keys:
            self._qtbot.keyClick(self._at(), key)
            self.count += 1

    def words(self, text):
        self._qtbot.keyClicks(self._at(), text)

    def _at(self):
        return self._rail.window().focusWidget()


@pytest.fixture(params=["en", "ko"])
def rail(request, qtbot, night):
    i18n.use(request.param)
    made = Rail(night)
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    night.begin(qtbot)
    made.reload()
    qtbot.waitUntil(night.is_idle)
    made.activateWindow()
    return made


def test_somebody_without_a_name_takes_at_most_twelve_keys(qtbot, night, rail):
    keys = Keys(qtbot, rail)
    rail.new_meeting()

    keys.press(Qt.Key.Key_Tab)
    keys.words("4")
    keys.press(Qt.Key.Key_Tab)
    keys.words("2 cocoa")
    keys.press(Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Tab)
    assert rail.sheet.age.basis.key() == AgeBasis.ESTIMATED.value
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(night.is_idle)

    [met] = night.ask(qtbot, outreach.tonight).met
    assert keys.count <= MOST
    assert met.youth.age == Age.estimated(15)
    assert (met.meeting.place, met.jotting.given) == ("4", "2 cocoa")
    assert rail.sheet.isHidden()


def test_two_keys_are_enough_and_no_age_is_made_up(qtbot, night, rail):
    rail.new_meeting()
    qtbot.keyClick(rail.window().focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(night.is_idle)

    [met] = night.ask(qtbot, outreach.tonight).met
    assert met.youth.age == Age.unknown()
    assert met.youth.alias in {"No name given 1", "이름 없음 1"}
    assert met.jotting is not None


def test_the_row_says_what_happened_and_counts_the_days_of_words(qtbot, night, rail):
    rail.new_meeting()
    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)
    row = rail.people.view.model().index(0, 0)
    assert any(words in row.data(SPOKEN) for words in ("Only greeted", "인사만 나눔"))

    [met] = night.ask(qtbot, outreach.tonight).met
    about, moment = (met.youth.id, met.meeting.id), night.moment()
    night.ask(qtbot, lambda vault: notes.save(vault, *about, "기침이 잦음", moment))
    rail.reload()
    qtbot.waitUntil(night.is_idle)

    spoken = rail.people.view.model().index(0, 0).data(SPOKEN)
    assert any(words in spoken for words in ("Goes in 7 days", "7일 뒤 지움"))


def test_a_plan_alone_counts_its_days_and_high_waits_for_somebody_who_looks(qtbot, night, rail):
    rail.new_meeting()
    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)
    [met] = night.ask(qtbot, outreach.tonight).met
    youth, moment = met.youth.id, night.moment()

    def said():
        rail.reload()
        qtbot.waitUntil(night.is_idle)
        return rail.people.view.model().index(0, 0).data(SPOKEN)

    night.ask(qtbot, lambda vault: safety.keep(vault, youth, {Step.OWN: "산책"}, moment))
    assert any(words in said() for words in ("Goes in 7 days", "7일 뒤 지움"))
    judged = a_judgement(youth=youth, risk=Risk.HIGH, next_step=NextStep.REPORT)
    night.ask(qtbot, lambda vault: screening.judge(vault, judged, moment))
    assert any(words in said() for words in ("Kept for now", "아직 보관 중"))


def test_with_an_alias_what_was_given_has_no_line_of_its_own(rail):
    rail.new_meeting()
    assert rail.sheet.given.isVisible()

    rail.sheet.alias.edit.setText("하늘")
    assert not rail.sheet.given.isVisible()


def test_what_is_typed_as_given_stays_in_sight_while_an_alias_is_typed(rail):
    rail.new_meeting()
    rail.sheet.given.edit.setText("핫팩 둘")
    rail.sheet.alias.edit.setText("하늘")
    assert rail.sheet.given.isVisible()

    words = rail.sheet.typed()
    rail.sheet.clear_form()
    rail.sheet.fill(words)  # as after a lock

    assert rail.sheet.given.isVisible()


@pytest.mark.parametrize("years", [0, 99])
def test_an_age_nobody_young_has_is_answered_with_a_sentence_and_nothing_is_lost(
    qtbot, night, rail, years
):
    rail.new_meeting()
    rail.sheet.alias.edit.setText("하늘")
    rail.sheet.age.basis.buttons[AgeBasis.STATED.value].click()
    rail.sheet.age.lowest.setValue(years)
    assert "30" in rail.sheet.age.hint.text()

    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)

    assert night.ask(qtbot, outreach.tonight).met == ()
    assert rail.sheet.isVisible()
    assert "30" in rail.sheet.problem.text()
    kept = rail.sheet.typed()  # what a lock keeps
    rail.sheet.clear_form()
    rail.sheet.fill(kept)
    assert (rail.sheet.alias.words(), rail.sheet.age.lowest.value()) == ("하늘", years)


def test_a_birth_date_says_the_age_and_is_not_kept(qtbot, night, rail):
    rail.new_meeting()
    sheet = rail.sheet
    sheet.alias.edit.setText("하늘")
    assert not sheet.age.born.isVisible()
    sheet.age.basis.buttons[AgeBasis.STATED.value].click()
    qtbot.keyClicks(sheet.age.born, "2012-11-20")
    assert sheet.age.lowest.value() == 14
    assert not sheet.age.hint.text()
    assert "2012" not in "".join(sheet.typed().values())

    qtbot.keyClick(sheet.age.born, Qt.Key.Key_Return)
    qtbot.waitUntil(night.is_idle)

    (met,) = night.ask(qtbot, outreach.tonight).met
    assert met.youth.age == Age.stated(14)
    assert sheet.age.born.text() == ""


@pytest.mark.parametrize("typed", ["2027-01-01", "2026-01-01", "1927-01-01", "어제"])
def test_a_birth_date_that_cannot_be_is_named_beside_the_field(qtbot, night, rail, typed):
    rail.new_meeting()
    age = rail.sheet.age
    age.basis.buttons[AgeBasis.STATED.value].click()
    age.born.setText(typed)

    assert age.hint.isVisible()
    assert age.hint.text() == age.wrong() != ""
    assert age.born.property("wrong") == "true"
    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)
    assert night.ask(qtbot, outreach.tonight).met == ()

    age.lowest.setValue(16)  # what was said last counts
    assert (age.born.text(), age.wrong()) == ("", "")
