"""Printing takes two steps, shows what will be on the page, and keeps no word afterwards."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

import i18n
import ui
from desktop.domain.looks import Act, Kind
from desktop.domain.summaries import Section
from desktop.services import looks
from sync.protocol.digests import sha256
from ui.printing.paper import Marked, Paper, Part, Told, shown


@pytest.fixture
def sheet(room, haneul):
    room.window.drawer_wanted.emit("print")
    sheet = room.door.printing
    assert sheet.isVisible()
    return sheet


def choose(sheet, *sections):
    for each in sections:
        sheet.choosing.boxes[each].setChecked(True)
    sheet.choosing.reason.setCurrentIndex(1)
    sheet.choosing.reader.edit.setText("하늘")
    sheet.choosing.printer.edit.setText("한빛")


def seen(room, sheet):
    room.qtbot.mouseClick(sheet.see_button, Qt.MouseButton.LeftButton)
    room.settle()


def test_nothing_is_chosen_beforehand_and_without_all_of_it_there_are_no_pages(sheet):
    assert not any(box.isChecked() for box in sheet.choosing.boxes.values())
    assert not sheet.choosing.sensitive.isChecked()
    assert sheet.choosing.reason.currentData() is None
    assert not sheet.see_button.isEnabled()
    assert not sheet.save_button.isVisible()

    choose(sheet, Section.NOTES)
    assert sheet.see_button.isEnabled()

    sheet.choosing.reader.edit.clear()
    assert not sheet.see_button.isEnabled()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_was_seen_is_what_is_written_after_the_journal_knows(
    room, monkeypatch, tmp_path, language
):
    i18n.use(language)
    file = room.met()
    room.show(file)
    room.window.drawer_wanted.emit("print")
    sheet, place = room.door.printing, tmp_path / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    choose(sheet, Section.PERSON, Section.NOTES)
    seen(room, sheet)

    told = sheet.preview.view.accessibleName()
    assert "하늘" in told
    assert "벤치에서 만남" in told
    assert not place.exists()
    room.qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    room.settle()

    written = place.read_bytes()
    assert written.startswith(b"%PDF-")
    assert list(tmp_path.glob("*.pdf*")) == [place]
    found = room.do(lambda vault: looks.of(vault, file.youth.id))
    [page] = [each for each in found if each.sight.kind is Kind.SUMMARY]
    assert page.sight.act is Act.PRINTED
    assert page.sight.record.startswith(sha256(written).hex())
    assert place.name in sheet.notice.label.text()


def test_who_changes_their_mind_has_written_nothing(room, sheet, haneul, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    choose(sheet, Section.NOTES)
    seen(room, sheet)

    room.qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    sheet.leave()
    room.settle()

    found = room.do(lambda vault: looks.of(vault, haneul.youth.id))
    assert not [each for each in found if each.sight.act is Act.PRINTED]
    assert sheet.preview.view.accessibleName() == ""
    assert sheet._made is None


def test_every_page_says_who_for_whom_and_when_and_words_are_plain(qapp):
    many = tuple(f"<b>{n}</b> 줄" for n in range(120))
    marked = Marked("받는 사람 하늘", "파기해 주세요", "하늘 · 한빛")
    paper = Paper(Told("요약", (Part("기록", many),), marked))

    assert paper.pages() > 1
    assert "<b>7</b> 줄" in paper.words()
    bare = Paper(Told("요약", (Part("기록", many),), Marked("", "", "")))
    for page in range(paper.pages()):
        assert paper.picture(page, 200) != bare.picture(page, 200)


def test_two_papers_of_the_same_words_look_the_same(qapp):
    told = Told("요약", (Part("기록", ("한 줄",)),), Marked("a", "b", "c"))

    first, second = (shown(told, 300).pictures for _ in range(2))

    assert first == second


def test_the_thread_that_paints_draws_no_page(room, sheet, monkeypatch, tmp_path):
    drawn, place = [], tmp_path / "a.pdf"
    draw = Paper._draw
    monkeypatch.setattr(
        Paper, "_draw", lambda *of: (drawn.append(threading.current_thread()), draw(*of))
    )
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    choose(sheet, Section.NOTES)

    seen(room, sheet)
    room.qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    room.settle()

    assert place.exists()
    assert len(drawn) == 2
    assert threading.main_thread() not in drawn


def test_there_is_one_door_to_files_for_paper():
    files = (Path(ui.__file__).parent).rglob("*.py")
    doors = [file.name for file in files if "QPdfWriter" in file.read_text("utf-8")]

    assert doors == ["paper.py"]


@pytest.mark.parametrize("lines", range(28, 40))
def test_no_head_stands_alone_at_the_foot_of_a_page(qapp, lines):
    told = tuple(f"줄 {n}" for n in range(lines))
    parts = (Part("기록", told), Part("약속", ("전화",)))
    paper = Paper(Told("요약", parts, Marked("", "", "")))
    document, layout = paper._document, paper._document.documentLayout()

    head, after = (document.findBlockByNumber(lines + n) for n in (2, 3))

    assert (head.text(), after.text()) == ("약속", "전화")
    pages = {
        int(layout.blockBoundingRect(each).bottom() // paper_high(paper)) for each in (head, after)
    }
    assert len(pages) == 1


def paper_high(paper):
    return paper._document.pageSize().height()
