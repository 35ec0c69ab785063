"""Search everywhere, and the timeline."""

from pathlib import Path

from journeys.hand import ALT, Key
from journeys.table import of
from prove.instead import instead
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.domain.looks import Act
from desktop.domain.looks import Kind as Looked
from desktop.domain.screening import Risk
from desktop.domain.summaries import Section
from desktop.domain.timeline import Kind
from desktop.services import looks
from sync.protocol.digests import sha256
from ui.calendar.grid import DAY
from ui.searching.model import Kind as Row

search, timeline = of("Search everywhere"), of("Timeline")


def _titles(rows, kind):
    return [row.title for row in rows if row.kind is kind]


@search("people by alias, initial consonants, typo in a jamo; ")
def somebody_is_found_with_a_slip(hand):
    for typed in ("하늘", "ㅎㄴ", "하눌"):
        assert "하늘" in _titles(hand.search(typed), Row.YOUTH), typed


@search("notes by any two syllables, with highlighted context; ")
def any_two_syllables_find_a_note(hand):
    for typed in ("코코", "코아", "쉼터", "시쉼"):
        found = [row for row in hand.search(typed) if row.kind is Row.NOTE]
        assert found, typed
        assert found[0].context[1] == typed
        assert found[0].context[0] or found[0].context[2]


@search("actions; ")
def an_action_is_found_and_done(hand):
    words = {"ko": "달력", "en": "Calendar"}[hand.language]
    assert words in _titles(hand.search(words), Row.ACTION)
    hand.key(Key.Key_Return)
    assert hand.desk.evening.calendar.isVisible()


@search("agencies. ")
def an_agency_is_found_and_opened(hand):
    found = [row for row in hand.search("쉼터") if row.kind is Row.AGENCY]
    assert found
    assert found[0].agency is not None


@search("Filters by date, place, worker, risk.")
def a_search_is_narrowed(hand):
    assert "하늘" in _titles(hand.search("코코아"), Row.NOTE)
    palette = hand.window.palette_sheet
    hand.key(Key.Key_F, ALT)
    narrow = palette.narrowing

    def left():
        hand.until(lambda: palette._asked[1] == narrow.filters(hand.tasks.moment().now))
        hand.settle()
        model = palette.list.model()
        rows = [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]
        return [row for row in rows if row.kind is Row.NOTE]

    both = len(left())
    assert both == 2  # tonight's and that of a week ago
    narrow.when.setCurrentIndex(narrow.when.findData(1))
    assert len(left()) == 1
    narrow.when.setCurrentIndex(0)
    narrow.risk.setCurrentIndex(narrow.risk.findData(Risk.HIGH))
    assert left() == []
    narrow.risk.setCurrentIndex(narrow.risk.findData(Risk.MEDIUM))
    assert len(left()) == both
    narrow.risk.setCurrentIndex(0)
    for line, there in ((narrow.place, "신림"), (narrow.worker, "오름")):
        line.setText(there)
        assert len(left()) == both, there
        line.setText("어디에도 없는")
        assert left() == []
        line.clear()
    palette.switch()


@timeline("contacts, notes, consents, referrals, answers, in one quiet column; ", alone="answered")
def one_column_tells_all_of_it(hand):
    hand.open("하늘")
    hand.note.editor.setFocus()
    hand.write("벤치에서 만남")
    hand.until(hand.note.is_saved)
    hand.key(Key.Key_F7)
    rows = [row for row in hand.desk.passing.timeline.model.rows if not row.is_head]
    kinds = {row.event.kind for row in rows}
    assert {Kind.MEETING, Kind.CONSENT, Kind.REFERRAL, Kind.STEP, Kind.ANSWER} <= kinds, kinds
    told = " ".join(row.spoken() for row in rows)
    assert "벤치에서 만남" in told
    assert "내일 두 시에 만나요" in told
    assert [row.event.at for row in rows] == sorted((r.event.at for r in rows), reverse=True)


@timeline("a calendar and a place list; ")
def a_month_and_the_places(hand):
    hand.key(Key.Key_F6)
    calendar = hand.desk.evening.calendar
    hand.says(calendar.month, "2026년 11월", "November 2026")
    assert calendar.grid.currentIndex().data(DAY).day == 20
    said = [calendar.list.item(n).text() for n in range(calendar.list.count())]
    assert any("신림역" in each for each in said), said
    calendar.leave()
    hand.do("places")
    model = hand.desk.evening.places.list.model()
    assert model.index(0, 0).data() == "신림역"
    assert int(model.index(0, 1).data()) >= 5


@timeline("printing of a chosen summary to PDF with a watermark and a journal entry, never by"
          " accident.")  # fmt: skip
def printing_takes_two_steps_and_is_written_down(hand):
    hand.open("하늘")
    youth = hand.file.youth.id
    hand.do("print")
    sheet = hand.desk.passing.printing
    assert not any(box.isChecked() for box in sheet.choosing.boxes.values())
    assert not sheet.see_button.isEnabled()
    for each in (Section.PERSON, Section.NOTES):
        sheet.choosing.boxes[each].setChecked(True)
    sheet.choosing.reason.setCurrentIndex(1)
    sheet.choosing.reader.edit.setText("서울의료원")
    sheet.choosing.printer.edit.setText("한빛")
    hand.click(sheet.see_button)
    across = sheet._made[1].marked.across
    assert "서울의료원" in across
    assert "한빛" in across
    place = Path(hand.stage.home) / "a.pdf"
    with instead(QFileDialog, "getSaveFileName", lambda *_: (str(place), "")):
        hand.click(sheet.save_button)
    hand.until(place.exists)
    hand.settle()
    written = place.read_bytes()
    assert written.startswith(b"%PDF-")
    seen = hand.ask(lambda vault: looks.of(vault, youth))
    [kept] = [each for each in seen if each.sight.kind is Looked.SUMMARY]
    assert kept.sight.act is Act.PRINTED
    assert kept.sight.record.startswith(sha256(written).hex())
