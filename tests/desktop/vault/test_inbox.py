"""Rows of what came in: watched like every other, destroyed for good, and a line that stays."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from builders import NOON

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId
from desktop.domain.inbox import Gone, Told
from desktop.errors import VaultDamaged
from desktop.vault import (
    inbox,
    inbox_consents,
    inbox_end,
    inbox_letters,
    inbox_reading,
    salts,
)
from desktop.vault.inbox import Arrived, Packed
from desktop.vault.steps import Step
from desktop.vault.subjects import content_of
from sync.client.sealing import sign_clear
from sync.client.signing import SigningKey
from sync.protocol.bodies import Packet, TaskMoved
from sync.protocol.codec import canonical
from sync.protocol.messages import Header, Kind
from sync.protocol.states import TaskStatus

ORG, CONSENT, REF = (str(uuid4()) for _ in range(3))
WORDS = {"alias": "하늘", "age": "만 16세", "need": "잘 곳", "unheard-of": "모르는 것"}


def packed(version=1, words=WORDS):
    told = Packet(REF, "us", ("protect", "unknown"), "urgent", words, True, NOON, version)
    return Packed(version, canonical(told), f"digest {version}")


def letter(to, number):
    header = Header(1, str(uuid4()), Kind.TASK_STATUS, REF, "us", "device", NOON, ORG)
    key = SigningKey(bytes([number]) * 32)
    return header, sign_clear(header, canonical(TaskMoved(to)), key)


@pytest.fixture
def kept(vault):
    """A vault in which one case came in."""
    arrived = Arrived(REF, ORG, "경찰서", CONSENT, "urgent", NOON, NOON + timedelta(days=90))
    with vault.transaction() as db:
        inbox.add(db, arrived, Step("received", NOON, "m1"))
        inbox.keep_packet(db, REF, packed())
        inbox.tell(db, REF, "n1", Told("내일 봐요", NOON, asks=frozenset({Item.HEALTH})))
        inbox.keep_typed(db, REF, {"words": "하늘이"}, NOON)
    return vault


def one(vault):
    with vault.reading() as db:
        return inbox_reading.one(db, ReferralId(UUID(REF)))


def test_every_row_is_as_the_journal_says(kept):
    kept.verify()
    with kept.transaction() as db:
        db.execute("UPDATE received_packet SET typed = '{}'")

    with pytest.raises(VaultDamaged) as damage:
        kept.verify()
    assert {odd.subject for odd in damage.value.records} == {"packet"}


def test_words_are_read_only_once_it_is_accepted_and_what_is_unknown_is_left_out(kept):
    before = one(kept)
    with kept.transaction() as db:
        inbox.moved(db, REF, TaskStatus.ACCEPTED, "", Step("accepted", NOON, "m2"))
    after = one(kept)

    assert (before.words, before.glimpse.ages) == ({}, (14, 16))
    assert after.words == {Item.ALIAS: "하늘", Item.AGE: "만 16세", Item.NEED: "잘 곳"}
    assert [told.asks for told in after.told] == [{Item.HEALTH}]


def test_a_newer_packet_stands_in_place_of_the_one_before(kept):
    with kept.transaction() as db:
        known = inbox.case(db, REF)
        inbox.stands_on(db, known, "second", NOON + timedelta(days=200))
        inbox.keep_packet(db, REF, packed(2, {"alias": "하늘", "health": "기침"}))

    with kept.reading() as db:
        assert inbox.case(db, REF).consents == {CONSENT, "second"}
        assert inbox.case(db, REF).version == 2
        assert inbox.digest(db, REF) == "digest 2"
    assert one(kept).valid_until == NOON + timedelta(days=200)
    kept.verify()


def test_destroying_takes_words_and_salts_and_leaves_a_line(kept):
    with kept.transaction() as db:
        before = salts.every(db)
        counts = inbox_end.destroy(db, REF, Gone.WITHDRAWN, NOON)

    assert counts == {"packet": 1, "told": 1}
    case = one(kept)
    assert (case.gone, case.glimpse, case.typed, case.told) == (Gone.WITHDRAWN, None, {}, ())
    with kept.reading() as db:
        after = salts.every(db)
        assert before.keys() - after.keys() == {("packet", REF), ("told", "n1")}
        assert content_of(db, "packet", REF) == b""
        assert inbox_consents.is_withdrawn(db, ORG, CONSENT)
        assert not inbox_consents.is_withdrawn(db, "another", CONSENT)
    kept.verify()


def test_what_was_withdrawn_stays_withdrawn(kept):
    with kept.transaction() as db:
        inbox_end.destroy(db, REF, Gone.WITHDRAWN, NOON)
        inbox_end.destroy(db, REF, Gone.ENDED, NOON + timedelta(days=1))

    assert (one(kept).gone, one(kept).gone_at) == (Gone.WITHDRAWN, NOON)


def test_a_withdrawal_takes_what_waits_to_be_sent_and_a_decline_leaves_it(kept):
    with kept.transaction() as db:
        inbox_letters.add(db, *letter("rejected", 1))
        inbox_end.destroy(db, REF, Gone.DECLINED, NOON)
    assert one(kept).waiting == 1

    with kept.transaction() as db:
        inbox_end.destroy(db, REF, Gone.WITHDRAWN, NOON)
    assert one(kept).waiting == 0
    kept.verify()


def test_what_waits_here_comes_after_what_the_hub_tells(kept):
    with kept.transaction() as db:
        for number, to in enumerate(("accepted", "in-progress", "completed"), start=1):
            inbox_letters.add(db, *letter(to, number))
        foretold = {
            told: inbox_letters.as_it_will_be(db, REF, told)
            for told in (TaskStatus.REQUESTED, TaskStatus.ON_HOLD, TaskStatus.REJECTED)
        }

    assert foretold == {
        TaskStatus.REQUESTED: TaskStatus.COMPLETED,
        TaskStatus.ON_HOLD: TaskStatus.COMPLETED,
        TaskStatus.REJECTED: TaskStatus.REJECTED,
    }
