"""What is shown is what leaves, word for word; and then it is followed to the answer."""

import secrets
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from pages_for_tests import (
    SENSITIVE,
    a_consent,
    a_draft,
    a_youth,
    done,
    reopened,
    settled,
)
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.consents import Answer, Article, Item
from desktop.domain.who_answers import KeepReason
from desktop.services import agencies, consents, enrolment, exchange, guardians, referrals
from desktop.vault import agency_keys as agency_rows
from desktop.vault.agency_keys import KnownKey
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from ui.people import keep_reason_words
from ui.referrals.card import ReferralCard
from ui.referrals.preview import PreviewSheet


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    return window


@pytest.fixture
def asked(qtbot, joined):
    """Return a function: a file with a draft and the answers given to it."""

    def ask(**answers):
        file, fear = a_youth(qtbot, joined), KeepReason.FEAR
        kept = (file.youth.id, fear, "집에는 말하지 말라고 함", joined.moment())
        done(qtbot, joined, lambda vault: guardians.keep_from(vault, *kept))
        agency = done(qtbot, joined, agencies.all)[0]
        draft = a_draft(file, SENSITIVE, agency.id)
        done(qtbot, joined, lambda vault: referrals.keep_draft(vault, draft, joined.moment()))
        said = {Article[name]: answer for name, answer in answers.items()}
        moment = joined.moment()
        consent = a_consent(
            file, agency.id, agency_name=agency.name, answers=said,
            asked_at=moment.now, valid_until=moment.now + timedelta(days=90),
        )  # fmt: skip
        if said:
            done(qtbot, joined, lambda vault: consents.record(vault, consent, moment))
        return reopened(qtbot, joined, file)

    return ask


YES = Answer.GIVEN
ALL = {"COLLECT": YES, "PROVIDE": YES, "SENSITIVE": YES}


def _opened(qtbot, tasks, window, file):
    sheet = PreviewSheet(tasks, window, secrets.token_bytes)
    sheet.open_for(file)
    settled(qtbot, tasks)
    return sheet


def _words(card):
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible()]


def test_the_left_side_is_the_packet_and_nothing_is_left_out(qtbot, joined, window, asked):
    sheet = _opened(qtbot, joined, window, asked(**ALL))

    packet = read_json(Packet, sheet._preview.packet)
    shown = _words(sheet.leaving)
    assert {item.value: words for item, words in sheet.shown_words().items()} == packet.words
    for words in packet.words.values():
        assert words in shown
    assert "Usual referral" in shown
    assert f"Must not be told · {keep_reason_words(KeepReason.FEAR)}" in shown
    assert not any("집에는 말하지 말라고 함" in line for line in shown)  # only the code leaves
    assert any(packet.ref[:8] in line for line in shown)


def test_what_was_not_agreed_to_stays(qtbot, joined, window, asked):
    sheet = _opened(qtbot, joined, window, asked(COLLECT=YES, PROVIDE=YES))

    packet = read_json(Packet, sheet._preview.packet)
    assert Item.HEALTH not in packet.words
    assert SENSITIVE[Item.HEALTH] not in _words(sheet.leaving)
    assert "Health: not agreed to" in _words(sheet.staying)


def test_an_item_is_taken_out_and_put_back_and_never_one_that_was_not_agreed_to(
    qtbot, joined, window, asked
):
    file = asked(COLLECT=YES, PROVIDE=YES)
    sheet = _opened(qtbot, joined, window, file)

    def press(button):
        answers = Event()
        joined.run(lambda vault: answers.wait(5), lambda _: None)  # what comes next has to wait
        button.click()
        assert not sheet.release_button.isEnabled()  # what is shown would not be what leaves
        assert not any(each.isEnabled() for each in sheet.leaving.buttons.values())
        answers.set()
        settled(qtbot, joined)
        return set(read_json(Packet, sheet._preview.packet).words)

    assert set(sheet.leaving.buttons) == {Item.ALIAS, Item.AGE, Item.NEED}
    assert press(sheet.leaving.buttons[Item.NEED]) == {"alias", "age"}
    assert window.focusWidget() is sheet.staying.buttons[Item.NEED]
    qtbot.waitUntil(lambda: "Help needed: taken out" in _words(sheet.staying))
    assert press(sheet.staying.buttons[Item.NEED]) == {"alias", "age", "need"}
    assert window.focusWidget() is sheet.leaving.buttons[Item.NEED]

    assert press(sheet.leaving.buttons[Item.ALIAS]) == {"age", "need"}
    assert press(sheet.leaving.buttons[Item.AGE]) == {"need"}
    assert not sheet.leaving.buttons  # something has to leave
    assert reopened(qtbot, joined, file).draft.words == SENSITIVE  # nothing typed is lost
    sheet.release_button.click()
    settled(qtbot, joined)

    (told,) = reopened(qtbot, joined, file).trackings
    assert told.referral.words == {Item.NEED: SENSITIVE[Item.NEED]}


def test_without_consent_there_is_nothing_to_press(qtbot, joined, window, asked):
    sheet = _opened(qtbot, joined, window, asked())

    assert not sheet.release_button.isEnabled()
    assert "No consent covers" in sheet.problem.label.text()
    assert not sheet.leaving.isVisible()


def test_a_preview_that_is_no_longer_true_is_not_sent(qtbot, joined, window, asked):
    file = asked(**ALL)
    sheet = _opened(qtbot, joined, window, file)
    sheet._preview = replace(sheet._preview, rows=((Item.ALIAS, "다른 말"),))

    sheet.release_button.click()
    settled(qtbot, joined)

    assert not sheet.release_button.isEnabled()
    assert "no longer what you were shown" in sheet.problem.label.text()
    assert reopened(qtbot, joined, file).trackings == ()


def test_released_it_is_followed_to_the_answer_in_words(qtbot, joined, window, asked):
    file = asked(**ALL)
    sheet = _opened(qtbot, joined, window, file)
    with qtbot.waitSignal(sheet.released):
        sheet.release_button.click()
    card = ReferralCard(joined)
    qtbot.addWidget(card)
    card.show()
    card.show_file(reopened(qtbot, joined, file))
    assert "(1/5)" in card.progress.stepper.accessibleName()

    def answered():
        done(qtbot, joined, lambda v: exchange.exchange(v, enrolment.hub(v), joined.moment().now))
        card.show_file(reopened(qtbot, joined, file))
        assert card.state.text() == "Accepted"
        assert card.answer.reply.text()

    qtbot.waitUntil(answered, timeout=20_000)

    assert all(label.text() for label in card.progress.times)
    assert not sheet.isVisible()


def use_another_key(qtbot, tasks, agency):
    """As if the last letter to this agency had been sealed to a key that is gone."""

    def keep(vault):
        with vault.transaction() as db:
            at = tasks.moment().now
            agency_rows.keep(db, agency, KnownKey(7, b"another", 7, at))

    done(qtbot, tasks, keep)


def test_a_new_key_is_compared_in_two_steps_before_anything_is_sealed_to_it(
    qtbot, joined, window, asked
):
    file = asked(**ALL)
    use_another_key(qtbot, joined, file.draft.agency)

    sheet = _opened(qtbot, joined, window, file)

    assert sheet.new_key.isVisible()
    assert not sheet.release_button.isEnabled()
    assert not sheet.new_key.use_button.isVisible()
    shown = tuple(label.text() for label in sheet.new_key.words.labels)
    assert shown == sheet.new_key.shown.words.en
    sheet.new_key.compared_button.click()
    assert not sheet.release_button.isEnabled()
    sheet.new_key.use_button.click()
    settled(qtbot, joined)
    assert not sheet.new_key.isVisible()
    assert sheet.release_button.isEnabled()
    with qtbot.waitSignal(sheet.released):
        sheet.release_button.click()


def test_a_known_key_is_not_asked_about(qtbot, joined, window, asked):
    sheet = _opened(qtbot, joined, window, asked(**ALL))

    assert not sheet.new_key.isVisible()
    assert sheet.release_button.isEnabled()
