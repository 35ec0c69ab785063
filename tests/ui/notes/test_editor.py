"""The paper: heads, quotes and lines stay dressed, and nothing is done per key that grows."""

import pytest
from PySide6.QtGui import QTextCursor

from desktop.domain.notes import Written
from ui import style
from ui.notes.editor import NoteEditor
from ui.notes.heads import Kind, kind_of, template
from ui.notes.pieces import PIECE, pieces


@pytest.fixture
def editor(qtbot):
    made = NoteEditor()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def kinds(editor):
    block, found = editor.document().firstBlock(), []
    while block.isValid():
        found.append(kind_of(block))
        block = block.next()
    return found


def test_every_line_is_dressed_when_a_note_is_shown(editor):
    editor.show_text("How we met\n“말”\n그리고")

    assert kinds(editor) == [Kind.HEAD, Kind.QUOTE, Kind.WORDS]


def test_a_line_typed_under_a_head_is_not_a_head(qtbot, editor):
    editor.show_text(template())
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)

    qtbot.keyClicks(editor, "\rwords\rmore\r")

    assert kinds(editor)[:3] == [Kind.HEAD, Kind.WORDS, Kind.WORDS]
    heights = {
        block_height
        for n in range(1, 3)
        for block_height in [editor.document().findBlockByNumber(n).blockFormat().lineHeight()]
    }
    assert heights == {160.0}


def test_heads_alone_are_no_words(editor):
    editor.show_text(template())

    assert editor.words() == ""
    assert editor.length() == len(template())


def test_undo_takes_back_a_paste_and_nothing_of_the_note(qtbot, editor):
    editor.show_text("있던 말")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor._arrival.start(Written("\n".join(["붙인 말"] * 3_000)), editor.textCursor())
    qtbot.waitUntil(lambda: not editor.is_arriving())

    editor.undo()

    assert editor.words() == "있던 말"


def test_the_size_of_the_words_follows_the_paper_not_the_sheet(qapp, editor):
    style.apply(qapp, style.LIGHT)

    assert editor.document().defaultFont().pixelSize() == style.NOTE or (
        editor.font().pixelSize() == style.NOTE
    )


@pytest.mark.parametrize("text", ["", "한 줄", "a\n" * 9_000, "가" * 3_999 + "\n" + "나" * 3_999])
def test_pieces_put_together_are_the_text(text):
    assert "".join(piece for piece, _ in pieces(text)) == text


def test_no_piece_is_longer_than_one_frame_allows():
    assert all(len(piece) <= PIECE + 1 for piece, _ in pieces("가나 다라 " * 10_000))
