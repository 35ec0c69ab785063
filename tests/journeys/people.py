"""A contact that grows up."""

from journeys.hand import ALT, CTRL, Key
from journeys.table import of
from PySide6.QtCore import Qt

from desktop.domain.ages import AgeBasis, Holds
from desktop.domain.consents import Article
from desktop.domain.screening import Risk
from desktop.domain.youths import Age, Gender
from ui.youths.age_laws import held_words

said = of("A contact that grows up")


def _sheet(hand, name):
    return next(each for each in hand.window.children() if each.objectName() == name)


def _nameless(hand, words=""):
    """Meet somebody by two keys who gives no name; return their file."""
    before = hand.file.youth.id if hand.file else None
    hand.key(Key.Key_N, CTRL)
    hand.key(Key.Key_Return)
    hand.until(lambda: hand.file is not None and hand.file.youth.id != before)
    hand.settle()
    if words:
        hand.write(words)
        hand.window.pages.save_now()
        hand.settle()
        hand.window.reload()
        hand.settle()
    return hand.file


def _named(hand, alias, *, agreed=None):
    hand.key(Key.Key_F2)
    sheet = _sheet(hand, "growing")
    sheet.alias.edit.setFocus()
    hand.write(alias)
    if agreed is not None:
        hand.key(Key.Key_Return)
        assert sheet.isVisible(), "it did not wait for an answer"
        hand.click(sheet.agreeing.answer.buttons["agreed" if agreed else "declined"])
    hand.click(sheet.keep_button)
    assert sheet.isHidden()


@said("headcount → alias → known person → case. ")
def a_head_becomes_a_case(hand):
    met = hand.tonight.counts.met
    hand.key(Key.Key_1, ALT)
    assert hand.tonight.counts.met == met + 1
    nameless = _nameless(hand)
    assert nameless.jotting is not None
    _named(hand, "여울")
    assert hand.file.youth.alias == "여울"
    assert hand.file.jotting is None

    hand.key(Key.Key_N, CTRL)  # later: the one who was here before
    sheet = hand.window.rail.sheet
    hand.write("여울")
    hand.until(lambda: len(sheet.known.buttons) == 1)
    hand.click(sheet.known.buttons[0])
    hand.until(sheet.isHidden)
    hand.settle()
    assert hand.file.youth.id == nameless.youth.id

    hand.click(hand.note.judging.level.buttons[Risk.LOW.value])
    hand.note.judging.panel.grounds.setPlainText("잘 곳은 있음")
    hand.click(hand.note.judging.panel.save_button)
    hand.window.write_referral(hand.file)
    hand.settle()
    assert hand.again(hand.file).judgement.risk is Risk.LOW


@said("Earlier jottings are attached only if the youth agrees, otherwise they expire with a"
      " visible countdown. ")  # fmt: skip
def earlier_words_stay_only_with_a_yes(hand):
    file = _nameless(hand, "벤치에서 코코아를 마심")
    model = hand.window.rail.people.view.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    rows = [model.index(n, 0).data(spoken) for n in range(model.rowCount())]
    [row] = [each for each in rows if each.startswith(f"{file.youth.alias},")]
    hand.says(row, "7일 뒤", "Goes in 7 days")
    _named(hand, "노을", agreed=True)
    assert "코코아" in hand.again(file).note.text

    file = _nameless(hand, "편의점 앞에서 라면을 먹음")
    _named(hand, "이슬", agreed=False)
    assert hand.again(file).note is None
    assert not [row for row in hand.search("라면") if row.context[1]]


@said("Age exact, estimated or a range; the four age rules of domain.md computed from one place;"
      " near 14 and estimated counts as under 14. ")  # fmt: skip
def an_age_is_said_as_it_is_known(hand):
    hand.key(Key.Key_N, CTRL)
    age = hand.window.rail.sheet.age
    for basis, lowest, highest, is_young in (
        (AgeBasis.STATED, 14, 14, False), (AgeBasis.STATED, 13, 13, True),
        (AgeBasis.ESTIMATED, 14, 14, True), (AgeBasis.ESTIMATED, 15, 15, False),
        (AgeBasis.RANGE, 13, 16, True), (AgeBasis.RANGE, 14, 16, False),
        (AgeBasis.UNKNOWN, 0, 0, None),
    ):  # fmt: skip
        hand.click(age.basis.buttons[basis.value])
        age.lowest.setValue(lowest)
        age.highest.setValue(highest)
        if is_young is not None:
            assert age.hint.isVisible() == is_young, (basis, lowest, age.hint.text())
    [before] = hand.rows(["youth"])
    hand.click(age.basis.buttons[AgeBasis.STATED.value])
    for years, born in ((0, ""), (99, ""), (15, "2031-01-01"), (15, "1927-01-01")):
        age.lowest.setValue(years)
        age.born.setText(born)
        hand.click(hand.window.rail.sheet.save_button)
        assert hand.window.rail.sheet.problem.text(), (years, born)
    assert hand.rows(["youth"]) == [before]
    age.born.clear()
    hand.click(age.basis.buttons[AgeBasis.ESTIMATED.value])
    age.lowest.setValue(14)
    hand.window.rail.sheet.alias.edit.setText("모래")
    hand.click(hand.window.rail.sheet.save_button)
    hand.until(lambda: hand.file is not None and hand.file.youth.alias == "모래")
    hand.settle()
    assert hand.file.youth.age.may_be_under_14()
    who = hand.window.pages.consent.rows[Article.COLLECT].about
    hand.says(who, "법정대리인 동의 필요", "Guardian consent needed")
    _four_laws(hand)


def _four_laws(hand):
    """An age that is sure, one that may be 19 this year, and one that nobody knows."""
    is_so, is_not, may_be = Holds.YES, Holds.NO, Holds.MAYBE
    for age, held in (
        (Age.stated(13), (is_so, is_so, is_so, is_so)),
        (Age.stated(18), (is_not, is_not, may_be, is_so)),
        (Age.stated(26), (is_not, is_not, is_not, is_not)),
        (Age.estimated(14), (may_be, is_so, is_so, is_so)),
        (Age.unknown(), (may_be, may_be, may_be, may_be)),
    ):
        hand.meet(f"나이 {age.basis} {age.lowest}", age)
        hand.click(hand.note.header.about)
        sheet = _sheet(hand, "age-laws-sheet")
        said = [row.held.text() for row in sheet.rows.values()]
        assert said == [held_words(each) for each in held], (age, said)
        assert sheet.unsure.isVisible() == (may_be in held)
        sheet.leave()


@said("Merge two records that turn out to be one person, and undo it; ")
def two_records_become_one_and_two_again(hand):
    other, kept = hand.meet("들국화"), hand.meet("나루터")
    hand.do("merge")
    sheet = _sheet(hand, "merging")
    sheet.other.edit.setText("들국화")
    hand.until(lambda: len(sheet.known.buttons) == 1)
    hand.click(sheet.known.buttons[0])
    assert sheet.sides.keeps.key() == ""
    hand.click(sheet.sides.keeps.buttons["0"])
    hand.click(sheet.merge_button)
    assert other.youth.id not in {met.youth.id for met in hand.tonight.met}

    hand.until(lambda: hand.file is not None and hand.file.youth.id == kept.youth.id)
    hand.do("merge")
    hand.click(sheet.parting.button)
    assert {kept.youth.id, other.youth.id} <= {met.youth.id for met in hand.tonight.met}


@said("duplicate warning before creating (alias, age, place, description), never automatic.")
def who_may_be_known_is_asked_about_with_reasons(hand):
    known = hand.meet("소나기", gender=Gender.FEMALE)
    [before] = hand.rows(["youth"])
    hand.key(Key.Key_N, CTRL)
    sheet = hand.window.rail.sheet
    hand.click(sheet.age.basis.buttons[AgeBasis.STATED.value])
    sheet.age.lowest.setValue(16)
    sheet.gender.buttons[Gender.FEMALE.value].click()
    sheet.place.edit.setText("역 앞")
    sheet.alias.edit.setFocus()
    hand.write("소나기")
    hand.click(sheet.save_button)
    assert sheet.isVisible()
    assert hand.rows(["youth"]) == [before]
    [button] = sheet.known.buttons
    for ko, en in (
        ("별칭이 같음", "same alias"), ("나이가 맞음", "the age fits"), ("같은 곳", "same place"),
        ("성별·언어가 같음", "same description"),
    ):  # fmt: skip
        hand.says(button, ko, en)
    hand.click(sheet.save_button)  # somebody new all the same: asked once more, a person decides
    hand.until(sheet.isHidden)
    hand.settle()
    assert hand.file.youth.id != known.youth.id
    assert hand.rows(["youth"]) == [before + 1]
