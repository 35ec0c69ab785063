"""A laptop without a line: nothing is lost, nothing comes twice, nothing is believed unproven."""

import random
from datetime import timedelta

import msgspec
import pytest
from builders import a_moment
from desk_for_tests import retire_key
from office_for_tests import Carrier, Mate, Office, kept_of, renew_the_centres_key
from vaults_for_tests import a_vault

from desktop.carried_errors import (
    BundleDamaged,
    BundleNotOurs,
    BundleOfAnother,
    BundleOtherWay,
    CarrierAway,
    CarrierRefused,
)
from desktop.domain.referrals import Tracking
from desktop.errors import NotEnrolled, VaultRolledBack
from desktop.services import agencies, carried_over, carrying, exchange, withdrawals
from desktop.services.exchange import HubState
from desktop.vault import directory, mailbox, outbox, witness
from sync.client import bundles, errors
from sync.client.directory import sealing_key_of
from sync.protocol.carrying import Carried, Refusal
from sync.protocol.states import Delivery
from sync.server import consents as hub_consents
from sync.server import tables


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def town(office):
    return office.town


def stage(town, referral) -> Delivery:
    found: Tracking = town.tracking(referral.referral.id)
    return found.delivery


def place(vault):
    with vault.reading() as db:
        return mailbox.place(db)


def begin_another_life(town):
    """Let the hub say that it was put back, though it lost nothing."""
    with town.hub.hub.store.writing() as db:
        db.change(tables.meta, {"key": "epoch"}, value="ffffffff-0000-4000-8000-000000000000")


def waiting(vault):
    with vault.reading() as db:
        return outbox.waiting(db)


def pack_at(office, now):
    """Hand over by this laptop's own clock, which may be wrong."""
    return carrying.pack(office.vault, a_moment(now), office.town.hub.chance).bundle


def trip_at(office, now):
    """Make a trip by it."""
    return carrying.unpack(office.vault, office.forward(pack_at(office, now)).bundle, now)


def everything(vault):
    """Return what a refused bundle must leave as it is."""
    with vault.reading() as db:
        rows = db.execute("SELECT id, state, last_problem, attempts FROM outbox ORDER BY n")
        return rows.fetchall(), mailbox.place(db), witness.kept(db), directory.version(db)


def test_a_night_reaches_the_agency_and_its_answer_comes_back_by_hand(office, town):
    _, referral = town.agreed_and_released()

    out = office.pack()
    assert (out.messages, out.left, waiting(town.vault)) == (2, 0, 2)
    back = office.forward(out.bundle)
    assert (back.messages, back.refused, back.unanswered) == (2, (), 0)
    done = office.unpack(back.bundle)

    assert (done.round.state, done.round.sent, done.round.waiting) == (HubState.REACHED, 2, 0)
    assert stage(town, referral) is Delivery.SENT
    (event,) = town.arrived()
    town.answer(town.shelter.receipt(event.message), town.shelter.moves(event.ref, "accepted"))

    done = office.trip()

    assert done.round.came >= 2
    assert stage(town, referral) is Delivery.DELIVERED
    assert town.tracking(referral.referral.id).status == "accepted"


def test_a_bundle_that_is_lost_costs_nothing(office, town):
    town.agreed_and_released()
    office.pack()
    office.forward(office.pack().bundle)  # its answer is lost

    done = office.trip()

    assert (done.round.sent, done.round.waiting) == (2, 0)
    assert len(town.arrived()) == 1


def test_what_is_handed_over_counts_as_offered(office, town):
    consent, _ = town.agreed_and_released()
    office.pack()

    withdrawals.withdraw(town.vault, consent.id, town.moment())

    # It may have left: the withdrawal must go, and nobody may say that it never left.
    assert waiting(town.vault) >= 1
    kinds = [row.kind for row in exchange.outbox(town.vault)]
    assert "consent.withdrawn" in kinds


def test_what_lost_its_consent_is_not_handed_over(office, town):
    youth = town.meet()
    town.agree(youth, valid_until=town.now + timedelta(hours=1))
    town.release(youth)
    town.hub.clock.turn(hours=2)

    packed = office.pack()

    handed, _ = bundles.handed(packed.bundle, kept_of(town).org_keys)
    kinds = [b"referral.request" in each.exchange for each in handed.parcels]
    assert not any(kinds)
    assert (packed.left, exchange.line(office.vault).held) == (0, 1)


def test_more_than_one_round_goes_at_once_and_only_the_last_asks_for_events(office, town):
    youth = town.meet()
    for _ in range(51):
        town.agree(youth)
        town.release(youth)

    out = office.pack()
    handed, _ = bundles.handed(out.bundle, kept_of(town).org_keys)
    done = office.unpack(office.forward(out.bundle).bundle)

    assert len(handed.parcels) >= 2
    assert out.messages == done.round.sent > 100
    assert done.round.waiting == 0


def test_the_same_answer_again_changes_nothing(office, town):
    _, referral = town.agreed_and_released()
    first = office.forward(office.pack().bundle).bundle
    office.unpack(first)
    (event,) = town.arrived()
    town.answer(town.shelter.receipt(event.message))
    office.trip()
    before = everything(town.vault)

    done = office.unpack(first)

    assert (done.round.sent, done.round.came) == (0, 0)
    assert everything(town.vault) == before
    assert stage(town, referral) is Delivery.DELIVERED


def test_answers_may_come_in_any_order(office, town):
    _, referral = town.agreed_and_released()
    first = office.forward(office.pack().bundle).bundle
    (event,) = town.arrived()
    town.answer(town.shelter.receipt(event.message))
    second = office.forward(office.pack().bundle).bundle

    for bundle in (second, first, second):
        office.unpack(bundle)

    assert stage(town, referral) is Delivery.DELIVERED
    assert place(town.vault).seq == town.hub.exchange(town.centre).head


def test_by_hand_and_by_line_go_together(office, town):
    _, referral = town.agreed_and_released()
    back = office.forward(office.pack().bundle).bundle
    town.line.is_cut = False
    (event,) = town.arrived()
    town.answer(town.shelter.receipt(event.message))
    assert town.round().sent == 2
    before = place(town.vault)

    office.unpack(back)

    assert place(town.vault) == before
    assert stage(town, referral) is Delivery.DELIVERED
    assert town.round().state is HubState.REACHED


def test_an_old_answer_of_the_hubs_life_before_settles_nothing(office, town):
    town.agreed_and_released()
    back = office.forward(office.pack().bundle).bundle
    town.line.is_cut = False
    town.hub.clock.turn(minutes=1)
    begin_another_life(town)
    assert town.round().state is HubState.REACHED  # it has been restored, and was heard
    town.line.is_cut = True
    before = everything(town.vault)

    done = office.unpack(back)

    assert done.round.sent == 0
    assert everything(town.vault) == before


def test_a_hub_that_was_restored_is_noticed_by_hand_too(office, town):
    town.agreed_and_released()
    office.trip()
    town.hub.clock.turn(minutes=1)
    begin_another_life(town)

    office.trip()

    assert place(town.vault).epoch.startswith("ffffffff")
    assert office.trip().round.state is HubState.REACHED
    assert waiting(town.vault) == 0


def test_what_was_said_to_a_life_before_is_said_anew(office, town):
    town.agreed_and_released()
    office.trip()
    _, referral = town.agreed_and_released()
    town.hub.clock.turn(minutes=1)
    begin_another_life(town)

    done = office.trip()

    assert (done.round.state, done.round.sent, done.has_more) == (HubState.REACHED, 0, True)
    done = office.trip()
    assert (done.round.state, waiting(town.vault)) == (HubState.REACHED, 0)
    assert stage(town, referral) is Delivery.SENT


def test_what_was_not_taken_and_what_was_put_off_are_counted(office, town):
    consent, referral = town.agreed_and_released()
    office.trip()
    town.release(referral.referral.youth)
    with town.hub.hub.store.writing() as db:
        hub_consents.withdraw(db, town.centre.org, str(consent.id), town.now)

    back = office.forward(office.pack().bundle)
    done = office.unpack(back.bundle)

    assert (back.messages, back.untaken) == (0, 1)
    assert (done.round.sent, done.round.untaken, done.round.put_off) == (0, 1, 0)


def test_the_line_is_not_believed_to_be_there_after_a_trip(office, town):
    town.agreed_and_released()
    back = office.forward(office.pack().bundle).bundle
    heard = town.now
    town.hub.clock.turn(hours=5)

    office.unpack(back)

    now = place(town.vault)
    assert (now.heard_at, now.clock_offset, now.is_open) == (heard, 0, False)


def test_refused_parcels_come_back_by_name_and_stay_in_the_outbox(office, town):
    town.agreed_and_released()
    out = office.pack().bundle
    with town.hub.hub.store.writing() as db:
        db.change(tables.device, {"id": town.centre.keys.device}, status="revoked")

    done = office.unpack(office.forward(out).bundle)

    assert done.refused == ("device-revoked",)
    assert (done.round.sent, waiting(town.vault)) == (0, 2)


def test_a_clock_that_was_set_right_since_the_last_line_costs_one_trip(office, town):
    town.agreed_and_released()
    heard = town.now - timedelta(days=1)
    with town.vault.transaction() as db:  # the clock was two days behind, and is not any more
        mailbox.heard(db, heard - timedelta(days=2), 2 * 86400)

    refused = office.trip()

    assert (refused.refused, refused.round.sent, waiting(town.vault)) == (("too-old",), 0, 2)
    told = place(town.vault)
    assert (told.clock_offset, told.heard_at) == (0, heard)  # by the hub's clock, as before
    done = office.trip()
    assert (done.refused, done.round.sent, waiting(town.vault)) == ((), 2, 0)


def test_a_clock_that_is_wrong_is_told_each_time_until_it_is_set(office, town):
    town.agreed_and_released()
    behind = town.now - timedelta(days=40)

    for offset in (86400, 0):
        with town.vault.transaction() as db:
            mailbox.clock_differs(db, offset)
        done = trip_at(office, behind)
        assert (done.refused, waiting(town.vault)) == (("too-old",), 2)

    assert office.trip().round.sent == 2


def test_what_only_lay_too_long_leaves_known_how_wrong_the_clock_is(office, town):
    town.agreed_and_released()
    year = timedelta(days=365)
    with town.vault.transaction() as db:  # ahead: the hub is behind it
        mailbox.heard(db, town.now + year, -year.days * 86400)
    out = pack_at(office, town.now + year)
    town.hub.clock.turn(days=31)

    done = carrying.unpack(town.vault, office.forward(out).bundle, town.now + year)

    assert (done.refused, place(town.vault).clock_offset) == (("too-old",), -year.days * 86400)
    assert trip_at(office, town.now + year).refused == ()


def test_a_refusal_of_what_this_laptop_never_signed_moves_no_clock(office, town):
    with town.vault.transaction() as db:
        mailbox.heard(db, town.now, 7200)
    keys = kept_of(town).org_keys
    key = town.centre.own.sealing_key.public
    (back,) = bundles.brought(office.forward(office.pack().bundle).bundle, keys).returned
    forged = bundles.Returned(
        msgspec.structs.replace(back.parcel, at=town.now), Carried(refused=Refusal.TOO_OLD)
    )

    with pytest.raises(BundleDamaged):
        office.unpack(bundles.bring_back(bundles.Brought((forged,), {}), key, town.hub.chance))

    assert place(town.vault).clock_offset == 7200


def test_a_line_that_breaks_half_way_gives_back_what_was_answered(office, town, monkeypatch):
    youth = town.meet()
    for _ in range(51):
        town.agree(youth)
        town.release(youth)
    monkeypatch.setattr(carried_over, "CARRY_PARCELS", 1)
    out = office.pack()
    office.carrier.lasts = 1

    back = office.forward(out.bundle)
    done = office.unpack(back.bundle)

    assert 0 < back.messages == done.round.sent < out.messages
    assert back.unanswered > 0
    office.carrier.lasts = None
    office.trip()
    assert waiting(town.vault) == 0


def test_without_any_line_the_bundle_stays_as_it_is(office, town):
    town.agreed_and_released()
    out = office.pack().bundle
    office.carrier.is_cut = True

    with pytest.raises(CarrierAway):
        office.forward(out)

    office.carrier.is_cut = False
    assert office.unpack(office.forward(out).bundle).round.sent == 2


def test_a_carrier_that_was_shut_out_says_so_and_the_bundle_stays(office, town, monkeypatch):
    town.agreed_and_released()
    out = office.pack().bundle

    def refuses(_asked, _now):
        raise errors.Refused("device-revoked", 403)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(office.carrier, "carry", refuses)
        with pytest.raises(CarrierRefused):
            office.forward(out)

    assert office.unpack(office.forward(out).bundle).round.sent == 2


# --- nothing is believed unproven ------------------------------------------------------------


@pytest.fixture
def back(office, town):
    town.agreed_and_released()
    return office.forward(office.pack().bundle).bundle


def wrongs(office, town, back):
    chance = random.Random(7)
    for _ in range(40):
        at = chance.randrange(len(back))
        yield back[:at], BundleDamaged
        turned = bytearray(back)
        turned[at] ^= 1 << chance.randrange(8)
        yield bytes(turned), None
    yield b"", BundleDamaged
    yield b"PK\3\4" + back, BundleDamaged
    yield office.pack().bundle, BundleOtherWay


def test_what_is_cut_or_changed_is_refused_and_nothing_applied(office, town, back):
    before = None
    for wrong, kind in wrongs(office, town, back):
        before = before or everything(town.vault)
        with pytest.raises((BundleDamaged, BundleNotOurs, BundleOtherWay)) as refused:
            office.unpack(wrong)
        assert kind is None or isinstance(refused.value, (kind, BundleOtherWay))

    rows, *rest = everything(town.vault)
    assert [row[1] for row in rows] == ["waiting", "waiting"]
    assert rest[0] == before[1]


def test_an_answer_for_another_laptop_is_refused(office, town, back, tmp_path):
    with pytest.raises(BundleOfAnother):
        office.unpack(back, office.carrier.vault)


def test_another_organisation_opens_neither_way(office, town, back, tmp_path):
    stranger = Carrier(town, tmp_path / "stranger", town.shelter)
    with pytest.raises(BundleNotOurs):
        stranger.forward(office.pack().bundle)
    with pytest.raises(BundleNotOurs):
        office.unpack(back, stranger.vault)
    stranger.vault.close()


def test_answers_swapped_between_two_bundles_are_refused(office, town):
    town.agreed_and_released()
    keys = kept_of(town).org_keys
    one, two = (office.forward(office.pack().bundle).bundle for _ in range(2))
    opened = [bundles.brought(each, keys).returned[0] for each in (one, two)]
    town.hub.clock.turn(minutes=1)
    three = bundles.brought(office.forward(office.pack().bundle).bundle, keys).returned[0]
    key = town.centre.own.sealing_key.public
    before = everything(town.vault)
    assert opened

    swapped = bundles.Returned(three.parcel, opened[0].carried)
    forged = bundles.bring_back(bundles.Brought((swapped,), {}), key, town.hub.chance)
    with pytest.raises(BundleDamaged):
        office.unpack(forged)

    assert everything(town.vault) == before


def test_nothing_in_the_file_can_be_read(office, town, back):
    consent, referral = town.agreed_and_released()
    out = office.pack().bundle
    with town.vault.reading() as db:
        ids = [row[0] for row in db.execute("SELECT id FROM outbox").fetchall()]
    words = [*ids, str(referral.referral.id), str(consent.id), town.centre.org, town.shelter.org]
    words += [town.centre.keys.device, town.hub.hub.id, "hub.example", "http", "하늘", "shelter"]

    for file in (out, back):
        assert [word for word in words if word.encode() in file] == []


def test_a_vault_that_was_put_back_hands_nothing_over_and_takes_nothing(office, town, back):
    with town.vault.transaction() as db:
        told = town.hub.exchange(town.centre, stand=witness.stand(db)).witnessed
        witness.put_back(db, told)

    with pytest.raises(VaultRolledBack):
        office.pack()
    with pytest.raises(VaultRolledBack):
        office.unpack(back)


def test_who_has_not_joined_hands_nothing_over(office, town, tmp_path):
    vault = a_vault(tmp_path / "nobody")
    with pytest.raises(NotEnrolled):
        carrying.pack(vault, town.moment(), town.hub.chance)
    vault.close()


# --- the directory comes along ---------------------------------------------------------------


def test_a_newer_directory_comes_along_and_is_proven_here(office, town):
    town.publish(3)
    office.carrier.renew()

    office.trip()

    with town.vault.reading() as db:
        assert directory.version(db) == 3


def test_what_the_newer_directory_says_anew_of_an_agency_comes_along_too(office, town):
    retire_key(town, town.shelter.org)
    office.carrier.renew()

    office.trip()

    with town.vault.reading() as db:
        assert sealing_key_of(agencies.book(db), town.shelter.org).epoch == 2


def test_a_spoilt_directory_that_comes_along_is_not_kept(office, town):
    town.publish(3)
    office.carrier.renew()
    with office.carrier.vault.transaction() as db:
        files = directory.files(db)
        spoilt = {name: raw + b" " * ("snapshot" in name) for name, raw in files.items()}
        db.execute("UPDATE directory SET sig = ?", (bundles.packed(spoilt),))

    done = office.trip()

    with town.vault.reading() as db:
        assert directory.version(db) == 2
    assert done.round.state is HubState.REACHED


def test_what_only_a_newer_directory_proves_waits_for_it(office, town):
    _, referral = town.agreed_and_released()
    office.trip()
    (event,) = town.arrived()
    with town.vault.transaction() as db:  # this laptop has never heard of the shelter's key
        book = directory.kept(db).replace(town.shelter.org.encode(), town.centre.fresh().encode())
        db.execute("UPDATE directory SET book = ?", (book,))
    town.publish(3)
    town.answer(town.shelter.receipt(event.message))

    done = office.trip()

    assert done.has_more
    assert done.round.state is HubState.REACHED
    assert stage(town, referral) is Delivery.SENT
    office.carrier.renew()
    office.trip()
    assert stage(town, referral) is Delivery.DELIVERED


def test_what_is_sealed_to_a_new_key_of_ours_is_said_and_comes_with_a_line(office, town, tmp_path):
    mate = Mate(town, tmp_path / "mate")
    _, referral = town.agreed_and_released()
    assert not office.trip().lacks_key
    (event,) = town.arrived()
    renew_the_centres_key(office, mate)
    mate.agreed_and_released()
    mate.round()
    town.answer(town.shelter.receipt(event.message), town.shelter.moves(event.ref, "accepted"))

    for done in (office.trip(), office.trip()):
        assert (done.lacks_key, done.has_more, done.round.came) == (True, True, 0)

    town.line.is_cut = False
    town.round()
    assert town.tracking(referral.referral.id).status == "accepted"
    mate.vault.close()
