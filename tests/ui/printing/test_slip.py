"""A slip is printed only for whoever wished it, and betrays nobody who is found with it."""

from uuid import UUID

from pages_for_tests import CENTER, WORDS, a_consent, a_draft, a_handing, reopened

from desktop.domain.consents import LANGUAGES
from desktop.domain.ids import ConsentId
from desktop.domain.looks import Act, Kind
from desktop.services import looks, referrals, search, slips
from sync.protocol.digests import sha256
from ui.printing.paper import Paper
from ui.printing.slip import told_of
from ui.window.slips import Slips


def _answered(room, haneul, *, wants):
    tasks, window = room.tasks, room.window
    room.do(lambda vault: referrals.keep_draft(vault, a_draft(haneul), tasks.moment()))
    file = reopened(room.qtbot, tasks, haneul)
    window.hand_over_wanted.emit(a_handing(file))
    page = window.hand_over
    page.question.yes_button.click()
    page.question.yes_button.click()
    assert not page.thanks.slip.isChecked()
    page.thanks.slip.setChecked(wants)
    page.thanks.give_button.click()
    page.pin.field.setText("2580")
    page.pin.open_button.click()
    room.settle()
    return page


def test_it_is_shown_once_the_laptop_is_back_and_saved_as_a_look(room, haneul, tmp_path):
    made, door = [], Slips(room.window)
    room.window.slip_wanted.connect(lambda consent, _: made.append(consent))
    _answered(room, haneul, wants=True)
    (consent,) = made
    sheet = door.sheet
    assert sheet.isVisible()
    words = sheet.preview.view.accessibleName()
    number = slips.number_of(consent.id)
    assert number in words
    found = room.do(lambda vault: search.everything(vault, number, room.tasks.moment()))
    assert found.youths == (haneul.youth,)

    sheet.save_as(tmp_path / "slip.pdf")
    room.settle()

    content = (tmp_path / "slip.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    seen = room.do(lambda vault: looks.of(vault, haneul.youth.id))
    printed = [each.sight for each in seen if each.sight.kind is Kind.SLIP]
    assert [(each.act, each.record) for each in printed] == [(Act.PRINTED, sha256(content).hex())]


def test_who_wishes_none_gets_none(room, haneul):
    wanted = []
    room.window.slip_wanted.connect(lambda *said: wanted.append(said))

    _answered(room, haneul, wants=False)

    assert wanted == []


def test_its_number_does_not_tell_the_hour(haneul):
    one = a_consent(haneul).id
    later = UUID(int=one.int + (3_600_000 << 80))  # version 7 begins with its milliseconds

    assert slips.number_of(ConsentId(later)) == slips.number_of(one)


def test_no_language_of_it_names_a_person_a_place_or_an_answer(haneul):
    consent = a_consent(haneul)

    for language in LANGUAGES:
        words = Paper(told_of(consent, language)).words()
        telling = (haneul.youth.alias, CENTER.name, "밤마중", "Bammajung", *WORDS.values())
        assert not [each for each in telling if each in words]
        assert slips.number_of(consent.id) in words
