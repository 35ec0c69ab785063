"""A record that stands, the preview, and living consent."""

import hashlib
import json
from pathlib import Path

from journeys import asked
from journeys.asked import HERE
from journeys.consent_table import of
from journeys.hand import Key
from prove.proof import scratch

from desktop.domain.consents import Item, Verification
from desktop.domain.own_data import Wish
from desktop.domain.referrals import Erasure
from desktop.domain.youths import Age
from desktop.services import own_data, slips
from desktop.vault import steps
from desktop.vault.steps import Step

record, preview = of("A record that stands"), of("The preview")
living = of("Living consent")
_CHANGES = (
    "UPDATE consent SET purpose = 'x'", "UPDATE consent SET valid_until = '2099'",
    "UPDATE consent_answer SET answer = 'given'", "UPDATE consent_item SET allowed = 1",
    "UPDATE consent_record SET facts = '{}'", "DELETE FROM consent_record",
)  # fmt: skip


@record("immutable, versioned by text, language, recipient, items, purpose, retention, the hash of"
        " exactly what was shown, who asked, who was present, how answered; all mandatory fields"
        " of ISO/IEC TS 27560 as tabulated; ")  # fmt: skip
def every_field_is_kept_and_none_of_it_changes(hand):
    asked.written(hand, "멧비둘기", age=Age.stated(12))
    page = asked.handed(hand, HERE.present, _with_an_interpreter)
    shown = []
    for turn in range(4):
        lines = page._screen.lines()
        assert set(lines) <= set(asked.told(page))
        shown.append("\n".join(lines))
        asked.say(hand, page, "yes")
        if turn == 1:
            asked.guardian_says_who(hand, page, Verification.PAPER)
    kept = asked.given_back(hand, page)
    told, notice, of_us = kept.record, kept.notice, kept.record.responsible
    assert notice.sha256 == hashlib.sha256("\n\n".join(shown).encode()).hexdigest()
    assert (notice.language, kept.agency, kept.items) == (
        "ko", asked.agency(hand).id, frozenset(asked.PLAIN))  # fmt: skip
    assert (told.asked_by, told.present) == ("한결", ("통역 응우옌",))
    mandatory = (
        kept.id, told.schema, notice.form, told.jurisdiction, kept.youth, kept.answers,
        kept.purpose, kept.agency_name, kept.retention, told.storage, kept.asked_at,
        kept.valid_until, told.withdrawal, told.refusal, of_us.id, of_us.name, of_us.contact,
        of_us.address, kept.guardian.name, kept.guardian.contact, kept.guardian.relation,
        kept.guardian.verified_by, told.verified_at,
    )  # fmt: skip
    assert all(mandatory), mandatory
    assert not [each for each in _CHANGES if hand.ask(lambda vault, sql=each: _may(vault, sql))]


def _with_an_interpreter(sheet):
    sheet.manner.present.edit.setText("통역 응우옌")


def _may(vault, sql):
    """Whether the vault lets this be done to what was answered."""
    try:
        with vault.transaction() as db:
            db.execute(sql)
    except Exception:  # noqa: BLE001 - whatever refused it
        return ()
    return (sql,)


@record("any change is a new question. ")
def another_item_is_asked_about_anew(hand):
    file = asked.written(hand, "종다리", asked.PLAIN)
    first = asked.agreed(hand, "yes", "yes")
    card = hand.window.pages.consent
    assert not card.handover_button.isVisible()  # nothing is left to ask

    asked.write(hand, file, asked.SENSITIVE)
    second = asked.agreed(hand, "yes", "yes", "yes")

    assert (second.record.supersedes, second.items) == (first.id, frozenset(asked.SENSITIVE))
    assert hand.again(file).consents == (second, first)


@record("A receipt on paper or QR only if wanted (a found receipt can endanger).")
def a_slip_is_made_on_a_wish_alone(hand):
    asked.written(hand, "물총새")
    asked.agreed(hand, "yes", "yes")
    assert not [each for each in hand.window.children() if each.objectName() == "slip-sheet"]

    file = asked.written(hand, "호랑지빠귀")
    page = asked.handed(hand)
    asked.say(hand, page, "yes", "yes")
    assert not page.thanks.slip.isChecked()
    hand.click(page.thanks.slip)
    kept = asked.given_back(hand, page)
    slip = asked.front(hand)
    assert slip.objectName() == "slip-sheet"
    hand.says(slip.notice.label, "위험", "endanger")
    _, told = slip._made
    said = repr(told)
    number = slips.number_of(kept.id)
    assert number in said
    assert not any(each in said for each in (file.youth.alias, kept.agency_name, "동의해요"))
    slip.leave()
    rows = hand.search(number)
    assert any(file.youth.alias in str(row) for row in rows)


@preview("before anything leaves, exactly the words and fields that will, per recipient, as the"
         " young person agreed, with what stays here beside it; ")  # fmt: skip
def what_leaves_is_shown_word_for_word(hand):
    file = asked.written(hand, "솔부엉이", asked.SENSITIVE)
    asked.agreed(hand, "yes", "yes", "no")
    hand.window.show_preview(hand.again(file))
    hand.settle()
    sheet = hand.window.preview
    packet = json.loads(sheet._preview.packet)
    left, right = asked.told(sheet.leaving), asked.told(sheet.staying)
    assert packet["words"] == {item.value: words for item, words in asked.PLAIN.items()}
    assert set(packet["words"].values()) <= set(left)
    assert packet["agency"] == asked.agency(hand).id
    assert asked.SENSITIVE[Item.HEALTH] not in " ".join(left)
    assert any("동의하지 않음" in words or "not agreed to" in words for words in right)
    assert sheet.to.label.text().count(asked.agency(hand).name) == 1


@preview("items can be taken out, never added beyond consent.")
def an_item_is_taken_out_and_nothing_is_added(hand):
    file = asked.written(hand, "쏙독새", asked.SENSITIVE)
    asked.agreed(hand, "yes", "yes", "no")
    hand.window.show_preview(hand.again(file))
    hand.settle()
    sheet = hand.window.preview
    hand.click(sheet.leaving.buttons[Item.ALIAS])
    assert set(sheet.shown_words()) == {Item.NEED}
    assert set(sheet.staying.buttons) == {Item.ALIAS}  # what was refused cannot be put there
    hand.click(sheet.release_button)
    (told,) = hand.again(file).trackings
    assert told.referral.words == {Item.NEED: asked.PLAIN[Item.NEED]}


@living("what is in force, for whom, until when, at a glance on the person's page; ")
def what_is_in_force_is_seen_at_a_glance(hand):
    file = asked.written(hand, "휘파람새")
    asked.agreed(hand, "yes", "yes")
    asked.write(hand, file, to="의료원")
    asked.agreed(hand, "yes", "yes")
    card = hand.window.pages.consent
    hand.says(card.all_button, "2건", "2 in force")
    hand.says(card.ending.force, "2027년 2월 18일", "February 18, 2027")
    hand.note.editor.setFocus()
    hand.key(Key.Key_F4)
    rows = asked.front(hand).rows
    names = " ".join(row.accessibleName() for row in rows)
    assert len(rows) == 2
    assert all(asked.agency(hand, part).name in names for part in ("쉼터", "의료원"))
    for row in rows:
        hand.says(row.until, "2027년 2월 18일", "February 18, 2027")


@living("expiry asks in time; ", alone="counselor")
def what_runs_out_is_asked_about_in_time(hand):
    file = asked.written(hand, "노랑할미새")
    asked.agreed(hand, "yes", "yes")
    for day, is_listed in ((1, False), (10, True)):
        with hand.clock(2027, 2, day, 12):
            hand.do("promises")
            hand.desk.promising.reload()
            hand.settle()
            rows = hand.desk.promising.board.model.rows
            mine = [n for n, row in enumerate(rows) if row.youth == file.youth.id]
            assert bool(mine) == is_listed, day
            if is_listed:
                board = hand.desk.promising.board
                board.view.setCurrentIndex(board.model.index(mine[0]))
                hand.click(board.acting.open_button)
                assert hand.window.start_sheet.isVisible()
            hand.window.board.left.turn("night")


@living("withdrawal takes two clicks, works offline, is no harder than giving, and shows who has"
        " erased and who has not yet; ", alone="answered")  # fmt: skip
def a_consent_ends_in_two_clicks_without_a_line(hand):
    hand.open("하늘")
    assert hand.window.status.is_cut
    (told,) = hand.file.trackings
    card = hand.window.pages.consent
    hand.click(card.withdraw_button)
    assert hand.again(hand.file).consents[0].withdrawn_at is None
    hand.click(card.confirm_button)
    assert hand.again(hand.file).consents[0].withdrawn_at is not None
    assert any("아직 파기하지 않은 곳" in w or "Not erased yet" in w for w in asked.told(card))

    def erased(vault):
        with vault.transaction() as db:
            done = Step("erasure-attested", hand.tasks.moment().now, "proof")
            steps.owed(db, told.referral.id, Erasure.DESTROYED, done)
        return True

    hand.ask(erased)
    asked.reread(hand)
    hand.key(Key.Key_F4)
    (row,) = asked.front(hand).ended
    hand.says(row.told, "파기한 곳", "Erased:")


@living("a request to see, correct or stop (PIPA 35-37) opens a task with its ten days and"
        " produces the person's own data as a readable file.")  # fmt: skip
def a_request_is_a_task_of_ten_days_and_a_file(hand):
    file = asked.written(hand, "붉은머리오목눈이")
    hand.do("own-data")
    sheet = asked.front(hand)
    for wish in Wish:
        if sheet.about.another_button.isVisible():
            hand.click(sheet.about.another_button)
        hand.click(sheet.about.asking.choice.buttons[wish.value])
        sheet.about.asking.words.edit.setText("나이가 틀렸어요")
        hand.click(sheet.about.asking.act_button)
    found = hand.ask(lambda vault: own_data.of_youth(vault, file.youth.id))
    assert {each.wish for each in found} == set(Wish)
    assert {each.days_left(hand.tasks.moment().now) for each in found} == {10}
    cells = [str(sheet.waiting.list.rows.index(0, n).data()) for n in range(3)]
    hand.says(" ".join(cells), "10일", "10 days")
    with scratch("own") as place:
        page = Path(place) / "page.txt"
        sheet.save_button.save_as(page)
        hand.settle()
        said = page.read_text("utf-8")
    assert all(words in said for words in (file.youth.alias, "나이가 틀렸어요"))
