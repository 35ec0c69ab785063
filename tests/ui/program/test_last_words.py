"""Whatever is half done on the screen when it locks is there again, and nothing else is."""

import pytest
from builders import a_moment
from pages_for_tests import a_draft, a_handing
from vaults_for_tests import by_key

from desktop.domain.consents import Answer, Item
from desktop.domain.screening import NextStep, Risk
from desktop.paths import Places
from desktop.services import referrals, youths

NUMBER = "900101-1234567"
BLOTTED = "●" * len(NUMBER)


def kept(tmp_path, ids):
    """Return the file as it is in the vault after the lock."""
    vault = by_key(Places(tmp_path).vault("practice"))
    try:
        return youths.open_file(vault, *ids, a_moment())
    finally:
        vault.close()


@pytest.fixture
def window(open_note):
    return open_note.program.desk.window


def test_a_resident_number_is_blotted_out_and_every_other_word_is_kept(
    open_note, window, tmp_path
):
    window.pages.note.editor.setPlainText(f"엄마 번호라며 {NUMBER} 를 보여 줌.")

    open_note.program.lock.lock()

    assert kept(tmp_path, open_note.ids).note.text == f"엄마 번호라며 {BLOTTED} 를 보여 줌."


def test_a_refused_save_is_made_good_at_the_lock(open_note, window, qtbot, tmp_path):
    window.pages.note.editor.setPlainText(f"{NUMBER} 그리고 이어지는 말")
    window.pages.note.save_now()
    qtbot.waitUntil(window.pages.note.notice.isVisible)

    open_note.program.lock.lock()

    assert kept(tmp_path, open_note.ids).note.text == f"{BLOTTED} 그리고 이어지는 말"


def open_compose(window, qtbot, ids):
    found = []
    window._tasks.run(lambda vault: youths.open_file(vault, *ids, a_moment()), found.append)
    qtbot.waitUntil(lambda: bool(found))
    window.compose.open_for(found[0])


def test_a_referral_being_written_is_kept_number_blotted_out(open_note, window, qtbot, tmp_path):
    open_compose(window, qtbot, open_note.ids)
    window.compose.items.free[Item.NEED].edit.setPlainText(f"잘 곳. {NUMBER}")

    open_note.program.lock.lock()

    assert kept(tmp_path, open_note.ids).draft.words[Item.NEED] == f"잘 곳. {BLOTTED}"


def test_a_referral_being_written_is_kept_though_everything_was_hidden(
    open_note, window, qtbot, tmp_path
):
    open_compose(window, qtbot, open_note.ids)
    window.compose.items.free[Item.NEED].edit.setPlainText("잘 곳이 필요함")
    open_note.program.frame.toggle_hidden()

    open_note.program.idle.left_alone.emit()

    assert kept(tmp_path, open_note.ids).draft.words[Item.NEED] == "잘 곳이 필요함"


def test_grounds_being_written_are_there_again(open_note, window, tmp_path):
    judging = window.pages.note.judging
    judging.level.buttons[Risk.HIGH.value].click()
    judging.panel.grounds.setPlainText(f"손목을 보여 줌. {NUMBER}")
    judging.panel.steps.choose(NextStep.SUICIDE_LINE.value)

    open_note.program.lock.lock()

    file = kept(tmp_path, open_note.ids)
    assert file.judgement is None
    assert file.unfinished.risk is Risk.HIGH
    assert file.unfinished.grounds == f"손목을 보여 줌. {BLOTTED}"
    assert file.unfinished.next_step is NextStep.SUICIDE_LINE


def handed_over(window, qtbot, ids):
    found = []

    def work(vault):
        file = youths.open_file(vault, *ids, a_moment())
        referrals.keep_draft(vault, a_draft(file), window._tasks.moment())
        return youths.open_file(vault, *ids, a_moment())

    window._tasks.run(work, found.append)
    qtbot.waitUntil(lambda: bool(found))
    window.start_sheet.chosen.emit(a_handing(found[0]))
    return window.hand_over


@pytest.mark.parametrize("answer", ["yes_button", "no_button", "later_button"])
def test_what_was_answered_is_kept_though_the_pin_is_forgotten(
    open_note, window, qtbot, tmp_path, answer
):
    hand_over = handed_over(window, qtbot, open_note.ids)
    while hand_over.pages.currentIndex() == 0:
        getattr(hand_over.question, answer).click()

    hand_over.give_back_button.click()
    hand_over.pin.lock_button.click()

    [consent] = kept(tmp_path, open_note.ids).consents
    said = {"yes_button": Answer.GIVEN, "no_button": Answer.REFUSED, "later_button": Answer.LATER}
    assert set(consent.answers.values()) == {said[answer]}


def test_a_question_nobody_answered_is_not_recorded(open_note, window, qtbot, tmp_path):
    handed_over(window, qtbot, open_note.ids)

    open_note.program.idle.left_alone.emit()

    assert kept(tmp_path, open_note.ids).consents == ()


def test_a_vault_that_will_not_close_still_locks(open_note, monkeypatch):
    def refuses(self):
        raise RuntimeError

    monkeypatch.setattr("desktop.vault.database.Vault.close", refuses)

    with pytest.raises(RuntimeError):
        open_note.program.lock.lock()

    monkeypatch.undo()
    assert open_note.became == [()]
