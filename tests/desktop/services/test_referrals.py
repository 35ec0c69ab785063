"""What leaves is what was shown, and only under a consent that covers it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import SAID_YES, WORDS

from desktop.domain.agencies import Category
from desktop.domain.consent_records import Record
from desktop.domain.consents import Answer, Article, Item
from desktop.domain.ids import AgencyId
from desktop.domain.referrals import Urgency
from desktop.errors import (
    AgencyUnreachable,
    ConsentMissing,
    NotEnrolled,
    NothingWritten,
    PreviewChanged,
)
from desktop.services import agencies, referrals, withdrawals, youths
from sync.client.addressees import Correspondence
from sync.client.directory import sealing_key_of
from sync.client.sealing import header_of, open_sealed
from sync.client.wrapping import BYTES
from sync.protocol.bodies import Packet
from sync.protocol.codec import read_json
from sync.protocol.messages import Kind


def request_of(town):
    return next(m for m in town.leaves(town.vault) if header_of(m).kind is Kind.REFERRAL_REQUEST)


def test_the_preview_reads_back_the_bytes_that_would_be_sealed(town):
    youth = town.meet(keep_from_guardian=True)
    town.agree(youth)

    shown = town.preview(youth)

    packet = read_json(Packet, shown.packet)
    assert shown.rows == tuple((item, WORDS[item]) for item in Item if item in WORDS)
    assert shown.staying == ()
    assert packet.words == {item.value: text for item, text in WORDS.items()}
    assert packet.keep_from_guardian


def test_what_the_consent_does_not_allow_stays_here(town):
    youth = town.meet()
    town.agree(youth, answers=SAID_YES | {Article.SENSITIVE: Answer.REFUSED})

    shown = town.preview(youth)

    assert [item for item, _ in shown.rows] == [Item.ALIAS, Item.NEED]
    assert shown.staying == (Item.SITUATION,)
    assert WORDS[Item.SITUATION].encode() not in shown.packet


def test_the_agency_opens_exactly_what_was_shown(town):
    youth = town.meet()
    town.agree(youth)
    shown = town.preview(youth)
    referrals.release(town.vault, shown, town.moment(), town.hub.chance)
    request = request_of(town)

    for party in (town.shelter, town.centre):
        opened = open_sealed(
            request, party.org, party.own.private_keys, town.centre.keys.sign.public
        )
        assert opened == shown.packet
    assert header_of(request).item_codes == ("alias", "need", "situation")


def released(town):
    """Release one referral; return what the agency opens of its key, alike within a sitting."""
    youth = town.meet()
    town.agree(youth)
    shown = town.preview(youth)
    referrals.release(town.vault, shown, town.moment(), town.hub.chance)
    message = next(
        m for m in town.leaves(town.vault) if header_of(m).ref == str(shown.referral.id)
    )
    opened = open_sealed(
        message, town.shelter.org, town.shelter.own.private_keys, town.centre.keys.sign.public
    )
    assert opened == shown.packet
    (copy,) = (key for key in message.keys if key.org == town.shelter.org)
    return copy.enc[:-BYTES]


def test_referrals_of_the_same_minutes_are_sealed_to_their_agency_once(town):
    first, second = released(town), released(town)
    town.hub.clock.turn(minutes=11)
    later = released(town)

    assert first == second != later


def test_a_lock_forgets_to_whom_was_sealed(town):
    released(town)
    with town.vault.reading() as db:
        known, key = db.addressees, sealing_key_of(agencies.book(db), town.shelter.org)
    between = Correspondence(town.centre.org, town.shelter.org, key)
    front = known.of(between, town.moment().now, town.hub.chance)
    assert known.of(between, town.moment().now, town.hub.chance) is front

    town.vault.close()

    assert known.of(between, town.moment().now, town.hub.chance) is not front


def test_the_newest_consent_that_covers_is_used(town):
    youth = town.meet()
    town.agree(youth)
    town.hub.clock.turn(minutes=1)
    newer = town.agree(youth)

    assert town.preview(youth).consent == newer


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.LATER])
@pytest.mark.parametrize("article", [Article.COLLECT, Article.PROVIDE])
def test_a_later_no_to_the_same_agency_ends_an_earlier_yes(town, article, answer):
    youth = town.meet()
    town.agree(youth)
    shown = town.preview(youth)
    town.hub.clock.turn(minutes=1)
    town.agree(youth, answers=SAID_YES | {article: answer})

    with pytest.raises(ConsentMissing):
        town.preview(youth)
    with pytest.raises(ConsentMissing):
        referrals.release(town.vault, shown, town.moment(), town.hub.chance)


def test_a_later_no_to_the_sensitive_part_keeps_only_that_here(town):
    youth = town.meet()
    town.agree(youth)
    town.hub.clock.turn(minutes=1)
    town.agree(youth, answers=SAID_YES | {Article.SENSITIVE: Answer.REFUSED})

    assert town.preview(youth).staying == (Item.SITUATION,)


def test_an_earlier_yes_does_not_outlive_the_withdrawal_of_a_later_one(town):
    youth = town.meet()
    town.agree(youth)
    town.hub.clock.turn(minutes=1)
    newer = town.agree(youth)
    withdrawals.withdraw(town.vault, newer.id, town.moment())

    with pytest.raises(ConsentMissing):
        town.preview(youth)


@pytest.mark.parametrize(
    "lapse",
    [
        {"agency": AgencyId("another")},
        {"items": frozenset()},
        {"answers": {}},
        {"answers": SAID_YES | {Article.PROVIDE: Answer.REFUSED}},
        {"answers": SAID_YES | {Article.COLLECT: Answer.LATER}},
    ],
    ids=str,
)
def test_without_a_consent_that_covers_nothing_is_even_shown(town, lapse):
    youth = town.meet()
    town.agree(youth, **lapse)

    with pytest.raises(ConsentMissing):
        town.preview(youth)


def test_other_help_than_was_agreed_to_is_a_new_question(town):
    youth, agreed = town.meet(), frozenset({Category.COUNSEL, Category.PROTECT})
    town.agree(youth, record=Record(categories=agreed))

    assert town.preview(youth, categories=frozenset({Category.COUNSEL})).packet
    with pytest.raises(ConsentMissing):
        town.preview(youth, categories=agreed | {Category.LEGAL})

    town.agree(youth, record=Record(categories=agreed | {Category.LEGAL}))
    assert town.preview(youth, categories=agreed | {Category.LEGAL}).packet


def test_a_consent_that_ran_out_after_the_preview_releases_nothing(town):
    youth = town.meet()
    town.agree(youth, valid_until=town.now + timedelta(minutes=1))
    shown = town.preview(youth)
    town.hub.clock.turn(minutes=1)

    with pytest.raises(ConsentMissing):
        referrals.release(town.vault, shown, town.moment(), town.hub.chance)

    assert town.leaves(town.vault) == []
    assert referrals.all(town.vault, town.moment()) == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda shown: replace(
            shown, packet=shown.packet.replace("하늘".encode(), "구름".encode())
        ),
        lambda shown: replace(shown, rows=shown.rows[1:]),
        lambda shown: replace(
            shown, referral=replace(shown.referral, words=WORDS | {Item.HEALTH: "천식"})
        ),
        lambda shown: replace(shown, referral=replace(shown.referral, keep_from_guardian=True)),
    ],
)
def test_what_is_not_what_was_shown_does_not_leave(town, change):
    youth = town.meet()
    town.agree(youth)
    shown = change(town.preview(youth))

    with pytest.raises(PreviewChanged):
        referrals.release(town.vault, shown, town.moment(), town.hub.chance)

    assert town.leaves(town.vault) == []


def test_pressing_twice_releases_once(town):
    youth = town.meet()
    town.agree(youth)
    shown = town.preview(youth)

    first = referrals.release(town.vault, shown, town.moment(), town.hub.chance)
    second = referrals.release(town.vault, shown, town.moment(), town.hub.chance)

    assert first == second
    assert len(town.leaves(town.vault)) == 2


def test_the_consent_is_told_once_and_never_overtaken(town):
    youth = town.meet()
    town.agree(youth)
    town.release(youth)
    town.release(youth, urgency=Urgency.URGENT)

    town.round()

    kinds = [header_of(item).kind for item in town.line.asked[0].items]
    assert kinds == [Kind.CONSENT_GIVEN, Kind.REFERRAL_REQUEST, Kind.REFERRAL_REQUEST]
    assert header_of(town.line.asked[0].items[1]).priority == "urgent"


def test_a_draft_is_kept_as_typed_and_gone_once_released(town):
    youth = town.meet()
    town.agree(youth)
    draft = town.draft(youth, words=WORDS | {Item.HEALTH: "감기 "})

    referrals.keep_draft(town.vault, draft, town.moment())
    kept = youths.open_file(town.vault, youth, None, town.moment()).draft
    town.release(youth)

    assert kept == draft
    assert youths.open_file(town.vault, youth, None, town.moment()).draft is None


def test_an_agency_nobody_can_seal_to_is_named(town):
    youth = town.meet()
    town.agree(youth, agency=AgencyId("nobody"))

    with pytest.raises(AgencyUnreachable) as missing:
        town.preview(youth, agency=AgencyId("nobody"))

    assert missing.value.agency == "nobody"


@pytest.mark.parametrize("nothing", [{"agency": None}, {"words": {}}, {"categories": frozenset()}])
def test_a_draft_that_says_too_little_shows_nothing(town, nothing):
    youth = town.meet()
    town.agree(youth)

    with pytest.raises(NothingWritten):
        town.preview(youth, **nothing)


def test_without_enrolment_nothing_can_be_shown(town):
    youth = town.meet()
    town.agree(youth)
    with town.vault.transaction() as db:
        db.execute("DELETE FROM enrolment")

    with pytest.raises(NotEnrolled):
        town.preview(youth)


def test_every_referral_is_followed_newest_first(town):
    first = town.agreed_and_released()[1]
    town.hub.clock.turn(minutes=1)
    second = town.agreed_and_released()[1]

    assert referrals.all(town.vault, town.moment()) == (second, first)
