"""A worker at an agency: what is seen before a yes, each press, and that no word is lost."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from builders import SAID_YES
from consent_texts_for_tests import as_supervisor
from desk_for_tests import NEEDLES, WORDS, tomorrow
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

import i18n
from desktop.domain.consents import Answer, Article, Item
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment
from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Decided, Declined, Deed, Gone
from desktop.domain.kept_laws import KeptLaw
from desktop.domain.referrals import Erasure
from desktop.domain.untaken import Refused
from desktop.domain.who_answers import KeepReason
from desktop.errors import DiskFull
from desktop.services import entrustments, guardians, inbox, withdrawals
from desktop.services.agency_keys import KeyChange
from sync.protocol.bodies import Meeting
from sync.protocol.disclosures import ABUSE
from sync.protocol.messages import Kind
from sync.protocol.states import TaskStatus
from sync.protocol.words import key_words
from ui.people import keep_reason_words


@contextmanager
def qt_signal(signal):
    heard = []
    signal.connect(heard.append)
    yield heard


def all_words(part):
    """Return every word that stands on the screen in a part of it."""
    widgets = [part, *part.findChildren(QWidget)]
    shown = [w for w in widgets if w.isVisible()]
    labels = [w.text() for w in shown if isinstance(w, QLabel)]
    return " ".join([*labels, *(w.accessibleName() for w in shown), *(w.toolTip() for w in shown)])


def looks(office):
    """Return how many looks are written down at the desk."""
    with office.desk.vault.reading() as db:
        return db.execute("SELECT count(*) FROM look").fetchone()[0]


def test_the_door_says_how_many_wait_and_when_one_is_overdue(office):
    button = office.window.header.inbox_button
    office.settle()
    assert (button.text(), button.property("kind")) == ("Inbox", "quiet")

    office.receives()
    assert (button.text(), button.property("kind")) == ("Inbox 1", "soft")

    office.town.hub.clock.turn(hours=25)
    office.door.count()
    office.settle()
    assert (button.property("kind"), button.toolTip()) == (
        "danger", "1 waits for a yes or no · 1 is overdue",
    )  # fmt: skip


def test_without_anything_it_says_so(office):
    page = office.open()

    assert page.listing.empty.isVisible()
    assert not page.listing.rows


def test_it_is_found_by_typing_its_name(office):
    office.window.action_chosen.emit("inbox")
    office.settle()

    assert office.window.currentWidget() is office.door.page


def test_escape_leads_back_to_the_board(office, qtbot):
    page = office.open()
    qtbot.keyClick(page, Qt.Key.Key_Escape)

    assert office.window.currentWidget() is office.window.board


def test_before_a_yes_nothing_on_the_screen_says_who_it_is(office):
    office.receives()
    case = office.choose()

    words = all_words(office.door.page)
    assert not [needle for needle in NEEDLES if needle in words]
    assert "Age 14 to 16 · 한국어" in words
    assert not case.words.isVisible()
    assert not case.answer.isVisible()
    assert {d for d, b in case.decisions.buttons.items() if b.isVisible()} == {
        Deed.ACCEPT, Deed.DECLINE,
    }  # fmt: skip


def test_that_no_guardian_may_know_comes_first(office):
    youth, town = office.town.meet(), office.town
    guardians.keep_from(town.vault, youth, KeepReason.FEAR, "", town.moment())
    office.town.agree(youth)
    office.town.release(youth, words=WORDS)
    office.town.round()
    office.desk.round()
    case = office.choose()

    assert case.notices.guardian.isVisible()
    assert case.notices.guardian.y() < case.facts.y()
    assert "Do not tell the guardian" in case.notices.guardian.label.text()
    assert keep_reason_words(KeepReason.FEAR) in case.notices.guardian.label.text()


def test_one_press_takes_it_on_and_shows_all_of_it(office):
    office.receives()
    case = office.choose()

    office.press(case.decisions.buttons[Deed.ACCEPT])

    assert case.words.said[Item.REACH].text() == WORDS[Item.REACH]
    assert case.answer.isVisible()
    assert office.door.page.listing.rows[0].accessibleName().startswith("하늘")
    assert office.desk.peek().status is TaskStatus.ACCEPTED


@pytest.fixture
def numbered(office):
    """A case with a number, as it is before it is taken on."""
    town, number = office.town, "alien-registration 050101-5123456"
    paper = Entrustment(EntrustedBy.LOCAL, ARTICLE, "12", date(2026, 11, 2))
    as_supervisor(town.vault)
    entrustments.record(town.vault, paper, town.moment())
    youth = town.meet()
    town.agree(youth, answers=SAID_YES | {Article.IDENTIFIERS: Answer.GIVEN})
    town.release(youth, words={**WORDS, Item.IDENTIFIER: number})
    town.round()
    office.desk.round()
    return office.choose()


def test_a_number_comes_covered_never_before_a_yes_and_is_shown_on_a_press(office, numbered):
    case = numbered
    assert "123456" not in all_words(office.door.page)
    assert Item.IDENTIFIER not in case.answer.ask.chips

    office.press(case.decisions.buttons[Deed.ACCEPT])
    said = case.words.said[Item.IDENTIFIER]
    assert said.text() == "Alien registration ●●●●●●●●●●●456"
    assert "123456" not in all_words(office.door.page)
    office.press(case.words.show_button)
    assert said.text() == "Alien registration 050101-5123456"
    assert not case.words.show_button.isVisible()


def test_a_number_that_is_read_out_stays_until_nobody_looks(office, numbered):
    office.press(numbered.decisions.buttons[Deed.ACCEPT])
    said = numbered.words.said[Item.IDENTIFIER]
    office.press(numbered.words.show_button)

    office.door.reload()
    office.settle()
    assert said.text() == "Alien registration 050101-5123456"

    office.press(office.door.page.back_button)
    office.choose()
    assert said.text() == "Alien registration ●●●●●●●●●●●456"


def test_a_second_space_on_a_number_tells_nobody_anything(office, numbered):
    office.press(numbered.decisions.buttons[Deed.ACCEPT])
    office.desk.say("내일 두 시에", tomorrow(office.town.now))
    office.door.reload()
    office.settle()
    numbered.words.show_button.setFocus()

    for _ in range(2):
        office.qtbot.keyClick(office.window.focusWidget(), Qt.Key.Key_Space)
        office.settle()

    assert len(office.desk.case().told) == 1
    assert office.window.focusWidget() is numbered.words.said[Item.IDENTIFIER]


def test_sending_back_takes_a_reason_and_a_second_press(office):
    office.receives()
    case = office.choose()
    step = case.decisions.steps[Deed.DECLINE]

    office.press(case.decisions.buttons[Deed.DECLINE])
    office.press(step.act_button)
    assert step.wrong.text() == "Choose why. Whoever asked learns it from you."
    assert office.desk.peek().status is TaskStatus.REQUESTED

    step.reasons.buttons[Declined.FULL.value].click()
    step.words.setPlainText("오늘은 방이 없어요")
    office.press(step.act_button)
    assert office.desk.peek().gone is Gone.DECLINED
    assert case.notices.gone.isVisible()
    assert not case.decisions.isVisible()


def test_an_appointment_is_made_and_what_became_of_it_is_one_press(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    case.answer.mode.buttons["meet"].click()
    case.answer.meet.place.edit.setText("2층 상담실")

    office.press(case.answer.send_button)
    [row] = case.answer.awaited.rows
    assert "2층 상담실" in row.notice.label.text()

    office.town.hub.clock.turn(hours=2)
    office.press(row.buttons[Meeting.MISSED])
    assert not case.answer.awaited.isVisible()
    assert office.desk.case().appointment().meeting is Meeting.MISSED


def test_each_appointment_that_is_still_to_come_stands_there_with_its_own_presses(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    for days in (3, 1):
        case.answer.mode.buttons["meet"].click()
        case.answer.meet.at.setDateTime(case.answer.meet.at.dateTime().addDays(days))
        office.press(case.answer.send_button)
    first, second = case.answer.awaited.rows
    assert (first.isVisible(), second.isVisible()) == (True, True)

    office.press(first.buttons[Meeting.MISSED])
    assert case.answer.wrong.text() == (
        "That appointment is still ahead. Say it once its time has come. If it will not take "
        "place, call it off."
    )
    office.press(second.buttons[Meeting.CANCELLED])

    assert (first.isVisible(), second.isVisible()) == (True, False)
    assert office.desk.case().awaited().at - office.town.now < timedelta(days=2)


def test_asking_for_more_offers_only_what_was_not_told(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    case.answer.mode.buttons["ask"].click()
    offered = {item for item, chip in case.answer.ask.chips.items() if chip.isVisible()}
    assert offered == {Item.GENDER, Item.HEALTH}

    case.answer.ask.chips[Item.HEALTH].click()
    office.press(case.answer.send_button)

    assert office.desk.case().asked() == {Item.HEALTH}


def test_nothing_is_not_sent_and_a_number_is_said_where_the_hand_is(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])

    office.press(case.answer.send_button)
    assert case.answer.wrong.text() == "Write a few words first."

    case.answer.words.setPlainText("090101-3234567")
    office.press(case.answer.send_button)
    assert "resident registration number" in case.answer.wrong.text()
    assert case.answer.words.toPlainText() == "090101-3234567"


def test_what_was_typed_is_there_after_a_round_another_case_and_a_lock(office):
    office.receives()
    office.town.hub.clock.turn(minutes=1)
    office.receives()
    case = office.choose(0)
    office.press(case.decisions.buttons[Deed.ACCEPT])
    first = case.shown
    case.answer.words.setPlainText("내일 두 시에")

    office.door.page.reload()
    office.settle()
    assert case.answer.words.toPlainText() == "내일 두 시에"

    office.door.page.open_case(next(c.id for c in office.desk.cases() if c.id != first))
    office.settle()
    assert case.answer.words.toPlainText() == ""
    office.door.page.open_case(first)
    office.settle()
    assert case.answer.words.toPlainText() == "내일 두 시에"

    case.answer.words.setPlainText("내일 세 시에")
    office.door.rescue()
    office.settle()
    assert inbox.open_case(office.desk.vault, first, office.desk.moment()).typed["words"] == (
        "내일 세 시에"
    )


def test_a_press_beside_the_words_does_not_take_them(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    case.answer.words.setPlainText("내일 두 시에")
    office.door.page.keep_typed()

    office.press(case.decisions.buttons[Deed.START])

    assert case.answer.words.toPlainText() == "내일 두 시에"
    assert office.desk.case().typed == {"words": "내일 두 시에"}
    office.press(case.answer.send_button)
    assert case.answer.words.toPlainText() == ""
    assert office.desk.case().typed == {}


def test_a_withdrawal_takes_the_words_off_the_screen_and_says_why(office, qtbot):
    consent, _ = office.town.agreed_and_released(words=WORDS)
    office.town.round()
    office.desk.round()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    case.answer.words.setPlainText("하늘이에게 전해 주세요")
    withdrawals.withdraw(office.town.vault, consent.id, office.town.moment())
    office.town.round()

    with qtbot.waitSignal(office.door.emptied):
        office.door.show_round(office.desk.round())
    office.settle()

    words = all_words(office.door.page)
    assert "took the consent back" in words
    assert not [needle for needle in NEEDLES if needle in words]
    assert case.answer.words.toPlainText() == ""


def test_while_the_board_is_in_front_no_round_looks_at_the_case_behind_it(office):
    office.receives()
    page = office.door.page
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    office.press(page.back_button)
    office.town.hub.clock.turn(hours=2)
    before = looks(office)

    office.receives()

    assert looks(office) == before
    assert len(page.listing.rows) == 2
    office.open()
    assert looks(office) == before + 1
    assert case.isVisible()


def test_a_withdrawal_takes_the_words_off_the_page_behind_the_board_too(office, qtbot):
    consent, _ = office.town.agreed_and_released(words=WORDS)
    office.town.round()
    office.desk.round()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    case.answer.words.setPlainText("하늘이에게 전해 주세요")
    office.press(office.door.page.back_button)
    withdrawals.withdraw(office.town.vault, consent.id, office.town.moment())
    office.town.round()
    office.town.hub.clock.turn(hours=2)
    before = looks(office)

    with qtbot.waitSignal(office.door.emptied):
        office.door.show_round(office.desk.round())
    office.settle()

    assert looks(office) == before
    assert case.answer.words.toPlainText() == ""
    assert not [said for said in case.words.said.values() if said.text()]


def test_a_law_that_keeps_a_part_is_said_in_two_steps_with_its_article(office):
    consent, tracking = office.town.agreed_and_released(words=WORDS)
    office.town.round()
    office.desk.round()
    case = office.choose()
    assert not case.keeping.isVisible()
    withdrawals.withdraw(office.town.vault, consent.id, office.town.moment())
    office.town.round()
    office.door.show_round(office.desk.round())
    office.settle()

    office.press(case.keeping.open_button)
    assert case.keeping.laws.key() == ""
    assert not case.keeping.act_button.isEnabled()
    case.keeping.laws.buttons[KeptLaw.MEDICAL].click()
    assert "의료법 제22조" in case.keeping.article.text()
    office.door.page.reload()
    office.settle()
    assert case.keeping.laws.key() == KeptLaw.MEDICAL
    office.press(case.keeping.act_button)

    assert "의료법 제22조" in case.keeping.done.label.text()
    assert not case.keeping.open_button.isVisible()
    office.desk.round()
    office.town.round()
    told = office.town.tracking(tracking.referral.id)
    assert (told.erasure, told.problem) == (Erasure.RETAINED, "retained:medical-service-22")


def test_a_changed_key_is_compared_on_the_same_page(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    words = key_words(bytes(32), 2, b"new")
    change = KeyChange(office.desk.peek().asker, "경찰서", 2, office.town.now, words)

    case.key.show_change(change)

    assert case.key.isVisible()
    assert case.key.words.text() == " · ".join(words.en)
    with qt_signal(case.key.compared) as said:
        case.key.compared_button.click()
        assert said == []
        case.key.use_button.click()
    assert said == [change]
    assert not case.key.isVisible()


def test_a_report_by_law_says_so_and_names_its_article(office):
    office.receives()
    case = office.choose()
    seen = office.desk.peek()
    by_law = replace(
        seen, why="팔에 멍", glimpse=replace(seen.glimpse, basis=ABUSE), valid_until=None
    )

    case.show_case(by_law, office.town.now)

    assert "제10조제2항" in case.notices.law.label.text()
    assert "팔에 멍" in case.notices.law.label.text()
    assert not case.facts.until.isVisible()


def test_a_report_by_law_takes_words_and_nothing_that_would_not_arrive(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    case.answer.mode.buttons["meet"].click()
    office.press(case.answer.send_button)
    by_consent = office.desk.case()
    by_law = replace(by_consent, glimpse=replace(by_consent.glimpse, basis=ABUSE))
    case.answer.mode.buttons["ask"].click()

    case.show_case(by_law, office.town.now)

    for part in (case.answer.mode, case.answer.meet, case.answer.ask, case.answer.awaited):
        assert not part.isVisible()
    assert case.answer.mode.key() == "words"
    assert "write it here in words" in case.answer.by_law.text()
    assert case.answer.by_law.isVisible()
    case.show_case(by_consent, office.town.now)
    assert case.answer.mode.isVisible()
    assert not case.answer.by_law.isVisible()


def test_a_disk_that_fails_is_said_here_too(office):
    office.open()

    office.tasks.failed.emit(DiskFull())

    assert office.window.toast.isVisible()
    assert "full" in office.window.toast.label.text()


def test_handing_over_explains_first_and_opens_an_ordinary_referral(office):
    office.receives()
    case = office.choose()
    office.press(case.decisions.buttons[Deed.ACCEPT])
    handing = case.handing

    office.press(handing.open_button)
    assert "Nothing you were told passes on by itself" in handing.about.text()
    office.qtbot.waitUntil(handing.act_button.isEnabled)
    office.press(handing.act_button)

    assert office.window.currentWidget() is office.window.board
    assert office.window.compose.isVisible()
    assert office.desk.case().youth is not None


@pytest.mark.parametrize("hours", [0, 25])
def test_every_row_says_all_of_itself_to_a_screen_reader(office, hours):
    office.receives()
    office.town.hub.clock.turn(hours=hours)
    page = office.open()
    [row] = page.listing.rows

    state = "Answer overdue" if hours else "Waits for us"
    assert state in row.accessibleName()
    assert row.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert office.town.now - row.case.received_at < timedelta(hours=26)


def test_what_ended_last_stands_first_and_news_is_never_cut_off(office):
    office.receives()
    listing, now = office.open().listing, office.town.now
    seen = office.desk.peek()

    def ended(number, days, **changes):
        came, at = now - timedelta(days=300 - number), now - timedelta(days=days)
        usual = {"gone": Gone.DECLINED, "status": TaskStatus.REJECTED, "gone_at": at}
        usual |= {"id": ReferralId(UUID(int=number)), "received_at": came, "steps": ()}
        return replace(seen, glimpse=None, words={}, **usual | changes)

    def ids():
        return [row.case.id.int for row in listing.rows]

    no = Decided(TaskStatus.FAILED, "", now)
    untaken = {"refused": (Refused(Kind.TASK_NOTE, now, "unknown", False),)}
    seen_to = {"refused": (Refused(Kind.TASK_NOTE, now, "unknown", True),)}
    withdrawn = {"gone": Gone.WITHDRAWN, "status": TaskStatus.CANCELLED}
    finished = {"gone": Gone.HERE, "status": TaskStatus.COMPLETED, "gone_at": None}
    crowd = tuple(ended(number, 9) for number in range(100, 160))
    old = (
        ended(1, 20, **withdrawn), ended(2, 100, late=no), ended(3, 100, **untaken),
        ended(4, 0, **finished, steps=(("completed", now),)), ended(5, 100, **seen_to),
        ended(6, 40, **withdrawn),
    )  # fmt: skip

    listing.show_cases((*crowd, *old), None, now)

    assert ids()[0] == 4
    assert set(ids()) & {1, 2, 3, 4, 5, 6} == {1, 2, 3, 4}
    assert listing.more.isVisible()
    assert listing.more.text() == f"{len(crowd) + len(old) - len(ids())} more ended before"
    listing.show_cases(old, None, now)
    assert len(ids()) == 6
    assert not listing.more.isVisible()


def test_a_round_leaves_the_keyboard_on_the_row_where_it_was(office, qtbot):
    office.receives()
    listing, seen = office.open().listing, office.desk.peek()
    cases = tuple(replace(seen, id=ReferralId(UUID(int=number))) for number in (1, 2, 3))
    office.window.activateWindow()
    listing.show_cases(cases, cases[0].id, office.town.now)
    last = listing.rows[2]
    last.setFocus()
    qtbot.waitUntil(last.hasFocus)
    kept = last.case.id
    assert kept != cases[0].id

    listing.show_cases(cases, cases[0].id, office.town.now)

    now_last = next(row for row in listing.rows if row.case.id == kept)
    qtbot.waitUntil(now_last.hasFocus)


def test_the_numbers_stay_in_sight_and_one_is_read_out_large(office):
    office.receives()
    office.choose()
    strip, card = office.door.numbers, office.window.side.emergency

    assert strip.parent() is office.door.page
    assert all(button.isVisible() for button in strip.numbers.values())
    strip.numbers["119"].click()

    assert card.large.isVisible()
    assert card.large.number.text() == "119"


def test_the_field_beside_a_finished_support_asks_for_no_reason(office):
    office.receives()
    steps = office.choose().decisions.steps

    assert steps[Deed.COMPLETE].words.accessibleName() == "Words for whoever asked"
    assert steps[Deed.DECLINE].words.accessibleName() == "In your own words"


def test_the_six_words_have_one_name_in_korean():
    i18n.use("ko")
    said = (i18n.tr("Compare its six words with the agency by telephone, then send."),
            i18n.tr("I have compared them"))  # fmt: skip

    assert all("단어" in each for each in said)
