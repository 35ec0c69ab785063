"""Who looked can be read beside the note, and taken out as a file that says so."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.errors import FileNotWritten
from desktop.services import youths
from ui import messages


def told(sheet):
    model = sheet.list.rows
    return [
        " | ".join(model.index(row, column).data() for column in range(3))
        for row in range(model.rowCount())
    ]


def save_as(monkeypatch, place):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))


def opened(room, file):
    room.window.open_file(file.youth.id, file.meeting.id)
    room.qtbot.waitUntil(lambda: room.window.pages.file is not None)
    room.qtbot.waitUntil(lambda: room.window.board.middle.currentIndex() == 1)


def test_the_page_of_a_young_person_leads_to_who_looked_at_it(room, haneul):
    opened(room, haneul)

    room.qtbot.mouseClick(room.window.pages.note.header.looks_button, Qt.MouseButton.LeftButton)
    room.settle()

    sheet = room.keeper.looks
    assert sheet.isVisible()
    assert "하늘" in sheet.lead.text()
    assert [line.split(" | ")[1:] for line in told(sheet)] == [
        ["You", "Read the note"], ["You", "Opened the page"],
    ]  # fmt: skip


def test_each_look_is_read_out_as_one_sentence_and_the_keyboard_is_in_the_list(room, haneul):
    opened(room, haneul)
    sheet = room.open("looks")

    said = sheet.list.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said.endswith("You. Read the note")
    assert room.window.focusWidget() is sheet.list


def test_with_nobody_chosen_the_looks_at_everybody_are_shown_with_aliases(room, haneul):
    bada, moment = room.met("바다", "편의점"), room.tasks.moment()
    room.do(lambda vault: youths.open_file(vault, bada.youth.id, None, moment))

    sheet = room.open("looks")

    assert any("바다 · Read the note" in line for line in told(sheet))
    assert any("하늘 · Opened the page" in line for line in told(sheet))


def test_a_file_for_the_supervisor_holds_no_alias_and_its_saving_is_a_look(
    room, haneul, tmp_path, monkeypatch
):
    save_as(monkeypatch, tmp_path / "looks.csv")
    sheet = room.open("looks")

    sheet.saving.save_button.click()
    room.settle()

    saved = (tmp_path / "looks.csv").read_text("utf-8-sig")
    assert str(haneul.youth.id) in saved
    assert saved.startswith("When,Who,Laptop,What was done,Which record,Young person,Alias,Why")
    assert "Opened the page" in saved
    assert "+09:00" in saved
    assert "하늘" not in saved
    assert "looks.csv" in sheet.saving.notice.label.text()
    assert "Saved this record as a file" in told(sheet)[0]


def test_aliases_are_in_it_only_when_asked_for(room, haneul, tmp_path, monkeypatch):
    save_as(monkeypatch, tmp_path / "looks.csv")
    sheet = room.open("looks")

    sheet.saving.aliases.setChecked(True)
    sheet.saving.save_button.click()
    room.settle()

    assert "하늘" in (tmp_path / "looks.csv").read_text("utf-8-sig")
    sheet.begin(None)
    assert not sheet.saving.aliases.isChecked()


def test_where_no_file_can_be_written_it_is_said_and_can_be_tried_again(
    room, haneul, tmp_path, monkeypatch
):
    save_as(monkeypatch, tmp_path / "not there" / "looks.csv")
    sheet = room.open("looks")

    sheet.saving.save_button.click()
    room.settle()

    assert sheet.saving.notice.label.text() == messages.sentence(FileNotWritten())
    assert sheet.saving.save_button.isEnabled()


def test_whoever_chooses_no_place_saves_nothing(room, haneul, monkeypatch):
    save_as(monkeypatch, "")
    sheet = room.open("looks")

    sheet.saving.save_button.click()
    room.settle()

    assert not sheet.saving.notice.isVisible()
    assert not any("Saved" in line for line in told(sheet))
