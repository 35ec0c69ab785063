"""What was not signed, or not taken on, is written again from its own words."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton
from records_for_tests import asked, words_on
from street_for_tests import REASON, WORDS

from desktop.domain.disclosures import Ground
from desktop.domain.looks import Kind
from desktop.services import cosigning, looks
from desktop.vault import disclosures as rows
from desktop.vault.steps import Step
from sync.protocol.states import TaskStatus
from ui.disclosures.steps import CHOOSE, LOOK, WRITE


def not_signed(counselor, supervisor, street):
    """Ask, and let the supervisor say no: the sheet shows it."""
    sheet = asked(counselor, street)
    counselor.round()
    supervisor.round()
    vault, moment = supervisor.place.vault, supervisor.place.moment()
    (question,) = cosigning.waiting(vault, moment)
    cosigning.refuse(vault, question.id, cosigning.OTHER, moment)
    supervisor.round()
    counselor.round()
    return sheet


def agains(sheet):
    return [b for b in sheet.standing.findChildren(QPushButton) if b.text() == "Write it again…"]


def told(sheet):
    """Return the reason and what is told, as it stands in the boxes."""
    typed = sheet.steps.writing.typed()
    return typed.pop("reason"), {key: said for key, said in typed.items() if said}


ALL = (REASON, {item.value: said for item, said in WORDS.items()})


def test_what_was_not_signed_stands_in_the_form_again_word_for_word(counselor, supervisor, street):
    sheet = not_signed(counselor, supervisor, street)
    assert not any(sheet.steps.typed().values())
    street.hub.clock.turn(hours=1)

    (button,) = agains(sheet)
    button.click()
    counselor.settle()

    assert sheet.steps.page == WRITE
    assert told(sheet) == ALL
    assert sheet.steps.choosing.ground() is Ground.ABUSE
    place = street.counselor
    seen = looks.between(place.vault, place.now, place.now + timedelta(seconds=1))
    assert [look.sight.kind for look in seen] == [Kind.REFERRAL]

    for page in (LOOK, CHOOSE):
        sheet.next_button.click()
        counselor.settle()
        assert sheet.steps.page == page
    assert len(sheet.standing.cards) == 2
    assert agains(sheet) == []  # the newer one stands in its place
    assert "Not with your supervisors yet" in words_on(sheet)


def test_nothing_is_put_over_what_is_half_written(counselor, supervisor, street):
    sheet = not_signed(counselor, supervisor, street)
    sheet.steps.writing.reason.edit.setPlainText("다른 말")

    agains(sheet)[0].click()
    counselor.settle()

    assert sheet.steps.page == WRITE
    assert told(sheet) == ("다른 말", {})
    assert "half written here already" in sheet.problem.label.text()
    assert sheet.problem.isVisible()


def test_words_about_one_stand_in_no_form_about_another(counselor, supervisor, street):
    counselor.open_other(street.meet(alias="바다"))
    other = counselor.window.pages.file
    sheet = not_signed(counselor, supervisor, street)

    agains(sheet)[0].click()
    sheet.open_for(other)
    counselor.settle()

    assert sheet.steps.page == CHOOSE
    assert sheet.steps.is_blank


@pytest.mark.parametrize("status", [TaskStatus.REJECTED, TaskStatus.FAILED])
def test_whoever_could_not_take_it_on_is_not_chosen_once_more(counselor, street, status):
    sheet = asked(counselor, street)
    place = street.counselor
    with place.vault.transaction() as db:
        (ref,) = db.execute("SELECT id FROM disclosure").fetchone()
        rows.moved(db, ref, status, "", Step(status.value, place.now, "proof"))
    sheet.reload()
    counselor.settle()

    agains(sheet)[0].click()
    counselor.settle()
    assert told(sheet) == ALL
    sheet.next_button.click()
    counselor.settle()

    assert sheet.steps.page == CHOOSE
    assert sheet.steps.choosing.ground() is Ground.ABUSE
    assert sheet.steps.choosing.agency() is None
    assert not sheet.next_button.isEnabled()
