"""Who may say yes."""

from journeys import asked
from journeys.asked import HERE
from journeys.consent_table import of

from desktop.domain.consents import Verification
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age
from desktop.services import guardians

who = of("Who may say yes")


@who("14 and over the person; under 14 the legal guardian, verified by one of the seven lawful"
     " ways, whose name and contact may be taken from the child first; near 14 and estimated"
     " counts as under. ")  # fmt: skip
def who_answers_is_decided_by_their_age(hand):
    asked.written(hand, "산들바람", age=Age.stated(14))
    assert asked.agreed(hand, "yes", "yes").guardian is None

    asked.written(hand, "아지랑이", age=Age.estimated(14))
    sheet = asked.start(hand, HERE.unreachable)
    sheet.named.name.edit.setText("김보호")
    sheet.named.contact.edit.setText("010")
    hand.click(sheet.named.keep_button)
    hand.says(sheet.named.told.label, "5일", "5 days")
    assert not sheet.start_button.isEnabled()
    sheet.leave()

    page = asked.handed(hand, HERE.present)
    asked.say(hand, page, "yes", "yes")
    assert len(page.guardian.ways) == len(Verification) == 7
    hand.click(page.guardian.next_button)
    assert page.guardian.isVisible()  # neither a name nor a way was chosen
    asked.guardian_says_who(hand, page, Verification.PHONE_CALL)
    asked.say(hand, page, "yes", "yes")
    kept = asked.given_back(hand, page)
    assert kept.guardian.verified_by is Verification.PHONE_CALL
    assert kept.record.verified_at is not None
    assert hand.again(hand.file).named is None  # what the child told has served


@who('"Do not tell the guardian" with its reason travels inside the seal with every referral and'
     " blocks every step that would contact them; ")  # fmt: skip
def not_to_tell_travels_along_and_blocks_every_step(hand):
    file = asked.written(hand, "반딧불", age=Age.stated(12))
    sheet = asked.start(hand)
    hand.click(sheet.keep_button)
    keeping = asked.front(hand)
    hand.click(keeping.reasons[KeepReason.FEAR])
    hand.click(keeping.keep_button)
    assert hand.ask(lambda vault: guardians.kept_from(vault, file.youth.id)).reason == "fear"
    hand.settle()
    assert not hand.window.pages.consent.handover_button.isVisible()
    hand.window.ask_for_pin(hand.again(file))
    hand.settle()
    for stands in ("present", "unreachable"):
        hand.click(sheet.stands.stands.buttons[stands])
        assert not sheet.start_button.isEnabled()
        assert not sheet.named.keep_button.isVisible()
    sheet.leave()

    file = asked.written(hand, "반딧불이", age=Age.stated(16))
    moment = hand.tasks.moment()
    hand.ask(lambda vault: guardians.keep_from(
        vault, file.youth.id, KeepReason.FEAR, "", moment))  # fmt: skip
    asked.reread(hand)
    asked.agreed(hand, "yes", "yes")
    hand.window.show_preview(hand.again(file))
    hand.settle()
    preview = hand.window.preview
    assert b'"keep_reason":"fear"' in preview._preview.packet
    assert any("알리지 않기" in w or "Must not be told" in w for w in asked.told(preview.leaving))


@who("if the guardian is the suspected abuser, the way leads to the report, never to a dead end.")
def a_suspected_guardian_leads_to_the_report(hand):
    asked.written(hand, "개똥벌레", age=Age.stated(12))
    sheet = asked.start(hand, HERE.suspected)
    assert not sheet.start_button.isEnabled()
    assert sheet.stands.notice.isVisible()
    hand.click(sheet.stands.report_button)
    assert "112" in " ".join(asked.told(asked.front(hand)))
