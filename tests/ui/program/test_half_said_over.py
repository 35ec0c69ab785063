"""A sheet about somebody, opened over itself or about another, loses nothing half typed."""

from pathlib import Path

import pytest

from desktop.domain.forms import FormName
from desktop.domain.own_data import Outcome, Wish
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age, Gender
from desktop.services import forms, own_data, questionnaires, youths
from desktop.services.youths import NewYouth
from ui.consents.keeping_from import KeepFromSheet
from ui.own_data.sheet import RequestsSheet
from ui.window.half_said import HalfSaid
from ui.window.own_requests import OwnRequests
from ui.window.questioning import Questioning
from ui.window.telling import Telling

EXAMPLE = Path(__file__).parents[3] / "docs" / "questionnaire-example.json"


class Desk:
    """The open window, and two young people whose pages can be turned to."""

    def __init__(self, started, qtbot):
        self._desk, self._qtbot = started.program.desk, qtbot
        self.window, self.tasks = self._desk.window, self._desk.tasks
        self.promising, self.questioning = self._desk.promising.page, self._desk.questioning
        who, moment = NewYouth("바다", Age.stated(15), Gender.UNSAID, "ko", False), self.moment()
        self.first = started.ids[0]
        self.other = self.ask(lambda vault: youths.meet(vault, who, "역", moment)).youth.id

    def moment(self):
        return self.tasks.moment()

    def settle(self):
        self._qtbot.waitUntil(self.tasks.is_idle, timeout=10_000)

    def ask(self, work):
        found = []
        self.tasks.run(work, found.append)
        self._qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def turn_to(self, youth):
        self.window.found.emit(youth, None)
        self._qtbot.waitUntil(lambda: self.window.pages.file.youth.id == youth)
        self.settle()

    def drawer(self, key):
        self.window.drawer_wanted.emit(key)
        self.settle()

    def kept(self, name):
        found = self.ask(lambda vault: [forms.kept(vault)])[0]
        return [form.words for form in found if form.name is name]


@pytest.fixture
def desk(open_note, qtbot):
    return Desk(open_note, qtbot)


def promise(desk, what):
    desk.promising.make()
    desk.settle()
    desk.promising.sheet.form.what.edit.setText(what)
    return desk.promising.sheet


def test_a_promise_stays_as_it_stands_when_it_is_wanted_again(desk):
    sheet = promise(desk, "교복 전달")

    desk.promising.make()
    desk.settle()

    assert sheet.form.what.words() == "교복 전달"


def test_a_promise_about_another_lets_the_first_wait_on_its_page(desk):
    sheet = promise(desk, "교복 전달")
    desk.turn_to(desk.other)

    promise(desk, "전화")
    assert desk.kept(FormName.PROMISE)[0][f"{desk.first}/what"] == "교복 전달"
    desk.turn_to(desk.first)

    assert sheet.form.what.words() == "교복 전달"
    assert desk.kept(FormName.PROMISE)[0][f"{desk.other}/what"] == "전화"
    desk.turn_to(desk.other)
    assert sheet.form.what.words() == "전화"


def why(desk):
    sheet = desk.window.findChild(KeepFromSheet)
    sheet.reasons[KeepReason.FEAR].setChecked(True)
    sheet.words.edit.setText("집에 알려질까 봐")
    return sheet


def test_why_a_guardian_is_not_told_stays_as_it_stands(desk):
    desk.drawer("keep-from")
    sheet = why(desk)

    desk.drawer("keep-from")
    assert sheet.words.words() == "집에 알려질까 봐"
    desk.turn_to(desk.other)
    desk.drawer("keep-from")
    assert sheet.words.words() == ""

    desk.turn_to(desk.first)
    assert sheet.words.words() == "집에 알려질까 봐"
    assert sheet.reasons[KeepReason.FEAR].isChecked()


def test_why_a_guardian_is_not_told_outlives_a_lock_while_it_is_opened_again(desk):
    desk.drawer("keep-from")
    why(desk).leave()
    HalfSaid(desk.tasks, FormName.KEEP_FROM).keep(desk.first, {KeepReason.FEAR: "무서워서"})
    again = Telling(desk.window)
    desk.settle()

    again._on_file(desk.window.pages.file)
    again._rescue()  # before the vault has said what was decided
    desk.settle()

    assert desk.kept(FormName.KEEP_FROM) == [{f"{desk.first}/fear": "무서워서"}]


def answered(desk):
    moment = desk.moment()
    desk.ask(lambda vault: questionnaires.load(vault, EXAMPLE, moment))
    desk.questioning.reload()
    desk.settle()
    desk.questioning.ask()
    desk.questioning.answering.parts[3].edit.setPlainText("쓰던 말")
    return desk.questioning.answering


def test_answers_about_another_let_the_first_wait_on_its_page(desk):
    sheet = answered(desk)
    desk.turn_to(desk.other)

    desk.questioning.ask()
    assert sheet.parts[3].typed() == ""
    desk.turn_to(desk.first)

    assert sheet.parts[3].typed() == "쓰던 말"


def test_answers_wait_while_no_questionnaire_is_in_use(desk):
    HalfSaid(desk.tasks, FormName.ANSWERS).keep(desk.first, {"a/b": "쓰던 말"})
    again = Questioning(desk.window)
    desk.settle()

    again._on_file(desk.window.pages.file)
    desk.settle()

    assert desk.kept(FormName.ANSWERS) == [{f"{desk.first}/a/b": "쓰던 말"}]


def test_a_request_about_another_lets_the_first_wait_on_its_page(desk):
    desk.drawer("own-data")
    sheet = desk.window.findChild(RequestsSheet)
    sheet.about.asking.choice.buttons[Wish.CORRECT].click()
    sheet.about.asking.words.edit.setText("나이가")
    desk.turn_to(desk.other)

    desk.drawer("own-data")
    assert sheet.about.asking.words.words() == ""
    desk.turn_to(desk.first)

    assert sheet.about.asking.words.words() == "나이가"


def test_an_answer_outlives_a_lock_before_its_request_is_shown_again(desk):
    moment = desk.moment()
    asked = desk.ask(lambda vault: own_data.ask(vault, desk.first, Wish.SEE, "", moment))
    half = {f"answer|open|{Outcome.PARTLY}|{asked.id}": "사진은 빼고"}
    HalfSaid(desk.tasks, FormName.REQUEST).keep(desk.first, half)
    again = OwnRequests(desk.window)
    desk.settle()

    again._on_file(desk.window.pages.file)
    again._rescue()  # before the vault has said what they asked for
    desk.settle()

    assert [*desk.kept(FormName.REQUEST)[0].values()] == ["사진은 빼고"]
