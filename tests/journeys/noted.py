"""Notes."""

from journeys.hand import ALT, CTRL, Key
from journeys.table import of
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QTextCursor

from desktop.domain.safety import Step
from desktop.services import safety, templates
from ui.notes.heads import heads

said = of("Notes")
_MEGABYTE = 1_000_000


def _written(hand, words):
    """Write at the end of the page and let it be kept by itself."""
    hand.note.editor.setFocus()
    hand.note.editor.moveCursor(QTextCursor.MoveOperation.End)
    hand.write(words)
    hand.until(hand.note.is_saved)
    hand.settle()
    return hand.again(hand.file).note


@said("structured or free; sections (situation, their words, what we saw, what we agreed) as"
      " templates an organisation can edit; ")  # fmt: skip
def a_note_begins_with_sections_that_can_be_edited(hand):
    hand.meet("보리")
    four = heads()
    assert [line for line in hand.note.editor.toPlainText().split("\n") if line] == list(four)
    for head, (ko, en) in zip(four, (
        ("상황", "How we met"), ("말", "words"), ("살핀", "noticed"), ("정한", "agreed"),
    ), strict=True):  # fmt: skip
        hand.says(head, ko, en)
    hand.note.editor.selectAll()
    hand.write("아무 틀도 없이 적음")
    assert _written(hand, ".").text == "아무 틀도 없이 적음."

    hand.do("templates")
    sheet = hand.desk.writing.templates
    sheet.heads.setPlainText("오늘\n약속")
    hand.click(sheet.keep_button)
    sheet.leave()
    hand.meet("수수")
    assert hand.note.editor.toPlainText() == "오늘\n\n약속\n"
    moment = hand.tasks.moment()
    hand.ask(lambda vault: templates.drop(vault, moment) or True)


@said("immediate autosave; ")
def what_is_typed_is_kept_by_itself(hand):
    hand.meet("미리내")
    hand.pressed = 0
    kept = _written(hand, "벤치에 앉아 있음")
    assert "벤치에 앉아 있음" in kept.text
    assert hand.pressed == 0
    hand.says(hand.note.foot.state, "저장", "Saved and encrypted")


@said("a signed note becomes immutable, later words are addenda with author and time; ")
def a_signed_note_only_grows(hand):
    hand.meet("너울")
    _written(hand, "역 앞에서 만남")
    hand.click(hand.note.foot.sign_button)
    assert not hand.again(hand.file).note.is_signed  # asked a second time
    hand.click(hand.note.signing.notice.sign_button)
    signed = hand.again(hand.file).note
    assert signed.is_signed
    hand.note.editor.setFocus()
    hand.write("고쳐 씀")
    hand.key(Key.Key_X)
    assert "고쳐" not in hand.note.editor.toPlainText()

    hand.note.signing.addenda.box.setFocus()
    hand.write("쉼터에 잘 들어감")
    hand.key(Key.Key_Return, CTRL)
    after = hand.again(hand.file).note
    assert after.text == signed.text
    [added] = after.addenda
    assert added.text == "쉼터에 잘 들어감"
    assert added.who
    shown = [
        each.text()
        for each in hand.note.signing.addenda.list.findChildren(type(hand.note.foot.state))
        if each.isVisible()
    ]
    assert any("23:42" in each for each in shown), shown


@said("full version history; ")
def what_stood_there_before_can_be_read(hand):
    hand.meet("다온")
    _written(hand, "처음 쓴 말")
    with hand.clock(2026, 11, 20, 14, 55):
        hand.note.editor.selectAll()
        _replaced(hand, "고쳐 쓴 말")
    with hand.clock(2026, 11, 20, 15, 10):
        hand.note.editor.selectAll()
        _replaced(hand, "마지막 말")
    hand.click(hand.note.foot.versions_button)
    sheet = hand.desk.writing.versions
    read = []
    for row in range(sheet.list.count()):
        sheet.list.setCurrentRow(row)
        hand.settle()
        read.append(sheet.paper.toPlainText())
    assert len(read) == 2, read
    assert "고쳐" in read[0]
    assert "처음" in read[1]


def _replaced(hand, words):
    hand.write(words)
    hand.until(hand.note.is_saved)
    hand.settle()


@said("sensitive-item marking; ")
def a_passage_is_marked_as_sensitive(hand):
    hand.meet("해담")
    _written(hand, "약을 먹고 있음")
    hand.note.editor.moveCursor(QTextCursor.MoveOperation.StartOfLine)
    hand.note.editor.moveCursor(
        QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor
    )
    hand.key(Key.Key_M, CTRL)
    hand.until(hand.note.is_saved)
    hand.settle()
    note = hand.again(hand.file).note
    [mark] = note.marks
    assert note.text[mark.start : mark.end] == "약을 먹고 있음"
    hand.says(hand.note.foot.count, "민감", "1 sensitive")


@said("quick phrases; ")
def a_phrase_is_one_press(hand):
    hand.meet("라라")
    chip = hand.note.foot.chips[0]
    hand.says(chip, "식사", "Meal")
    hand.click(chip)
    hand.until(hand.note.is_saved)
    hand.settle()
    kept = hand.again(hand.file).note.text
    hand.says(kept, "식사", "Gave a meal.")


@said("dictation-friendly; ")
def spoken_sentences_arrive_whole(hand):
    hand.meet("소리")
    spoken = ["오늘은 신림역에서 만났다. ", "잘 곳이 없다고 했다.\n", "내일 다시 오기로 했다. 😀"]
    editor = hand.note.editor
    for sentence in spoken:  # an input method shows what it heard, then changes its mind
        hand.compose(sentence[: len(sentence) // 2])
        assert sentence[: len(sentence) // 2] not in editor.toPlainText()
        hand.write(sentence)
    hand.until(hand.note.is_saved)
    hand.settle()
    assert "".join(spoken) in hand.again(hand.file).note.text
    hand.key(Key.Key_3, ALT)  # no word is a shortcut, and no shortcut loses a word
    assert "".join(spoken) in editor.toPlainText()


@said("1 MB paste works. ")
def a_megabyte_is_pasted(hand):
    hand.meet("바위")
    line = "버스 앞에서 코코아를 마시고 이야기함. "
    words = "\n".join(line * 3 + str(n) for n in range(_MEGABYTE // len(line.encode()) // 3))
    assert len(words.encode()) >= _MEGABYTE
    mime = QMimeData()
    mime.setText(words)
    QGuiApplication.clipboard().setMimeData(mime)
    hand.note.editor.setFocus()
    hand.note.editor.selectAll()
    hand.note.editor.paste()
    hand.until(lambda: not hand.note.editor.is_arriving())
    hand.until(hand.note.is_saved)
    hand.settle()
    assert hand.again(hand.file).note.text == words


@said("A safety plan that is one keystroke away.")
def one_key_opens_the_plan(hand):
    file = hand.meet("온유")
    hand.note.editor.setFocus()
    hand.pressed = 0
    hand.key(Key.Key_F8)
    plan = hand.desk.writing.plan
    assert plan.isVisible()
    assert hand.pressed == 1
    hand.write("밤에 혼자 있을 때")
    hand.click(plan.done_button)
    moment = hand.tasks.moment()
    [kept] = hand.ask(lambda vault: safety.plans(vault, file.youth.id, moment))
    assert kept.words == {Step.SIGNS: "밤에 혼자 있을 때"}
