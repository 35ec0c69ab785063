"""What is typed is kept; the tick never says more than is true."""

import unicodedata

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from vaults_for_tests import by_key

from desktop.errors import DiskFull
from desktop.services import youths
from ui.notes.saving import State


@pytest.fixture
def standings(page):
    seen = []
    page.saver.stood.connect(seen.append)
    return seen


def write(page, text):
    page.editor.textCursor().insertText(text)


def settle(qtbot, night, page):
    qtbot.waitUntil(lambda: page.is_saved() and night.is_idle(), timeout=8000)


def compose(editor, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def test_what_was_typed_is_kept_by_itself(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)

    qtbot.keyClicks(page.editor, "bench, cocoa")

    settle(qtbot, night, page)
    assert "bench, cocoa" in night.kept(qtbot, haneul)


def test_the_tick_comes_only_after_the_words_are_kept(qtbot, night, page, standings):
    page.show_file(night.meet(qtbot, "하늘"))
    standings.clear()

    write(page, "코코아")
    page.save_now()

    assert [each.state for each in standings] == [State.SAVING, State.SAVING]
    settle(qtbot, night, page)
    assert standings[-1].state is State.SAVED
    assert standings[-1].at is not None


def test_no_tick_for_words_that_came_while_saving(qtbot, night, page, standings):
    page.show_file(night.meet(qtbot, "하늘"))
    write(page, "먼저 쓴 말")
    page.save_now()
    standings.clear()

    write(page, " 나중 쓴 말")
    qtbot.waitUntil(night.is_idle)

    assert State.SAVED not in [each.state for each in standings]
    assert not page.is_saved()
    settle(qtbot, night, page)
    assert standings[-1].state is State.SAVED


def test_one_note_is_never_in_two_saves_at_once(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    before = night.works

    for n in range(20):
        write(page, f"<{n}>")
        page.saver.save_now()

    settle(qtbot, night, page)
    assert night.works - before == 2  # the first, and one for all that came meanwhile
    assert "<0>" in night.kept(qtbot, haneul)
    assert "<19>" in night.kept(qtbot, haneul)


def test_a_lock_in_the_middle_of_a_save_loses_nothing(qtbot, night, page, tmp_path):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    write(page, "먼저 쓴 말")
    page.save_now()
    write(page, " 잠그기 직전의 말")

    page.save_now()
    assert night.close()  # no event is delivered any more

    vault = by_key(tmp_path / "vault")
    kept = youths.open_file(vault, haneul.youth.id, haneul.meeting.id, night.moment()).note.text
    vault.close()
    assert "먼저 쓴 말 잠그기 직전의 말" in kept


class Keyboard:
    """The operating system's input method, in the middle of a syllable."""

    def __init__(self, editor, syllable):
        self._editor, self._syllable = editor, syllable

    def inputMethod(self):
        return self

    def commit(self):
        compose(self._editor, "", self._syllable)
        self._syllable = ""


def test_a_syllable_being_composed_is_committed_before_the_save(qtbot, night, page, monkeypatch):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    compose(page.editor, "", "벤")
    compose(page.editor, "치")
    assert "벤치" not in page.editor.words()
    monkeypatch.setattr("ui.notes.saving.QGuiApplication", Keyboard(page.editor, "치"))

    page.save_now()

    settle(qtbot, night, page)
    assert "벤치" in night.kept(qtbot, haneul)
    assert not page.editor.is_composing


def test_autosave_waits_for_a_syllable_being_composed(qtbot, night, page):
    page.show_file(night.meet(qtbot, "하늘"))
    before = night.works
    compose(page.editor, "하")

    page.saver._on_pause()

    assert page.editor.is_composing
    assert night.works == before


def test_an_empty_note_stores_nothing(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)

    write(page, "  \n")
    page.save_now()

    settle(qtbot, night, page)
    assert night.kept(qtbot, haneul) is None


def test_switching_fast_never_mixes_notes(qtbot, night, page):
    files = [night.meet(qtbot, alias) for alias in ("하늘", "바다", "린")]

    for turn in range(4):
        for n, file in enumerate(files):
            page.show_file(night.file(qtbot, file.youth.id, file.meeting.id))
            qtbot.waitUntil(lambda file=file: page.header.alias.text() == file.youth.alias)
            write(page, f"<{n}:{turn}>")
    page.save_now()

    settle(qtbot, night, page)
    for n, file in enumerate(files):
        kept = night.kept(qtbot, file)
        assert all(f"<{n}:{turn}>" in kept for turn in range(4))
        assert kept.count("<") == 4


def test_the_last_of_many_wishes_is_opened(qtbot, night, page):
    haneul, bada, rin = (night.meet(qtbot, alias) for alias in ("하늘", "바다", "린"))
    page.show_file(haneul)
    write(page, "하늘의 말")

    page.show_file(bada)
    page.show_file(rin)

    settle(qtbot, night, page)
    assert page.header.alias.text() == "린"
    assert "하늘의 말" in night.kept(qtbot, haneul)
    assert night.kept(qtbot, bada) is None


def test_an_old_copy_of_the_same_file_does_not_undo_what_was_typed(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    write(page, "새로 쓴 말")

    page.show_file(haneul)

    assert "새로 쓴 말" in page.editor.toPlainText()


def test_a_full_disk_keeps_the_text_on_screen_and_a_retry_keeps_it_for_good(
    qtbot, night, page, standings
):
    haneul, bada = night.meet(qtbot, "하늘"), night.meet(qtbot, "바다")
    page.show_file(haneul)
    stayed = []
    page.stayed.connect(lambda youth, meeting: stayed.append((youth, meeting)))
    night.is_full = True

    write(page, "잃으면 안 되는 말")
    page.show_file(bada)
    qtbot.waitUntil(night.is_idle)

    assert page.header.alias.text() == "하늘"
    assert "잃으면 안 되는 말" in page.editor.toPlainText()
    assert isinstance(standings[-1].error, DiskFull)
    assert stayed == [(haneul.youth.id, haneul.meeting.id)]
    assert page.foot.retry_button.isVisible()

    night.is_full = False
    page.foot.retry_button.click()
    settle(qtbot, night, page)
    assert "잃으면 안 되는 말" in night.kept(qtbot, haneul)
    assert not page.foot.retry_button.isVisible()


def test_with_room_again_a_note_is_kept_by_itself_and_until_then_nothing_else_is_said(
    qtbot, night, page, standings
):
    page.saver._retry.setInterval(20)
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    night.is_full = True
    write(page, "저절로 남아야 하는 말")
    page.save_now()
    qtbot.waitUntil(night.is_idle)
    page.foot.retry_button.setFocus()
    standings.clear()

    qtbot.waitUntil(lambda: len(standings) > 2)

    assert {each.state for each in standings} == {State.UNSAVED}
    assert page.foot.retry_button.isVisible()
    assert "saved again by itself" in page.foot.state.text()
    night.is_full = False
    settle(qtbot, night, page)
    assert standings[-1].state is State.SAVED
    assert "저절로 남아야 하는 말" in night.kept(qtbot, haneul)


def test_what_is_refused_for_another_reason_is_not_asked_again(qtbot, night, page, standings):
    page.show_file(night.meet(qtbot, "하늘"))
    write(page, "900101-1234567")
    page.save_now()
    qtbot.waitUntil(night.is_idle)

    assert standings[-1].state is State.UNSAVED
    assert not page.saver._retry.isActive()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("웃음 😀👩‍👩‍👧", "웃음 😀👩‍👩‍👧"),
        (unicodedata.normalize("NFD", "따뜻한 코코아"), "따뜻한 코코아"),
        ("벨\x07과 널\x00 글자", "벨과 널 글자"),
        ("윈도\r\n줄바꿈", "윈도\n줄바꿈"),
    ],
)
def test_whatever_is_pasted_is_kept_clean(qtbot, night, page, typed, kept):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    paste = QMimeData()
    paste.setText(typed)

    page.editor.insertFromMimeData(paste)
    page.save_now()

    settle(qtbot, night, page)
    assert kept in night.kept(qtbot, haneul)


def test_a_megabyte_pasted_is_kept_whole(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    line = "신림역 3번 출구 앞 벤치에 혼자 앉아 있음. 따뜻한 코코아를 건네며 인사함."
    text = "\n".join(f"{n} {line}" for n in range(21_000))
    paste = QMimeData()
    paste.setText(text)

    page.editor.insertFromMimeData(paste)
    assert page.editor.is_arriving()  # the window is not kept waiting
    page.save_now()  # not even by a save while it comes

    settle(qtbot, night, page)
    assert text in night.kept(qtbot, haneul)
    qtbot.waitUntil(lambda: not page.editor.is_arriving(), timeout=10_000)
    assert text in page.editor.words()


def test_a_line_no_one_can_lay_out_is_folded(qtbot, night, page):
    page.show_file(night.meet(qtbot, "하늘"))
    paste = QMimeData()
    paste.setText("가나다라 " * 20_000)

    page.editor.insertFromMimeData(paste)
    page.editor._arrival.finish()

    assert max(len(line) for line in page.editor.words().split("\n")) <= 4_000
    assert page.editor.words().replace("\n", "").count("가나다라") == 20_000


def test_a_resident_number_stores_nothing_and_is_shown(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)

    write(page, "😀 번호는 900101-1234567 이라고 함")
    page.save_now()
    qtbot.waitUntil(night.is_idle)

    assert page.notice.isVisible()
    assert page.editor.textCursor().selectedText() == "900101-1234567"
    assert night.kept(qtbot, haneul) is None

    page.notice.remove_button.click()
    settle(qtbot, night, page)
    assert page.notice.isHidden()
    assert "이라고 함" in night.kept(qtbot, haneul)
    assert "900101" not in night.kept(qtbot, haneul)


def test_a_number_already_shown_is_not_selected_again_while_typing(qtbot, night, page):
    page.show_file(night.meet(qtbot, "하늘"))
    write(page, "900101-1234567 ")
    page.save_now()
    qtbot.waitUntil(night.is_idle)
    cursor = page.editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    page.editor.setTextCursor(cursor)

    write(page, "다른 말")
    page.save_now()
    qtbot.waitUntil(night.is_idle)

    assert not page.editor.textCursor().hasSelection()


def test_a_chip_writes_its_phrase_under_the_head(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)

    page.foot.chips[0].click()
    page.foot.chips[1].click()
    page.save_now()

    settle(qtbot, night, page)
    assert "Gave a meal. Gave a hand warmer." in night.kept(qtbot, haneul)


def test_opening_a_note_is_not_a_change(qtbot, night, page):
    haneul = night.meet(qtbot, "하늘")
    page.show_file(haneul)
    write(page, "“말”\n그리고")
    page.save_now()
    settle(qtbot, night, page)
    bada = night.meet(qtbot, "바다")
    page.show_file(bada)
    before = night.works

    page.show_file(night.file(qtbot, haneul.youth.id, haneul.meeting.id))
    page.editor.moveCursor(page.editor.textCursor().MoveOperation.Start)
    page.editor.moveCursor(page.editor.textCursor().MoveOperation.End)

    assert page.is_saved()
    assert night.works == before
