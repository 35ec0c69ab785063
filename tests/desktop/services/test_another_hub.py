"""Another hub in the place of one whose key is lost: laptops join it again, and lose nothing."""

import secrets
from uuid import uuid4

import msgspec
import pytest
from builders import SHELTER, a_consent, a_draft
from lost_laptop_for_tests import Office, texts_in, write
from organisation_for_tests import ORG, moment

from desktop.domain.ids import ConsentId
from desktop.errors import AnotherHub
from desktop.services import consents, enrolment, exchange, referrals, rejoining, withdrawals
from desktop.services.enrolment import EnrolmentState, Invitation, UnknownHub
from desktop.services.exchange import HubState
from desktop.vault import directory
from sync.client.hybrid import HYBRID, SealingPair
from sync.client.signing import SigningKey
from sync.hsds.records import Organization
from sync.keeping.steps import listings
from sync.practice.hub import HubProcess
from sync.protocol.directory import SealingKey
from sync.protocol.states import Delivery
from sync.server import office as offices
from sync.server import tables
from sync.server.founding import open_hub
from sync.trust.making import public_of

NOTE = "새벽 두 시 편의점 앞에서 하늘이를 만났다"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "first")
    beside_a_shelter(made)
    yield made
    made.close()
    made.boss.close()


@pytest.fixture
def colleague(office):
    vault = office.counselor("counselor")
    yield vault
    vault.close()


def own(vault):
    with vault.reading() as db:
        return enrolment.current(db)


def beside_a_shelter(office):
    """Let the keepers list an agency, which is never there to answer."""
    known, now = listings(office.keepers.files), moment().now
    key = SealingKey(1, HYBRID, SealingPair.make(secrets.token_bytes).public)
    sign = SigningKey.make(secrets.token_bytes).public
    shelter = msgspec.structs.replace(
        known[ORG], org=str(SHELTER), sign_pub=sign, sealing_keys=(key,)
    )
    offices.publish(office.hub, office.keepers.publish((known[ORG], shelter), now), now)


def released(vault):
    """Release a referral to the shelter; return which."""
    now, youth = moment().now, write(vault, "하늘", NOTE)
    consent = a_consent(
        id=ConsentId(uuid4()), youth=youth, agency=SHELTER, asked_at=now,
        valid_until=now.replace(year=now.year + 1),
    )  # fmt: skip
    consents.record(vault, consent, moment())
    shown = referrals.preview(vault, a_draft(youth=youth, agency=SHELTER), moment())
    return referrals.release(vault, shown, moment(), secrets.token_bytes).referral.id


def is_lost_with_its_key(office):
    """Found another hub, which no keeper knows yet, as docs/hub.md says."""
    office.process.stop()
    office.hub.store.close()
    place = office.place / "second"
    office.hub = open_hub(place / "hub", "practice", secrets.token_bytes)
    office.process = HubProcess(place / "hub")
    offices.add_orgs(office.hub, (Organization(ORG, "새벽센터", "밤에 여는 곳"),), moment().now)
    office.process.start()


def takes_its_place(office):
    """Let two keepers sign that the new hub says what is newest, and publish it there."""
    keepers, now = office.keepers, moment().now
    keepers.timestamp_pub = public_of(office.hub.key.timestamp_seed)
    keepers.files["2.root.json"] = keepers.signed_root(now, keepers.files["1.root.json"])
    known = tuple(listings(keepers.files).values())
    offices.publish(office.hub, keepers.publish(known, now), now)


def let_in_first(office):
    (waiting,) = offices.waiting(office.hub, ORG)
    offices.let_in_first(office.hub, ORG, waiting.device, moment().now)


def joins(office, vault, role, let_in):
    """Join again at the hub that there is now."""
    ask = again(office, vault, role, offices.root(office.hub))
    assert ask() is EnrolmentState.PENDING
    let_in()
    assert ask() is EnrolmentState.ENROLLED


def until_all_is_signed(office, vault):
    """Make rounds, and sign anew what the window would."""
    for _ in range(4):
        if office.round(vault).is_unsigned:
            rejoining.sign_anew(vault, moment(), secrets.token_bytes)


def again(office, vault, role, root):
    """Return a way to ask whether this vault is in at the hub that there is now."""
    invitation = Invitation(office.code(role), root)

    def ask():
        door = enrolment.unknown_hub(office.process.url, "practice")
        return rejoining.join_again(vault, door, invitation, moment(), secrets.token_bytes)

    return ask


def test_a_laptop_joins_the_hub_that_the_keepers_put_in_the_place_of_a_lost_one(office, colleague):
    sent = released(colleague)
    assert office.round(colleague).sent == 2
    is_lost_with_its_key(office)
    waits = released(colleague)
    was = own(colleague)
    takes_its_place(office)

    joins(office, office.boss, "admin", lambda: let_in_first(office))
    joins(office, colleague, "counselor", office.let_in)
    until_all_is_signed(office, colleague)

    now = own(colleague)
    assert (now.hub, now.hub_key) != (was.hub, was.hub_key)
    assert (now.org_keys, now.org_sign) == (was.org_keys, was.org_sign)
    assert texts_in(colleague) == {NOTE}
    assert exchange.outbox(colleague) == ()
    with office.hub.store.reading() as db:
        assert {row["id"] for row in db.all(tables.referral)} == {str(sent), str(waits)}
    found = referrals.all(colleague, moment())
    assert {(each.delivery, each.problem) for each in found} == {(Delivery.SENT, "")}
    assert office.round(office.boss).state is HubState.REACHED
    colleague.verify()


def test_what_is_withdrawn_meanwhile_is_told_at_the_new_hub(office, colleague):
    sent = released(colleague)
    office.round(colleague)
    is_lost_with_its_key(office)
    (tracking,) = referrals.all(colleague, moment())
    withdrawals.withdraw(colleague, tracking.consent, moment())
    takes_its_place(office)

    joins(office, office.boss, "admin", lambda: let_in_first(office))
    joins(office, colleague, "counselor", office.let_in)
    until_all_is_signed(office, colleague)

    with office.hub.store.reading() as db:
        (row,) = db.all(tables.referral)
        assert (row["id"], row["status"]) == (str(sent), "cancelled")
        assert [one["id"] for one in db.all(tables.org, id=str(SHELTER))] == [str(SHELTER)]
    assert exchange.outbox(colleague) == ()


def test_a_hub_that_no_keeper_has_named_is_not_joined(office):
    before = own(office.boss)
    is_lost_with_its_key(office)

    with pytest.raises(AnotherHub):
        again(office, office.boss, "admin", before.root)()

    assert own(office.boss) == before


class Between:
    """Whoever sits on the line, with all that the lost hub served and a key of their own."""

    def __init__(self, line, files):
        self._line, self._files = line, files

    def enrol(self, asked):
        return self._line.enrol(asked)

    def published(self, path, most):
        return self._files.get(path)

    def close(self):
        self._line.close()


def test_with_the_files_of_the_lost_hub_alone_nobody_else_becomes_ours(office):
    before = own(office.boss)
    with office.boss.reading() as db:
        served = {name.rpartition("/")[2]: raw for name, raw in directory.files(db).items()}
    is_lost_with_its_key(office)
    door = enrolment.unknown_hub(office.process.url, "practice")
    between = UnknownHub(door.url, Between(door.line, served))
    invitation = Invitation(office.code("admin"), before.root)

    with pytest.raises(AnotherHub):
        rejoining.join_again(office.boss, between, invitation, moment(), secrets.token_bytes)

    assert own(office.boss) == before
