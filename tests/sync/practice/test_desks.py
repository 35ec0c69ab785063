import json
import os
import secrets
from contextlib import suppress

import msgspec
import pytest
from laptop_for_tests import Laptop
from network_for_tests import a_network, clock

from sync.client.directory import sealing_key_of
from sync.client.engine import sync_once
from sync.client.errors import Unreachable
from sync.protocol.bodies import DeliveryReceipt, ErasureAttest, TaskMoved
from sync.protocol.codec import read_json
from sync.protocol.messages import Kind
from sync.protocol.states import TaskStatus
from sync.server import office
from sync.server.founding import open_hub

WORDS = "역 앞 편의점 뒤에서 만났고"


def everything_in(folder):
    found = b""
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a journal of a desk that is at work comes and goes
            found += file.read_bytes() if file.is_file() else b""
    return found


def pieces_found(sealed, folder):
    # SQLite spreads a long value over pages, so look for pieces of it.
    kept = everything_in(folder)
    return [n for n in range(0, len(sealed) - 64, 64) if sealed[n : n + 64] in kept]


def test_a_referral_is_delivered_opened_accepted_and_answered_in_words(network, laptop):
    shelter = network.agency("counseling-center")
    ref = laptop.refer(shelter, laptop.consent(shelter))
    digest = laptop.outbox[-1].digest()

    note = laptop.listen_until(ref, Kind.TASK_NOTE)[0]
    receipts = laptop.listen_until(ref, Kind.DELIVERY_RECEIPT, 2)
    moved = laptop.listen_until(ref, Kind.TASK_STATUS)[0]

    bodies = [read_json(DeliveryReceipt, event.message.body) for event in receipts]
    assert [(body.stage, body.digest) for body in bodies] == [
        ("delivered", digest),
        ("opened", digest),
    ]
    assert read_json(TaskMoved, moved.message.body).to == TaskStatus.ACCEPTED
    assert laptop.words_of(note) == shelter.reply


def test_every_agency_answers_in_its_own_words(network, laptop):
    sent = {}
    for agency in network.agencies:
        sent[agency.record.id] = (laptop.refer(agency, laptop.consent(agency)), agency.reply)

    for ref, reply in sent.values():
        (note,) = laptop.listen_until(ref, Kind.TASK_NOTE)
        assert laptop.words_of(note) == reply


def test_a_desk_knows_that_the_guardian_is_not_to_be_told(network, laptop):
    school = network.agency("school")
    ref = laptop.refer(school, laptop.consent(school), quiet=True)

    (note,) = laptop.listen_until(ref, Kind.TASK_NOTE)

    assert laptop.words_of(note).endswith("보호자에게는 알리지 않을게요.")


def test_neither_the_hub_nor_a_desk_keeps_the_words_readable(network, laptop):
    police = network.agency("police")
    ref = laptop.refer(police, laptop.consent(police))
    laptop.listen_until(ref, Kind.TASK_NOTE)

    kept = everything_in(network.folder)

    assert ref.encode() in kept
    for words in (WORDS, "하늘", police.reply):
        assert words.encode() not in kept


def test_a_withdrawal_is_answered_by_an_attest_that_all_is_destroyed(network, laptop):
    hospital = network.agency("public-hospital")
    consent = laptop.consent(hospital)
    ref = laptop.refer(hospital, consent)
    sealed = laptop.outbox[-1].ct
    laptop.listen_until(ref, Kind.TASK_NOTE)
    assert pieces_found(sealed, hospital.folder)

    laptop.withdraw(consent)
    (attest,) = laptop.listen_until(ref, Kind.ERASURE_ATTEST)

    assert read_json(ErasureAttest, attest.message.body).outcome == "destroyed"
    assert not pieces_found(sealed, network.folder)


def test_what_is_told_in_addition_is_received_and_destroyed_with_either_consent(network, laptop):
    shelter = network.agency("counseling-center")
    first, second = laptop.consent(shelter), laptop.consent(shelter)
    ref = laptop.refer(shelter, first)
    laptop.listen_until(ref, Kind.TASK_NOTE)

    more = laptop.tell_more(ref, shelter, second)
    receipts = laptop.listen_until(ref, Kind.DELIVERY_RECEIPT, 3)

    said = [read_json(DeliveryReceipt, event.message.body) for event in receipts]
    assert ("delivered", more.digest()) in [(body.stage, body.digest) for body in said]
    assert pieces_found(more.ct, shelter.folder)
    laptop.withdraw(second)
    (attest,) = laptop.listen_until(ref, Kind.ERASURE_ATTEST)
    assert read_json(ErasureAttest, attest.message.body).outcome == "destroyed"
    assert not pieces_found(more.ct, network.folder)


def test_what_a_desk_cannot_open_or_believe_does_no_harm(network, laptop):
    office, other = network.agency("education-office"), network.agency("police")
    consent = laptop.consent(office)
    wrong_key = msgspec.structs.replace(sealing_key_of(laptop.book, other.record.id), epoch=1)
    unopened = laptop.refer(office, consent, sealed_for=wrong_key)
    misdirected = laptop.refer(office, consent, packet_for=other.record.id)
    good = laptop.refer(office, consent)

    laptop.listen_until(good, Kind.TASK_NOTE)

    assert {event.ref for event in laptop.events} & {unopened, misdirected} == set()


def test_work_goes_on_after_the_hub_was_away(network, laptop):
    centre = network.agency("health-center")
    ref = laptop.refer(centre, laptop.consent(centre))

    network.stop_hub()
    with pytest.raises(Unreachable):
        sync_once(laptop, laptop.hub, clock())
    assert len(laptop.outbox) == 2
    network.start_hub()

    (note,) = laptop.listen_until(ref, Kind.TASK_NOTE)
    assert laptop.words_of(note) == centre.reply


def test_a_network_started_again_is_the_same_network(tmp_path):
    with a_network(tmp_path) as before:
        said = json.loads((tmp_path / "address.json").read_text("utf-8"))
        _, hub = before.enrolled()
        hub.close()
    with a_network(tmp_path) as after:
        assert (after.url, after.root) == (before.url, before.root)
        again = json.loads((tmp_path / "address.json").read_text("utf-8"))
        assert again["code"] != said["code"]
        assert {m.identity.org for m in after.agencies} == {
            m.identity.org for m in before.agencies
        }
        _, hub = after.enrolled()
        assert hub.published("timestamp.json", 9_000)
        hub.close()


def test_a_hub_that_fell_is_started_again(tmp_path):
    with a_network(tmp_path) as network:
        laptop, hub = network.enrolled()
        network.stop_hub()

        network.practice.look_after(os.getpid())

        assert hub.hello().hub == laptop.hub
        hub.close()


def test_after_a_restore_of_the_hub_desks_offer_their_letters_again(tmp_path):
    with a_network(tmp_path) as network:
        laptop = Laptop(network)
        shelter = network.agency("counseling-center")
        answered = laptop.refer(shelter, laptop.consent(shelter))
        laptop.listen_until(answered, Kind.TASK_NOTE)
        network.stop_hub()
        hub = open_hub(tmp_path / "hub", "practice", secrets.token_bytes)
        office.restored(hub, secrets.token_bytes, clock())
        hub.store.close()
        network.start_hub()

        later = laptop.refer(shelter, laptop.consent(shelter))
        laptop.listen_until(later, Kind.TASK_NOTE)

        notes = [event for event in laptop.events if event.kind is Kind.TASK_NOTE]
        assert {event.ref for event in notes} == {answered, later}
        ids = {event.message.header for event in notes}
        assert len(ids) == 2
        laptop.hub.close()
