"""Tonight's outreach."""

from journeys.hand import ALT, CTRL, Key
from journeys.table import of
from PySide6.QtGui import QGuiApplication

from desktop.domain.nights import Counts
from desktop.domain.outreach import Tally
from desktop.services import outreach
from ui.nights.words import lines
from ui.youths.tiles import KEYS

said = of("Tonight's outreach")
_KEY = {"-": Key.Key_Minus} | {str(n): Key(Key.Key_0.value + n) for n in range(10)}


@said("plan (place, route, team, partner bodies), start, pause, end; ", alone="counselor")
def a_night_is_planned_begun_rested_and_ended(hand):
    hand.key(Key.Key_E, ALT)
    hand.click(hand.desk.evening.review.end_button)
    hand.key(Key.Key_Escape)
    form = hand.window.rail.form
    form.place.edit.setFocus()
    for words in ("홍대입구역", "9번 출구 – 걷고싶은거리", "나, 한빛", "마포경찰서"):
        hand.write(words)
        hand.key(Key.Key_Tab)
    hand.key(Key.Key_Backtab)
    hand.key(Key.Key_Return)
    night = hand.tonight.outreach
    planned = (night.place, night.route, night.team, night.partners)
    assert planned == (
        "홍대입구역", "9번 출구 – 걷고싶은거리", ("나", "한빛"), ("마포경찰서",),
    ), planned  # fmt: skip

    hand.key(Key.Key_P, ALT)
    assert hand.tonight.outreach.is_paused
    hand.key(Key.Key_P, ALT)
    assert not hand.tonight.outreach.is_paused
    hand.key(Key.Key_E, ALT)
    hand.key(Key.Key_Space)
    assert hand.ask(lambda vault: (outreach.tonight(vault),)) == (None,)


@said("a night belongs to the date it began and rolls over at 06:00. ", alone="counselor")
def at_six_another_day_begins(hand):
    night = hand.tonight.outreach
    with hand.clock(2026, 11, 20, 20, 59):  # 05:59 in Seoul, the next morning
        hand.window.rail.reload()
        hand.settle()
        assert hand.window.rail.card.isVisible()
        assert hand.tonight.outreach.night() == night.night()
    with hand.clock(2026, 11, 20, 21, 0):
        hand.window.rail._on_minute()
        hand.settle()
        form = hand.window.rail.form
        assert form.isVisible()
        hand.says(form.forgotten.label, "11.20. 금", "Fri, Nov 20")
        hand.click(form.look_button)
        assert not hand.desk.evening.review.end_button.isVisible()


@said("Tallies that never open a person (met, counseled, leaflets, items by kind) with one key"
      " each and undo; ")  # fmt: skip
def every_tally_has_one_key_and_a_way_back(hand):
    hand.open("하늘")
    hand.note.editor.setFocus()
    people, before = hand.rows(["youth", "meeting"]), hand.tonight.tallies
    for tally, key in KEYS.items():
        hand.pressed = 0
        hand.key(_KEY[key], ALT)
        assert hand.tonight.tallies.get(tally, 0) == before.get(tally, 0) + 1, tally
        hand.key(Key.Key_Z, ALT)
        assert hand.tonight.tallies.get(tally, 0) == before.get(tally, 0), tally
        assert hand.pressed == 2
    assert {Tally.GREETING, Tally.BRIEF, Tally.LEAFLET, Tally.HOT_PACK} <= set(KEYS)
    assert hand.rows(["youth", "meeting"]) == people
    assert hand.file.youth.alias == "하늘"


@said("a contact without name or consent in under 20 seconds; ")
def somebody_without_a_name_takes_two_keys(hand):
    [people, consents] = hand.rows(["youth", "consent"])
    hand.pressed = 0
    hand.key(Key.Key_N, CTRL)
    hand.key(Key.Key_Return)
    hand.until(lambda: hand.file is not None and hand.file.jotting is not None)
    assert hand.pressed == 2  # a key takes less than ten seconds
    assert hand.note.editor.hasFocus()
    assert hand.rows(["youth", "consent"]) == [people + 1, consents]


@said("end-of-shift review that shows what is unfinished, and produces the counts centers already"
      " report.")  # fmt: skip
def the_end_shows_what_is_left_and_the_numbers(hand):
    hand.key(Key.Key_N, CTRL)
    hand.write("다솜")
    hand.key(Key.Key_Escape)
    hand.key(Key.Key_E, ALT)
    review = hand.desk.evening.review
    named = [row.accessibleName() for row in review.list.rows]
    assert any(name.startswith("하늘") for name in named), named
    assert len(named) >= 3  # a promise of tonight, what waits for the line, a half-typed contact
    assert review.end_button.isEnabled()

    hand.click(review.copy_button)
    copied, counts = QGuiApplication.clipboard().text(), hand.tonight.counts
    assert isinstance(counts, Counts)
    for name, value in lines(counts)[:-1]:  # the time out is told at the end
        assert f"{name}: {value}" in copied
    hand.says(copied, "만난", "met")
    assert "하늘" not in copied
