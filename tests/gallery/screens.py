"""Every screen by its name, and how to bring it up: one short function each.

A screen is a function of a `Stage` under `@screen`. It may leave anything open: the next one gets
a stage of its own. To add one, write it here and run `python tests/gallery NAME`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from consent_texts_for_tests import OWN, WHY, as_supervisor
from pages_for_tests import a_handing
from PySide6.QtWidgets import QScrollArea

from desktop.domain import text_versions
from desktop.domain.consent_records import Manner
from desktop.domain.consents import LANGUAGES, Answer, Article, Item
from desktop.domain.elsewhere import Sent
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment
from desktop.domain.ids import AgencyId, ConsentId, ReferralId, YouthId
from desktop.domain.inbox import Deed
from desktop.domain.outreach import Tally
from desktop.domain.own_data import Outcome, Wish
from desktop.domain.referrals import Draft, Erasure
from desktop.domain.screening import Risk
from desktop.domain.who_answers import GuardianStands
from desktop.domain.youths import Age, AgeBasis, Youth
from desktop.services import (
    agencies,
    consents,
    entrustments,
    outreach,
    own_data,
    referrals,
    withdrawals,
)
from desktop.services import text_versions as versions
from desktop.vault import elsewhere, sending, youths
from desktop.vault import outbox as waiting
from desktop.vault.columns import stamp
from desktop.vault.subjects import as_it_stands
from gallery.stage import Stage
from sync.protocol.disclosures import ABUSE, LIFE
from sync.protocol.messages import Kind
from ui.consents.handing import How
from ui.youths.about_sheet import AboutSheet
from ui.youths.age_laws import AgeLawsSheet


@dataclass(frozen=True)
class Screen:
    """How one screen is brought up, whose home it shows, and whether that is unlocked."""

    name: str
    show: Callable[[Stage], object]
    who: str
    is_open: bool

    def up(self, place, language, text_size=100):
        """Return a stage with this screen on it."""
        stage = Stage(place, language, self.who, text_size)
        try:
            if self.is_open:
                stage.unlock()
            self.show(stage)
            stage.settle()
        except BaseException:
            stage.leave()
            raise
        return stage


SCREENS: dict[str, Screen] = {}

_TOLD = (
    (ABUSE, "child-protection", "관악경찰서"),
    (LIFE, "rescue", "서울의료원"),
    (ABUSE, "child-protection", "관악구청 아동보호팀"),
)


def screen(name, who="counselor", *, is_open=True):
    """Keep the function below as the screen of this name."""

    def keep(show):
        SCREENS[name] = Screen(name, show, who, is_open)
        return show

    return keep


def _on_haneul(name, does):
    """Keep a screen that begins on the page of 하늘."""

    @screen(name)
    def show(stage):
        stage.open("하늘")
        does(stage)


def _pressed(*keys):
    def does(stage):
        for key in keys:
            stage.press(key)

    return does


def _scroll_down(tall):
    """Show the end of whatever scrolls this."""
    while not isinstance(tall, QScrollArea):
        tall = tall.parentWidget()
    bar = tall.verticalScrollBar()
    bar.setValue(bar.maximum())


# the way in


@screen("language", "new", is_open=False)
def _language(stage):
    """Nothing is there yet."""


def _choose_language(stage):
    language = stage.program.unlock.first.language
    (language.korean if stage.language == "ko" else language.english).click()


@screen("passphrase", "new", is_open=False)
def _passphrase(stage):
    first = stage.program.unlock.first
    _choose_language(stage)
    stage.pump()
    first.passphrase.first.edit.setText("가로등 아래")
    stage.settle()


@screen("door", is_open=False)
def _door(stage):
    """Locked."""


@screen("recovering", is_open=False)
def _recovering(stage):
    stage.program.unlock.door.recovery_button.click()


@screen("bringing", "new", is_open=False)
def _bringing(stage):
    first = stage.program.unlock.first
    _choose_language(stage)
    stage.pump()
    first._on_bring()


# the night


@screen("night")
def _night(stage):
    """Nobody is chosen."""


@screen("begin night")
def _begin(stage):
    stage.window.rail.form.place.edit.setText("신림역")
    night = stage.window.rail._tonight.outreach
    moment = stage.tasks.moment()
    stage.ask(lambda vault: outreach.end(vault, night.id, moment) or True)
    stage.window.rail.reload()
    stage.settle()


@screen("night plan")
def _plan(stage):
    stage.window.rail.card.plan_button.click()


@screen("look back")
def _look_back(stage):
    stage.window.rail.end()


@screen("earlier nights")
def _earlier(stage):
    stage.press("nights")


@screen("calendar")
def _calendar(stage):
    stage.press("calendar")


@screen("places")
def _places(stage):
    stage.press("places")


@screen("first evening")
def _learning(stage):
    stage.press("learning")


@screen("begin anew")
def _anew(stage):
    stage.press("anew")


@screen("counted")
def _counted(stage):
    stage.window.rail.counting.count(Tally.HOT_PACK, 1)


@screen("new contact")
def _new_contact(stage):
    stage.window.rail.new_meeting()
    stage.window.rail.sheet.alias.edit.setText("바다")


# people and notes

_on_haneul("note", lambda stage: None)
_on_haneul("age laws", lambda stage: stage.window.pages.note.header.about.click())
_on_haneul("damage met", lambda stage: stage.desk.damage.show())
_on_haneul("merge", _pressed("merge"))
_on_haneul("versions", _pressed("versions"))
_on_haneul("templates", _pressed("templates"))
_on_haneul("safety plan", _pressed("plan"))
_on_haneul("promise", _pressed("promise"))
_on_haneul("timeline", _pressed("timeline"))
_on_haneul("print", _pressed("print"))
_on_haneul("looks", _pressed("looks"))
_on_haneul("forget", _pressed("forget"))
_on_haneul("withdraw", lambda stage: stage.window.pages.consent.withdraw_button.click())
_on_haneul("pin", lambda s: s.window.ask_for_pin(s.window.pages.file))
_on_haneul("referral", lambda s: s.window.write_referral(s.window.pages.file))
_on_haneul("report", lambda stage: stage.window.side.emergency.open_report())
_on_haneul("record", lambda stage: stage.desk.reporting.open_record())


@screen("preview")
def _preview(stage):
    """Somebody agreed to what is written; an item of it was taken out."""
    file, moment = stage.open("하늘").window.pages.file, stage.tasks.moment()
    agreed = replace(
        file.consents[0], id=ConsentId(UUID(int=7)), agency=file.draft.agency, record=None,
        agency_name="가온의료원", valid_until=moment.now + timedelta(days=90),
    )  # fmt: skip
    stage.ask(lambda vault: consents.record(vault, agreed, moment))
    stage.window.show_preview(file)
    stage.settle()
    stage.window.preview.leaving.buttons[Item.AGE].click()


@screen("call off")
def _call_off(stage):
    """Asked about once; nothing is called off yet."""
    stage.open("하늘")
    part = stage.window.pages.referral.ending
    part.call_off_button.click()
    stage.settle()
    _scroll_down(part)


@screen("print pages")
def _print_pages(stage):
    stage.open("하늘")
    stage.press("print")
    sheet = stage.desk.passing.printing
    for box in sheet.choosing.boxes.values():
        box.setChecked(True)
    sheet.choosing.reason.setCurrentIndex(2)
    sheet.choosing.reader.edit.setText("서울의료원")
    sheet.choosing.printer.edit.setText("한빛")
    sheet.see_button.click()


@screen("high risk")
def _high(stage):
    stage.open("바다")


@screen("risk grounds")
def _grounds(stage):
    stage.open("도윤")
    stage.window.pages.note.judging.level.buttons[Risk.HIGH.value].click()


@screen("age put right")
def _age(stage):
    stage.open("하늘")
    stage.window.pages.note.header.about.click()
    stage.window.findChild(AgeLawsSheet).right_button.click()
    fields = stage.window.findChild(AboutSheet).fields
    fields.age.basis.buttons[AgeBasis.RANGE].click()
    fields.age.lowest.setValue(12)


@screen("nameless")
def _nameless(stage):
    stage.open("이름 없음 1")


@screen("alias")
def _alias(stage):
    stage.open("이름 없음 1")
    stage.press("alias")


@screen("long words")
def _long(stage):
    stage.open("새벽별을 보는 고양이")


def _hand_over(stage, how=None):
    stage.open("하늘")
    found = stage.ask(lambda vault: agencies.all(vault))
    shelter = next(each for each in found if "쉼터" in each.name)
    stage.window.start_sheet.chosen.emit(a_handing(stage.window.pages.file, shelter, how=how))
    stage.settle()


@screen("consent question")
def _question(stage):
    _hand_over(stage)


@screen("consent thanks")
def _thanks(stage):
    _hand_over(stage)
    while stage.window.hand_over.question.isVisible():
        stage.window.hand_over.question.yes_button.click()
        stage.settle()


@screen("guardian suspected")
def _suspected(stage):
    stage.open("도윤")
    found = stage.ask(lambda vault: agencies.all(vault))
    file = stage.window.pages.file
    sheet = stage.window.start_sheet
    sheet.open_for(replace(file, draft=Draft(file.youth.id, found[0].id, frozenset(), {})))
    stage.settle()
    sheet.stands.stands.buttons[GuardianStands.SUSPECTED].click()


@screen("guardian named")
def _named(stage):
    _suspected(stage)
    sheet = stage.window.start_sheet
    sheet.stands.stands.buttons[GuardianStands.UNREACHABLE].click()
    stage.settle()
    sheet.named.name.edit.setText("김보호")
    sheet.named.contact.edit.setText("010-0000-0000")
    sheet.named.keep_button.click()


@screen("consent signature")
def _signature(stage):
    _hand_over(stage, How(Manner.STROKES))
    while stage.window.hand_over.question.isVisible():
        stage.window.hand_over.question.yes_button.click()
        stage.settle()


@screen("give back")
def _give_back(stage):
    _thanks(stage)
    stage.window.hand_over.give_back_button.click()


def _shelf(stage):
    """Bring up the consent texts of a supervisor's laptop, with a version that holds."""
    mended = text_versions.put(OWN, "ko", WHY, "밥, 쉬는 곳, 이야기는 그대로예요.")
    moment = stage.tasks.moment()

    def held(vault):
        as_supervisor(vault)
        return versions.put_in_force(vault, mended, moment)

    stage.ask(held)
    stage.press("texts")
    return stage.desk.writing.shelf


@screen("own data")
def _own_data(stage):
    youth, moment = stage.open("하늘").window.pages.file.youth, stage.tasks.moment()

    def answered(vault):
        asked = own_data.ask(vault, youth.id, Wish.CORRECT, "나이가 틀렸어요", moment)
        own_data.answer(vault, asked.id, Outcome.PARTLY, "만 나이로 고쳤어요.", moment)
        again = stage.tasks.moment()
        return own_data.ask(vault, youth.id, Wish.SEE, "", again)

    stage.ask(answered)
    stage.press("own-data")


@screen("consent ends soon")
def _ends_soon(stage):
    file, now = stage.open("하늘").window.pages.file, stage.tasks.moment().now
    soon = replace(file.consents[0], valid_until=now + timedelta(days=5, hours=1))
    stage.window.pages.consent.show_file(replace(file, draft=None, consents=(soon,)))


@screen("consent withdrawn")
def _withdrawn(stage):
    file, now = stage.open("하늘").window.pages.file, stage.tasks.moment().now
    ended = replace(file.consents[0], withdrawn_at=now)
    owed = replace(file.trackings[0], erasure=Erasure.OWED)
    erased = replace(owed, agency_name="가온의료원", erasure=Erasure.DESTROYED)
    told = replace(file, draft=None, consents=(ended,), trackings=(owed, erased))
    stage.window.pages.consent.show_file(told)


def _asked_elsewhere(stage):
    """Two in force, one of them not for long; one withdrawn."""
    file, moment = stage.open("하늘").window.pages.file, stage.tasks.moment()
    (first,) = file.consents

    def asked(vault):
        for number, (name, days) in enumerate((("가온의료원", 5), ("푸른상담소", 60))):
            changes = {
                "id": ConsentId(UUID(int=number + 1)),
                "agency": AgencyId(f"agency-{number}"),
                "agency_name": name,
                "valid_until": moment.now + timedelta(days=days, hours=1),
                "record": None,
            }
            consents.record(vault, replace(first, **changes), moment)
        withdrawals.withdraw(vault, first.id, moment)
        return True

    stage.ask(asked)
    stage.window.reload()
    stage.settle()


@screen("all consents")
def _all_consents(stage):
    _asked_elsewhere(stage)
    stage.press("consents")


@screen("promises")
def _promises(stage):
    _asked_elsewhere(stage)
    stage.press("promises")
    view = stage.desk.promising.board.view
    view.setCurrentIndex(view.model().index(view.model().rowCount() - 1))
    view.scrollToBottom()


@screen("consent texts")
def _consent_texts(stage):
    _shelf(stage)


@screen("consent wording")
def _wording(stage):
    shelf = _shelf(stage)
    shelf.write_button.click()
    stage.settle()
    wording = shelf.wording
    wording.place.language.setCurrentIndex(LANGUAGES.index("vi"))
    wording.place.group.setCurrentIndex(1)
    wording._on_chosen()
    wording.rows.rows["youth", "17", "how_long", 1].box.setPlainText("")
    wording.rows.rows["youth", "17", "who", 1].box.setPlainText("{agency} {phone}")


@screen("entrusted by law")
def _entrusting(stage):
    stage.ask(as_supervisor)
    stage.press("entrusting")
    return stage.desk.writing.entrusting


def _entrusted(stage):
    """Let a law entrust the organisation; somebody's number is written."""
    paper = Entrustment(EntrustedBy.LOCAL, ARTICLE, "관악구 아동청소년과-12", date(2026, 11, 2))
    moment = stage.tasks.moment()
    stage.ask(as_supervisor)
    stage.ask(lambda vault: entrustments.record(vault, paper, moment))
    stage.open("하늘")
    draft = stage.window.pages.file.draft
    words = {**draft.words, Item.IDENTIFIER: "passport M12345678"}
    again = stage.tasks.moment()
    stage.ask(lambda vault: referrals.keep_draft(vault, replace(draft, words=words), again))
    stage.window.reload()
    stage.settle()


@screen("entrusted already")
def _entrusted_already(stage):
    _entrusted(stage)
    stage.press("entrusting")


@screen("number written")
def _number_written(stage):
    _entrusted(stage)
    stage.window.write_referral(stage.window.pages.file)
    stage.settle()
    _scroll_down(stage.window.compose.items.number)


@screen("number asked")
def _number_asked(stage):
    _entrusted(stage)
    found = stage.ask(lambda vault: agencies.all(vault))
    shelter = next(each for each in found if "쉼터" in each.name)
    stage.window.start_sheet.chosen.emit(a_handing(stage.window.pages.file, shelter))
    stage.settle()
    question = stage.window.hand_over.question
    for _ in range(len(stage.window.hand_over._asking.steps()) - 1):
        question.yes_button.click()
        stage.settle()


@screen("number leaves")
def _number_leaves(stage):
    _entrusted(stage)
    file, moment = stage.window.pages.file, stage.tasks.moment()
    given = {**file.consents[0].answers, Article.IDENTIFIERS: Answer.GIVEN}
    agreed = replace(
        file.consents[0], id=ConsentId(UUID(int=7)), agency=file.draft.agency, record=None,
        agency_name="가온의료원", valid_until=moment.now + timedelta(days=90), answers=given,
        items=file.consents[0].items | {Item.IDENTIFIER},
    )  # fmt: skip
    stage.ask(lambda vault: consents.record(vault, agreed, moment))
    stage.window.show_preview(file)


@screen("consent seen")
def _seen(stage):
    shelf = _shelf(stage)
    shelf.write_button.click()
    stage.settle()
    shelf.wording.place.language.setCurrentIndex(LANGUAGES.index("th"))
    shelf.wording.place.group.setCurrentIndex(5)
    shelf.wording._on_chosen()
    shelf.wording.foot_part.seen_button.click()


# supervisor and questionnaires


@screen("supervisor")
def _supervisor(stage):
    stage.press("supervisor")


@screen("questionnaires")
def _questionnaires(stage):
    stage.press("questionnaires")
    example = Path(__file__).parents[2] / "docs" / "questionnaire-example.json"
    stage.desk.questioning.loading.load(example)


@screen("questionnaire")
def _questionnaire(stage):
    _questionnaires(stage)
    stage.settle()
    stage.desk.questioning.loading.leave()
    stage.open("하늘")
    stage.press("questionnaire")


@screen("signing")
def _signing(stage):
    stage.desk.reporting.open_signing()


# finding


def _search(stage, words):
    stage.window.header.search_button.click()
    stage.window.palette_sheet.query.setText(words)
    sheet = stage.window.palette_sheet
    stage.until(lambda: sheet._asked[0] == words)


@screen("search actions")
def _actions(stage):
    stage.window.header.search_button.click()


@screen("search")
def _found(stage):
    _search(stage, "하늘")


@screen("search words")
def _words(stage):
    _search(stage, "코코아")


@screen("agencies")
def _agencies(stage):
    stage.press("agencies")


@screen("ways")
def _ways(stage):
    stage.press("ways")


_NUMBER = "a1b2c3d4e5f6"


def _know_of(vault, at):
    """Keep what a colleague's laptop sent: one consent in force, and one that was ended here."""
    shelter, clinic, *_ = agencies.all(vault)
    until = at + timedelta(days=60)
    with vault.transaction() as db:
        for number, told in ((1, (shelter, clinic)), (2, (shelter,))):
            consent = ConsentId(UUID(f"00000000-0000-4000-800{number}-{_NUMBER}"))
            for place, agency in enumerate(told):
                referral = ReferralId(UUID(int=number * 10 + place))
                day = at - timedelta(days=3 * number, hours=place)
                elsewhere.keep(db, consent, Sent(referral, agency.id, day), until)
        elsewhere.end(db, consent, at - timedelta(days=1))
    return True


@screen("called with a number")
def _called(stage):
    moment = stage.tasks.moment()
    stage.ask(lambda vault: _know_of(vault, moment.now))
    stage.press(f"number {_NUMBER}")


@screen("call unknown")
def _not_known(stage):
    stage.press(f"number {_NUMBER}")


@screen("told without a consent")
def _told_by_law(stage):
    now = stage.tasks.moment().now

    def told(vault):
        with vault.transaction() as db:
            for number, (basis, purpose, name) in enumerate(_TOLD):
                at = stamp(now - timedelta(days=number, hours=number))
                row = (f"message-{number}", name, purpose, basis, at)
                db.execute(
                    "INSERT INTO disclosure_ledger VALUES (?, 'ref', 'org', ?, ?, ?,"
                    """ '["alias", "reach", "situation"]', ?, 'sealed-message',"""
                    " 'purpose-only/reporter-secret')",
                    row,
                )
                as_it_stands(db, "ledger.entered", row[0], 1, now)
        return True

    stage.ask(told)
    stage.press("ledger")


# the line, the office, the program


@screen("outbox")
def _outbox(stage):
    stage.window.status.waiting_button.click()


@screen("outbox not taken")
def _not_taken(stage):
    def refused(vault):
        with vault.transaction() as db:
            asked = next(
                each for each in waiting.unsettled(db) if each.kind is Kind.REFERRAL_REQUEST
            )
            sending.settle(db, asked.id, waiting.REFUSED, "key-epoch-retired")
        return True

    stage.ask(refused)
    status = stage.window.status  # counts anew after a round; there is none here
    status.show_glance(stage.ask(status.asking()))
    status.waiting_button.click()


@screen("settings")
def _settings(stage):
    stage.window.settings_wanted.emit()


for _key in ("carry", "keys", "team", "devices", "backups", "ending", "behind"):
    screen(_key)(_pressed(_key))


@screen("number")
def _number(stage):
    next(iter(stage.window.side.emergency.numbers.values())).click()


@screen("hidden")
def _hidden(stage):
    stage.frame.toggle_hidden()


# the inbox


@screen("inbox", "agency")
def _inbox(stage):
    stage.window.header.inbox_button.click()
    stage.settle()
    stage.desk.inbox.page.listing.rows[0].click()


@screen("inbox handing", "agency")
def _inbox_handing(stage):
    """Somebody of the same alias was met before, and is chosen; nothing is tied yet."""

    def known(vault):
        one = Youth(YouthId(UUID(int=9)), "바다", Age.estimated(15), stage.tasks.moment().now)
        with vault.transaction() as db:
            youths.add(db, one)
        return one

    youth = stage.ask(known)
    _inbox(stage)
    stage.settle()
    case = stage.desk.inbox.page.case
    case.decisions.buttons[Deed.ACCEPT].click()
    stage.until(lambda: not case.handing.isHidden())
    case.handing.open_button.click()
    stage.until(lambda: bool(case.handing.known.buttons))
    case.handing.known.chosen.emit(youth)
