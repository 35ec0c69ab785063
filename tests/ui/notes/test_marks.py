"""A sensitive mark stays on its words: typing, pasting, undoing, saving and opening again."""

import pytest
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.domain.notes import Mark
from ui.notes.editor import NoteEditor


@pytest.fixture
def editor(qtbot):
    made = NoteEditor()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def select(editor, words):
    text = editor.written().text
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    cursor = editor.textCursor()
    cursor.setPosition(start)
    end = start + len(words.encode("utf-16-le")) // 2
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    return cursor


def mark(editor, words):
    select(editor, words)
    editor.toggle_sensitive()


def passages(editor):
    written = editor.written()
    return [written.text[m.start : m.end] for m in written.marks]


def test_a_selection_is_marked_and_a_second_time_is_not(editor):
    editor.show_text("만남 😀 천식 약을 먹음 😀 끝")

    mark(editor, "천식 약")
    assert passages(editor) == ["천식 약"]

    editor.toggle_sensitive()
    assert passages(editor) == []


def test_without_a_selection_it_is_the_line(editor):
    editor.show_text("만남\n천식 약\n끝")
    cursor = editor.textCursor()
    cursor.setPosition(5)
    editor.setTextCursor(cursor)

    editor.toggle_sensitive()

    assert passages(editor) == ["천식 약"]


def test_marking_is_a_change_that_is_saved(editor):
    editor.show_text("천식")
    seen = []
    editor.changed.connect(lambda: seen.append(1))

    mark(editor, "천식")

    assert seen


def test_words_before_inside_and_after_a_mark_are_typed_where_they_belong(qtbot, editor):
    editor.show_text("가 천식 나")
    mark(editor, "천식")

    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.insertText("앞 ")
    cursor.setPosition(5)
    cursor.insertText("약")
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(" 뒤")

    assert editor.written().text == "앞 가 천약식 나 뒤"
    assert passages(editor) == ["천약식"]


def test_a_new_line_after_a_mark_is_not_marked(qtbot, editor):
    editor.show_text("천식")
    mark(editor, "천식")
    editor.moveCursor(QTextCursor.MoveOperation.End)

    qtbot.keyClicks(editor, "\rmore")

    assert passages(editor) == ["천식"]


def test_undo_brings_words_back_with_their_mark(editor):
    editor.show_text("가 천식 나")
    mark(editor, "천식")
    select(editor, "천식").removeSelectedText()
    assert passages(editor) == []

    editor.undo()
    assert passages(editor) == ["천식"]

    editor.undo()
    assert (editor.written().text, passages(editor)) == ("가 천식 나", [])


def test_what_is_cut_and_pasted_keeps_its_mark(editor):
    editor.show_text("가 천식 나")
    mark(editor, "천식")

    data = select_and_take(editor, "가 천식")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.insertFromMimeData(data)

    assert editor.written().text == "가 천식 나가 천식"
    assert passages(editor) == ["천식", "천식"]
    assert data.text() == "가 천식"
    assert not data.hasHtml()


def select_and_take(editor, words):
    select(editor, words)
    return editor.createMimeDataFromSelection()


def test_plain_words_pasted_inside_a_mark_belong_to_it(editor):
    editor.show_text("가 천식 나")
    mark(editor, "천식")
    data = select_and_take(editor, "나")
    cursor = editor.textCursor()
    cursor.setPosition(3)
    editor.setTextCursor(cursor)

    editor.insertFromMimeData(data)

    assert passages(editor) == ["천나식"]


def test_marks_of_several_lines_are_one_passage(editor):
    editor.show_text("가\n천식\n\n약\n나")

    mark(editor, "천식\n\n약")

    assert editor.written().marks == (Mark(2, 5),)


def test_marks_are_shown_again_while_a_long_note_still_comes(qtbot, editor):
    text = "".join(f"{n} 만남 😀\n" for n in range(4_000))
    start, end = text.index("2111"), text.index("\n2500")
    found = (Mark(2, 2), Mark(start, end - start), Mark(text.index("3999"), 4))
    expected = [text[m.start : m.end] for m in sorted(found, key=lambda m: m.start)]

    editor.show_text(text, found)
    assert editor.is_arriving()
    assert passages(editor) == expected

    qtbot.waitUntil(lambda: not editor.is_arriving(), timeout=10_000)
    assert passages(editor) == expected
    assert editor.written().text == text


def test_a_syllable_composed_inside_a_mark_belongs_to_it(editor):
    editor.show_text("가 천식 나")
    mark(editor, "천식")
    cursor = editor.textCursor()
    cursor.setPosition(3)
    editor.setTextCursor(cursor)

    for preedit, commit in (("야", ""), ("", "약")):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(editor, event)

    assert passages(editor) == ["천약식"]


def test_a_long_dictated_piece_keeps_every_mark_and_word(qtbot, editor):
    editor.show_text("가 천식 나")
    mark(editor, "천식")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    event = QInputMethodEvent("", [])
    event.setCommitString("받아쓴 긴 말. " * 500)

    QApplication.sendEvent(editor, event)

    assert editor.written().text == "받아쓴 긴 말. " * 500 + "가 천식 나"
    assert passages(editor) == ["천식"]


def test_no_space_that_does_not_break_is_lost(editor):
    editor.show_text("가\u00a0나\u202f다")

    assert editor.words() == "가\u00a0나\u202f다"


def test_a_mark_is_saved_and_opened_again(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    page.editor.textCursor().insertText("천식 약")
    mark(page.editor, "천식")
    page.save_now()
    qtbot.waitUntil(lambda: page.is_saved() and night.is_idle())

    page.show_file(night.meet(qtbot, "바다"))
    assert passages(page.editor) == []
    page.show_file(night.file(qtbot, haneul.youth.id, haneul.meeting.id))

    assert passages(page.editor) == ["천식"]
