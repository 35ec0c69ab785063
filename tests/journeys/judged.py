"""Risk judgement and follow-ups."""

import json
from datetime import date, time
from pathlib import Path

from journeys.hand import CTRL, Key
from journeys.table import of

from desktop.domain.promises import Due, Part, Snooze
from desktop.domain.screening import NextStep, Risk
from desktop.services import promises, questionnaires
from desktop.services.promises import NewPromise

judged, promised = of("Risk judgement"), of("Follow-ups")
_EXAMPLE = Path(__file__).parents[2] / "docs" / "questionnaire-example.json"


def _ask_for(hand, risk, grounds):
    judging = hand.note.judging
    hand.click(judging.level.buttons[risk.value])
    judging.panel.grounds.setFocus()
    if grounds:
        hand.write(grounds)
    return judging.panel


@judged("low / middle / high with grounds in words; ")
def each_level_needs_its_grounds(hand):
    hand.meet("단비")
    for risk in (Risk.LOW, Risk.MEDIUM, Risk.HIGH):
        panel = _ask_for(hand, risk, "")
        assert not panel.save_button.isEnabled() or not panel.words()
        panel.grounds.setFocus()
        hand.write("잘 곳이 없음")
        if risk is Risk.HIGH:
            hand.click(panel.steps.buttons[NextStep.ACCOMPANY.value])
        hand.click(panel.save_button)
        kept = hand.again(hand.file).judgement
        assert (kept.risk, kept.grounds) == (risk, "잘 곳이 없음")


@judged("an organisation may load its own questionnaire as a file (no scale is shipped); ")
def a_questionnaire_comes_as_a_file(hand):
    assert hand.ask(questionnaires.in_use) == ()  # none is shipped
    hand.do("questionnaires")
    sheet = hand.desk.questioning.loading
    assert sheet.empty.isVisible()
    sheet.load(_EXAMPLE)
    hand.settle()
    [used] = hand.ask(questionnaires.in_use)
    assert used.id == json.loads(_EXAMPLE.read_text("utf-8"))["id"]
    sheet.leave()
    hand.meet("솔")
    panel = _ask_for(hand, Risk.LOW, "")
    assert panel.questions_button.isVisible()
    hand.click(panel.cancel_button)
    moment = hand.tasks.moment()
    hand.ask(lambda vault: questionnaires.put_away(vault, used.id, moment) or True)
    hand.desk.questioning.reload()
    hand.settle()


@judged("high requires a next action and puts the case before the supervisor.")
def high_needs_a_step_and_waits_for_the_supervisor(hand):
    file = hand.meet("하람")
    panel = _ask_for(hand, Risk.HIGH, "죽고 싶다고 함")
    panel.save_button.click()
    hand.settle()
    assert hand.again(file).judgement is None  # no step was chosen
    hand.click(panel.steps.buttons[NextStep.ACCOMPANY.value])
    hand.click(panel.save_button)
    assert hand.again(file).judgement.next_step is NextStep.ACCOMPANY

    assert hand.desk.supervising.strip.isVisible()
    hand.click(hand.desk.supervising.door)
    cards = hand.desk.supervising.sheet.cards
    assert any("하람" in each.accessibleName() for each in cards)


@promised('promises made ("call tomorrow at lunch"), ')
def the_words_at_the_caret_become_a_promise(hand):
    file = hand.meet("이든")
    words = {"ko": "내일 점심에 전화하기로 약속", "en": "Will call tomorrow at lunch"}[
        hand.language
    ]
    hand.note.editor.setFocus()
    hand.write(words)
    hand.key(Key.Key_D, CTRL)
    sheet = hand.desk.promising.page.sheet
    assert sheet.isVisible()
    hand.key(Key.Key_Return)
    assert sheet.isHidden()
    moment = hand.tasks.moment()
    lists = hand.ask(lambda vault: promises.lists(vault, hand.language, moment))
    [kept] = [each.promise for each in lists.coming if each.promise.youth == file.youth.id]
    assert (kept.due.day, kept.due.part) == (date(2026, 11, 21), Part.NOON)


def _make(hand, youth, what, due):
    moment = hand.tasks.moment()
    return hand.ask(lambda vault: promises.make(vault, NewPromise(youth, what, due), moment))


def _listed(hand):
    """Return the rows of the list that stands in the place of the night, head by head."""
    hand.do("promises")
    hand.settle()
    found, head = {}, ""
    for row in hand.desk.promising.board.model.rows:
        head = row.title if row.is_head else head
        found.setdefault(head, [])
        if not row.is_head:
            found[head].append(row)
    return found


@promised("overdue / today / coming, computed offline, ")
def what_is_late_stands_first(hand):
    youth = hand.meet("누리").youth.id
    assert hand.window.status.is_cut  # no line is asked
    _make(hand, youth, "오늘 밤", Due(date(2026, 11, 20), clock=time(23, 55)))
    _make(hand, youth, "내일", Due(date(2026, 11, 21), Part.NOON))
    with hand.clock(2026, 11, 20, 16, 30):
        listed = _listed(hand)
    names = [name for name in listed if "누리" in " ".join(r.title for r in listed[name])]
    wanted = {"ko": ["지난", "다가오는"], "en": ["Overdue", "Coming"]}[hand.language]
    assert len(names) == 2, listed
    for name, words in zip(names, wanted, strict=True):
        assert words in name, names
    heads = {"ko": ["지난", "오늘", "다가오는"], "en": ["Overdue", "Today", "Coming"]}
    shown = list(_listed(hand))[:3]
    for head, words in zip(shown, heads[hand.language], strict=True):
        assert words in head, shown


@promised("snooze, done, ")
def a_promise_is_put_off_and_done(hand):
    youth = hand.meet("가온").youth.id
    _make(hand, youth, "전화", Due(date(2026, 11, 20), clock=time(23, 50)))
    _listed(hand)
    board = hand.desk.promising.board
    at = next(n for n, row in enumerate(board.model.rows) if row.youth == youth)
    board.view.setCurrentIndex(board.model.index(at))
    hand.click(board.acting.later[Snooze.TOMORROW])
    moment = hand.tasks.moment()

    def mine():
        lists = hand.ask(lambda vault: promises.lists(vault, hand.language, moment))
        every = (*lists.overdue, *lists.today, *lists.coming)
        return [each.promise for each in every if each.promise.youth == youth]

    [put_off] = mine()
    assert (put_off.snoozed, put_off.due.day) == (1, date(2026, 11, 21))
    at = next(n for n, row in enumerate(board.model.rows) if row.youth == youth)
    board.view.setCurrentIndex(board.model.index(at))
    hand.click(board.acting.done_button)
    assert mine() == []


@promised("no-contact clock; ")
def who_was_not_heard_of_is_listed(hand):
    youth = hand.meet("마루").youth.id
    _make(hand, youth, "문자", Due(date(2026, 12, 30)))
    with hand.clock(2026, 12, 20, 12):
        listed = _listed(hand)
    [(_, rows)] = [each for each in listed.items() if _is_quiet(hand, each[0])]
    assert any(row.youth == youth for row in rows), listed


def _is_quiet(hand, head):
    return {"ko": "소식", "en": "Not heard"}[hand.language] in head


@promised("holidays from the `holidays` package.")
def a_holiday_is_said_before_it_is_promised(hand):
    hand.meet("별")
    hand.key(Key.Key_D, CTRL)
    form = hand.desk.promising.page.sheet.form
    form.what.edit.setText("주민센터 전화")
    form.when.edit.setText("2026-12-25")
    said = {"ko": "기독탄신일", "en": "Christmas Day"}[hand.language]
    hand.until(lambda: said in form.when.note.text())
