"""A night is begun, people are met, heads are counted: all from the left of the window."""

import pytest
from PySide6.QtCore import Qt

from desktop.domain.outreach import ITEMS, Tally
from desktop.domain.youths import Age, AgeBasis, Gender
from desktop.services import outreach
from ui.youths.rail import Rail


@pytest.fixture
def rail(qtbot, night):
    made = Rail(night)
    qtbot.addWidget(made)
    made.resize(316, 800)
    made.show()
    qtbot.waitUntil(night.is_idle)
    return made


@pytest.fixture
def chosen(rail):
    seen = []
    rail.youth_chosen.connect(lambda youth, meeting: seen.append((youth, meeting)))
    return seen


def again(qtbot, night, rail):
    rail.reload()
    qtbot.waitUntil(night.is_idle)


@pytest.fixture
def two_met(qtbot, night, rail):
    """The list of tonight with two people on it, none of them chosen."""
    night.begin(qtbot)
    for alias in ("하늘", "바다"):
        night.meet(qtbot, alias)
    again(qtbot, night, rail)
    return rail.people.view


def tonight(qtbot, night):
    return night.ask(qtbot, outreach.tonight)


def test_without_a_night_there_is_a_form_that_begins_one(qtbot, night, rail):
    rail.form.place.edit.setText("신림역")
    rail.form.team.edit.setText("한빛, 오솔 ,, ")
    rail.form.partners.others.edit.setText("관악경찰서")

    rail.form.begin_button.click()
    qtbot.waitUntil(night.is_idle)

    begun = tonight(qtbot, night).outreach
    assert (begun.place, begun.team, begun.partners) == (
        "신림역",
        ("한빛", "오솔"),
        ("관악경찰서",),
    )
    assert rail.card.isVisible()
    assert "신림역" in rail.card.title.text()


def test_a_night_without_a_place_is_not_begun(qtbot, night, rail):
    rail.form.begin_button.click()
    qtbot.waitUntil(night.is_idle)

    assert tonight(qtbot, night) is None
    assert rail.form.place.note.text()


def test_a_refused_place_is_said_in_words(qtbot, night, rail):
    rail.form.place.edit.setText("900101-1234567")

    rail.form.begin_button.click()
    qtbot.waitUntil(night.is_idle)

    assert rail.form.place.note.text()
    assert tonight(qtbot, night) is None


@pytest.mark.parametrize(
    ("key", "tally"),
    [
        (Qt.Key.Key_1, Tally.GREETING),
        (Qt.Key.Key_2, Tally.BRIEF),
        (Qt.Key.Key_3, Tally.ITEM),
        (Qt.Key.Key_4, Tally.LEAFLET),
        (Qt.Key.Key_5, Tally.MEAL),
        (Qt.Key.Key_6, Tally.HOT_PACK),
        (Qt.Key.Key_7, Tally.SANITARY),
        (Qt.Key.Key_8, Tally.MEDICINE),
        (Qt.Key.Key_9, Tally.TOILETRIES),
        (Qt.Key.Key_0, Tally.CLOTHES),
        (Qt.Key.Key_Minus, Tally.FARE),
    ],
)
def test_alt_and_a_number_counts_one_and_with_shift_takes_it_back(qtbot, night, rail, key, tally):
    night.begin(qtbot)
    again(qtbot, night, rail)
    rail.activateWindow()

    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    for modifiers in (alt, alt, alt | shift):
        qtbot.keyClick(rail, key, modifiers)
    qtbot.waitUntil(night.is_idle)

    assert tonight(qtbot, night).tallies[tally] == 1
    tiles = rail.card.tiles
    assert (tiles.by_tally | tiles.by_kind)[tally].number() == 1
    assert tiles.by_tally[Tally.ITEM].number() == (tally in ITEMS)


def test_items_by_kind_are_folded_away_until_somebody_looks(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)
    tiles = rail.card.tiles
    assert not tiles.by_kind[Tally.MEAL].isVisible()

    tiles.kinds_button.click()
    qtbot.mouseClick(tiles.by_kind[Tally.MEAL], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(night.is_idle)

    assert tiles.by_kind[Tally.MEAL].number() == tiles.by_tally[Tally.ITEM].number() == 1
    assert tiles.by_kind[Tally.MEAL].accessibleName() == "Meals 1"
    assert "Alt+5" in tiles.by_kind[Tally.MEAL].accessibleDescription()


def test_a_pause_is_shown_and_ends_with_the_next_press(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)

    rail.card.pause_button.click()
    qtbot.waitUntil(night.is_idle)
    assert rail.card.running.text().startswith("Pause")
    assert rail.card.pause_button.accessibleName() == "Go on"

    rail.card.pause_button.click()
    qtbot.waitUntil(night.is_idle)
    assert rail.card.running.text().startswith("Out")
    assert not tonight(qtbot, night).outreach.is_paused


def test_bodies_of_earlier_nights_are_chips_and_none_is_chosen(qtbot, night, rail):
    begun = night.begin(qtbot)
    moment = night.moment()
    night.ask(qtbot, lambda vault: outreach.end(vault, begun.id, moment))
    again(qtbot, night, rail)

    (chip,) = rail.form.partners.chips
    assert (chip.text(), chip.isChecked()) == ("관악경찰서", False)
    chip.click()
    rail.form.place.edit.setText("도림천")
    rail.form.partners.others.edit.setText("구청, 관악경찰서")
    rail.form.begin_button.click()
    qtbot.waitUntil(night.is_idle)

    assert tonight(qtbot, night).outreach.partners == ("관악경찰서", "구청")


def test_a_night_that_passed_six_is_closed_and_said_so_when_the_minute_comes(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)
    night._moment.jump(hours=11)

    rail._on_minute()
    qtbot.waitUntil(night.is_idle)

    assert rail.form.forgotten.isVisible()
    assert "19:15" in rail.form.forgotten.label.text()
    with qtbot.waitSignal(rail.form.forgotten_wanted):
        rail.form.look_button.click()


def test_a_tile_counts_up_and_its_minus_takes_back_but_never_below_nothing(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)
    tile = rail.card.tiles.by_tally[Tally.ITEM]

    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(night.is_idle)
    assert tile.number() == 2

    minus = tile.rect().bottomLeft()
    minus.setX(8)
    minus.setY(minus.y() - 6)
    for _ in range(3):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=minus)
    qtbot.waitUntil(night.is_idle)
    assert tile.number() == 0


def test_someone_new_is_kept_listed_and_opened(qtbot, night, rail, chosen):
    night.begin(qtbot)
    again(qtbot, night, rail)
    rail.new_meeting()
    sheet = rail.sheet
    sheet.alias.edit.setText("도윤")
    sheet.age.show_age(Age.between(13, 15))
    sheet.gender.buttons[Gender.MALE.value].click()
    sheet.language.setCurrentIndex(sheet.language.findData("vi"))
    sheet.guardian.setChecked(True)
    sheet.place.edit.setText("PC방 앞")

    sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)

    met = tonight(qtbot, night).met[0]
    youth = met.youth
    assert (youth.alias, youth.age, youth.gender) == ("도윤", Age.between(13, 15), Gender.MALE)
    assert (youth.language, youth.keep_from_guardian) == ("vi", True)
    assert met.meeting.place == "PC방 앞"
    assert chosen == [(youth.id, met.meeting.id)]
    assert sheet.isHidden()
    assert rail.people.view.currentIndex().data(Qt.ItemDataRole.DisplayRole) == "도윤"


def test_nobody_has_to_give_a_name(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)
    rail.new_meeting()
    rail.sheet.age.basis.buttons[AgeBasis.UNKNOWN.value].click()

    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)

    youth = tonight(qtbot, night).met[0].youth
    assert youth.alias == "No name given 1"
    assert youth.age == Age.unknown()


def test_a_refused_alias_stays_in_the_sheet_with_the_reason(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)
    rail.new_meeting()
    rail.sheet.alias.edit.setText("900101-1234567")

    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)

    assert rail.sheet.isVisible()
    assert rail.sheet.problem.text()
    assert rail.sheet.save_button.isEnabled()
    assert tonight(qtbot, night).met == ()


def test_someone_met_before_is_offered_by_initial_consonants(qtbot, night, rail, chosen):
    night.begin(qtbot)
    known = night.meet(qtbot, "하늘").youth
    night.begin(qtbot, "도림천")
    again(qtbot, night, rail)
    rail.new_meeting()

    rail.sheet.alias.edit.setText("ㅎㄴ")
    qtbot.waitUntil(lambda: len(rail.sheet.known.buttons) == 1)
    rail.sheet.known.buttons[0].click()
    qtbot.waitUntil(night.is_idle)

    met = tonight(qtbot, night).met
    assert [each.youth.id for each in met] == [known.id]
    assert chosen == [(known.id, met[0].meeting.id)]


def test_closing_the_sheet_loses_no_words(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)
    rail.new_meeting()
    rail.sheet.alias.edit.setText("바다")

    qtbot.keyClick(rail.sheet, Qt.Key.Key_Escape)
    assert rail.sheet.isHidden()
    rail.new_meeting()

    assert rail.sheet.alias.words() == "바다"


def test_an_uncertain_age_near_14_is_pointed_out(qtbot, night, rail):
    night.begin(qtbot)
    again(qtbot, night, rail)
    rail.new_meeting()

    rail.sheet.age.show_age(Age.stated(14))
    assert not rail.sheet.age.hint.text()
    rail.sheet.age.show_age(Age.estimated(14))
    assert rail.sheet.age.hint.text()


def test_reloading_keeps_who_is_chosen_without_choosing_again(qtbot, night, rail, chosen):
    night.begin(qtbot)
    for alias in ("하늘", "바다", "린"):
        night.meet(qtbot, alias)
    again(qtbot, night, rail)
    rail.people.view.setCurrentIndex(rail.people.view.model().index(1, 0))
    assert len(chosen) == 1

    night.meet(qtbot, "새벽")
    again(qtbot, night, rail)

    assert rail.people.view.currentIndex().data(Qt.ItemDataRole.DisplayRole) == "바다"
    assert len(chosen) == 1


def test_arrow_keys_open_the_next_one(qtbot, two_met, chosen):
    two_met.setCurrentIndex(two_met.model().index(0, 0))

    qtbot.keyClick(two_met, Qt.Key.Key_Down)

    assert len(chosen) == 2


def test_a_click_opens_the_one_it_is_on(qtbot, two_met, chosen):
    for n in (1, 0):
        place = two_met.visualRect(two_met.model().index(n, 0)).center()
        qtbot.mouseClick(two_met.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert len(chosen) == 2


def test_whoever_comes_by_with_tab_opens_nobody(qtbot, two_met, chosen):
    two_met.setFocus()
    assert two_met.hasFocus()
    assert chosen == []

    qtbot.keyClick(two_met, Qt.Key.Key_Down)
    assert two_met.currentIndex().row() == 0
    assert len(chosen) == 1


def test_ending_asks_for_the_look_back_first(qtbot, night, rail):
    begun = night.begin(qtbot)
    again(qtbot, night, rail)

    with qtbot.waitSignal(rail.end_wanted) as asked:
        rail.card.end_button.click()

    assert asked.args == [begun.id]
    assert tonight(qtbot, night) is not None


def test_a_row_says_all_of_itself_to_a_screen_reader(qtbot, night, rail):
    night.begin(qtbot)
    night.meet(qtbot, "하늘", Age.estimated(16))
    again(qtbot, night, rail)

    spoken = rail.people.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    for part in ("하늘", "Age 16, estimated", "3번 출구 벤치", "Not assessed", "No note yet"):
        assert part in spoken


def test_somebody_of_the_same_alias_is_new_only_after_a_second_press(qtbot, night, rail):
    night.begin(qtbot)
    night.meet(qtbot, "하늘")
    again(qtbot, night, rail)
    rail.new_meeting()
    rail.sheet.alias.edit.setText("하늘")

    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)
    assert len(tonight(qtbot, night).met) == 1
    assert rail.sheet.isVisible()
    assert "same alias" in rail.sheet.known.buttons[0].text()
    rail.sheet.save_button.click()
    qtbot.waitUntil(night.is_idle)

    assert len(tonight(qtbot, night).met) == 2


def test_the_same_alias_is_asked_about_each_time(qtbot, night, rail):
    night.begin(qtbot)
    known = night.meet(qtbot, "하늘").youth
    again(qtbot, night, rail)
    for _ in range(2):
        rail.new_meeting()
        rail.sheet.alias.edit.setText("하늘")
        rail.sheet.save_button.click()
        qtbot.waitUntil(night.is_idle)
        assert rail.sheet.isVisible()
        rail.sheet.known.buttons[0].click()
        qtbot.waitUntil(rail.sheet.isHidden)
        qtbot.waitUntil(night.is_idle)

    assert {met.youth.id for met in tonight(qtbot, night).met} == {known.id}


def test_whoever_is_asked_for_a_second_press_still_has_the_keyboard(qtbot, night, rail):
    night.begin(qtbot)
    night.meet(qtbot, "하늘")
    again(qtbot, night, rail)
    rail.new_meeting()
    rail.sheet.alias.edit.setText("하늘")
    rail.sheet.save_button.setFocus()

    qtbot.keyClick(rail.sheet.save_button, Qt.Key.Key_Space)
    qtbot.waitUntil(night.is_idle)

    assert rail.sheet.known.buttons[0].isVisible()
    assert rail.window().focusWidget() is rail.sheet.alias.edit
