"""The keepers make, sign, publish and renew, each with their own key; a hub takes it."""

import re
import secrets
import stat
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from sync.client.signing import SigningKey
from sync.hsds.records import Organization
from sync.keeping import __main__ as keeping
from sync.keeping import steps
from sync.keeping.sentences import sentence
from sync.keeping.steps import listings
from sync.practice.identity import identity_in
from sync.protocol.codec import canonical
from sync.protocol.directory import (
    ORG_KEYS_CONTEXT,
    SEAL_BYTES,
    OrgKeys,
    OrgKeysClaim,
    Proposal,
)
from sync.protocol.words import root_words, six_words
from sync.server import office
from sync.server.founding import open_hub
from sync.server.refusals import Rejected
from sync.trust import folders, making
from sync.trust.folders import read_folder
from sync.trust.layout import NotTrusted
from sync.trust.making import public_of


def now():
    return datetime.now(UTC)  # noqa: TID251 - the command lives by the real clock


class Desk:
    """One folder on a stick, and the sticks with the keys."""

    def __init__(self, place, monkeypatch, capsys):
        self.place, self._patch, self._capsys = place, monkeypatch, capsys
        self.publics = {
            name: self("new-key", place / name, "--open").strip()
            for name in ("a", "b", "c", "targets", "snapshot")
        }
        self.folder = place / "repository"
        self.hub = open_hub(place / "hub", "real", secrets.token_bytes)
        self.stamps = public_of(self.hub.key.timestamp_seed).hex()

    def __call__(self, *words):
        self._patch.setattr("sys.argv", ["bammajung-root", *map(str, words)])
        keeping.start()
        return self._capsys.readouterr().out

    def refused(self, *words):
        with pytest.raises(SystemExit) as said:
            self(*words)
        return said.value.code

    def init(self):
        roots = (self.publics[name] for name in "abc")
        self(
            "init", "--root", *roots, "--targets", self.publics["targets"],
            "--snapshot", self.publics["snapshot"], "--timestamp", self.stamps, self.folder,
        )  # fmt: skip

    def sign(self, *names):
        return [self("sign", "--key", self.place / name, self.folder) for name in names][-1]

    def publish(self, *more):
        keys = ("--targets", self.place / "targets", "--snapshot", self.place / "snapshot")
        return ("publish", *keys, "--network", "here", self.folder, *more)

    def serve(self):
        return office.publish(self.hub, read_folder(self.folder), now())


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    made = Desk(tmp_path, monkeypatch, capsys)
    yield made
    made.hub.store.close()


@pytest.fixture
def ready(desk):
    desk.init()
    desk.sign("a", "b")
    desk(*desk.publish())
    return desk


def proposal(desk, name, org=None, key=None, epoch=1):
    own = identity_in(desk.place / name, org or str(uuid4()), "admin", secrets.token_bytes)
    sealing = msgspec.structs.replace(own.sealing_key, epoch=epoch)
    propose(desk, own, (sealing,), name=name, key=key)
    return own


def propose(desk, own, keys, name="shelter", key=None):
    sign = key or SigningKey(own.org_sign)
    claim = canonical(OrgKeysClaim(own.org, SigningKey(own.org_sign).public, keys))
    record = Organization(own.org, name, "")
    made = Proposal(
        msgspec.Raw(canonical(record)), OrgKeys(claim, sign.sign(ORG_KEYS_CONTEXT + claim))
    )
    folder = desk.place / "proposals"
    folder.mkdir(exist_ok=True)
    (folder / f"{own.org}.proposal.json").write_bytes(canonical(made))


def in_use(desk, own):
    """Return which keys are listed for new letters."""
    listing = listings(read_folder(desk.folder))[own.org]
    return [key.epoch for key in listing.sealing_keys if not key.is_retired]


def test_a_key_is_for_its_keeper_alone(desk):
    file = desk.place / "a"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(file) in desk.refused("new-key", file, "--open")


def test_a_passphrase_guards_a_key(desk, monkeypatch):
    said = iter(["밤마중 열쇠"] * 3 + ["wrong"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(said))
    desk("new-key", desk.place / "guarded")
    desk.init()

    desk("sign", "--key", desk.place / "guarded", desk.folder)

    assert "passphrase" in desk.refused("sign", "--key", desk.place / "guarded", desk.folder)


@pytest.mark.parametrize(
    "typed", [["밤마중 열쇠", "밤마중 열세"], [""]], ids=["mistyped", "nothing"]
)
def test_no_key_is_made_under_words_that_were_not_meant(desk, monkeypatch, typed):
    said = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda _: next(said))

    assert "passphrase" in desk.refused("new-key", desk.place / "guarded")

    assert not (desk.place / "guarded").exists()


def test_two_of_three_keepers_make_a_root_and_one_does_not(desk):
    desk.init()

    one = desk.sign("a")
    assert "more signatures" in one
    assert "signatures" in desk.refused(*desk.publish())

    two = desk.sign("c")
    assert ": signed" in two
    assert "version 1" in desk(*desk.publish())


def test_the_hub_serves_what_was_signed_and_says_its_words(ready):
    assert ready.serve() == 1

    assert str(root_words(office.root(ready.hub))) in ready("words", ready.folder)


def test_an_organisation_is_listed_once_its_words_were_compared(ready):
    own = proposal(ready, "shelter")
    more = ("--proposals", ready.place / "proposals")

    asked = ready(*ready.publish(*more))
    done = ready(*ready.publish(*more, "--compared", own.org))

    assert "Nothing was published" in asked
    assert str(six_words(b"org", SigningKey(own.org_sign).public)) in asked
    assert "version 2, 1 organisations" in done
    assert ready.serve() == 2
    assert "version 3, 0 organisations" in ready(*ready.publish("--remove", own.org))


def test_other_keys_of_a_listed_organisation_are_told_and_take_no_number_of_its_own(ready):
    own = proposal(ready, "shelter")
    more = ("--proposals", ready.place / "proposals")
    first = ready(*ready.publish(*more))
    ready(*ready.publish(*more, "--compared", own.org))
    proposal(ready, "same number", org=own.org)
    other = proposal(ready, "clinic")

    left = ready(*ready.publish(*more, "--compared", own.org, other.org))
    proposal(ready, "anew", org=own.org, epoch=2)
    asked = ready(*ready.publish(*more))

    assert "other keys" not in first
    assert own.org in left
    assert "number" in left
    assert in_use(ready, other) == [1]
    assert "listed until now with other keys" in asked
    assert "2 organisations" in ready(*ready.publish(*more, "--compared", own.org))


def test_a_key_that_was_given_up_is_not_in_use_again_by_an_older_proposal(ready):
    own, more = proposal(ready, "shelter"), ("--proposals", ready.place / "proposals")
    first = own.sealing_key
    retired = msgspec.structs.replace(first, is_retired=True)
    second, third = (
        msgspec.structs.replace(first, epoch=epoch, public=secrets.token_bytes(SEAL_BYTES))
        for epoch in (2, 3)
    )
    ready(*ready.publish(*more, "--compared", own.org))
    propose(ready, own, (retired, second))
    ready(*ready.publish(*more))

    other = proposal(ready, "clinic")
    for older in ((first,), (first, second), (retired, third)):
        propose(ready, own, older)
        said = ready(*ready.publish(*more, "--compared", own.org, other.org))
        assert own.org in said
        assert "older" in said
        assert in_use(ready, own) == [2]
    assert in_use(ready, other) == [1]

    propose(ready, own, (retired, msgspec.structs.replace(second, is_retired=True), third))
    assert "older" not in ready(*ready.publish(*more))
    assert in_use(ready, own) == [3]


def test_of_two_keys_with_one_number_the_listed_one_stays_and_it_is_said_why(ready):
    own, more = proposal(ready, "shelter"), ("--proposals", ready.place / "proposals")
    first = own.sealing_key
    retired = msgspec.structs.replace(first, is_retired=True)
    second, other = (
        msgspec.structs.replace(first, epoch=2, public=secrets.token_bytes(SEAL_BYTES))
        for _ in range(2)
    )
    ready(*ready.publish(*more, "--compared", own.org))
    propose(ready, own, (retired, second))
    ready(*ready.publish(*more))
    before = listings(read_folder(ready.folder))

    propose(ready, own, (retired, other))
    said = ready(*ready.publish(*more))

    assert own.org in said
    assert "two of its admins renewed its key" in said
    assert "older" not in said
    assert listings(read_folder(ready.folder)) == before


def test_whoever_cannot_be_telephoned_holds_back_nobody(ready):
    early, late = proposal(ready, "shelter"), proposal(ready, "clinic")
    more = ("--proposals", ready.place / "proposals")

    said = ready(*ready.publish(*more, "--compared", early.org))

    assert "version 2, 1 organisations" in said
    assert late.org in said
    assert early.org not in said
    assert listings(read_folder(ready.folder)).keys() == {early.org}


def test_who_was_removed_is_listed_again_only_by_name(ready):
    left, stays = proposal(ready, "shelter"), proposal(ready, "clinic")
    more = ("--proposals", ready.place / "proposals")
    ready(*ready.publish(*more, "--compared", left.org, stays.org))

    assert "version 3, 1 organisations" in ready(*ready.publish(*more, "--remove", left.org))
    said = ready(*ready.publish(*more))

    assert "version 4, 1 organisations" in said
    assert "Removed before" in said
    assert "Not listed yet" not in said
    assert ready.serve() == 4
    assert "2 organisations" in ready(*ready.publish(*more, "--compared", left.org))
    assert "Removed" not in ready(*ready.publish(*more))


def test_a_mistyped_organisation_is_not_removed_in_silence(ready):
    own = proposal(ready, "shelter")
    ready(*ready.publish("--proposals", ready.place / "proposals", "--compared", own.org))

    assert "--remove" in ready.refused(*ready.publish("--remove", own.org[:-1]))


def test_who_signs_for_another_organisation_is_not_listed(ready):
    own = proposal(ready, "shelter", key=SigningKey.make(secrets.token_bytes))

    said = ready.refused(*ready.publish("--proposals", ready.place / "proposals"))

    assert f"{own.org}.proposal.json" in said


def test_a_lost_key_is_replaced_by_keepers_of_before_and_after(ready):
    ready.serve()
    new = ready("new-key", ready.place / "d", "--open").strip()

    ready("rotate", "root", "--old", ready.publics["c"], "--new", new, ready.folder)
    ready.sign("a")
    assert "signatures" in ready.refused(*ready.publish())
    ready.sign("b")
    ready(*ready.publish())

    assert ready.serve() == 2


def test_a_new_hub_takes_the_place_of_a_lost_one_once_the_keepers_name_its_stamps(ready):
    ready.serve()
    lost, ready.hub = ready.hub, open_hub(ready.place / "new", "real", secrets.token_bytes)
    lost.store.close()
    with pytest.raises(Rejected):
        ready.serve()

    stamps = public_of(ready.hub.key.timestamp_seed).hex()
    ready("rotate", "timestamp", "--new", stamps, ready.folder)
    ready.sign("a", "b")
    ready(*ready.publish())

    assert ready.serve() == 2


def test_which_of_the_keepers_keys_is_lost_has_to_be_said(ready):
    assert "key" in ready.refused("rotate", "root", "--new", "00" * 32, ready.folder)


def test_a_root_near_its_end_is_renewed_with_the_same_keys(ready):
    ready.serve()
    before = office.root(ready.hub)

    ready("renew", ready.folder)
    ready.sign("b", "c")
    ready(*ready.publish())

    assert ready.serve() == 2
    assert office.root(ready.hub) != before


def test_a_hub_takes_no_directory_of_other_keepers_and_none_that_is_older(ready, tmp_path):
    ready.serve()
    with pytest.raises(Rejected):
        ready.serve()

    ready.folder = tmp_path / "another"
    ready.init()
    ready("rotate", "targets", "--old", ready.publics["targets"], "--new",
          ready.publics["snapshot"], ready.folder)  # fmt: skip
    ready.sign("a")
    with pytest.raises(Rejected):
        ready.serve()


def test_a_hub_whose_stamps_the_root_does_not_name_serves_nothing(ready, tmp_path):
    other = open_hub(tmp_path / "other", "real", secrets.token_bytes)

    with pytest.raises(Rejected):
        office.publish(other, read_folder(ready.folder), now())

    other.store.close()


@pytest.mark.parametrize("command", ["words", "renew", "sign", "publish"])
def test_a_mistyped_folder_has_no_words_and_no_root(ready, command):
    ready.folder = ready.place / "elsewhere"
    typed = {
        "sign": ("sign", "--key", ready.place / "a", ready.folder),
        "publish": ready.publish(),
    }

    assert "no root in this folder" in ready.refused(*typed.get(command, (command, ready.folder)))
    assert not ready.folder.exists()


def test_what_is_not_there_or_cannot_be_read_is_named(ready):
    none = ready.place / "none"

    assert str(none) in ready.refused("sign", "--key", none, ready.folder)
    assert str(none) in ready.refused(*ready.publish("--proposals", none))
    for spoilt in ("1.root.json", "orgs/spoilt.json"):
        file = ready.folder / spoilt
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"{")
        assert "cannot be read" in ready.refused(*ready.publish())


def test_every_word_for_what_is_wrong_with_a_folder_has_a_sentence():
    modules = (steps, making, folders)
    said = "".join(Path(module.__file__).read_text("utf-8") for module in modules)
    words = {*re.findall(r'NotTrusted\("([^"]+)"\)', said)}

    unsaid = {word for word in words if sentence(NotTrusted(word)).startswith("Refused")}
    # Told with the file's name, and of the hub's own command.
    assert unsaid == {"proposal", "no snapshot"}
