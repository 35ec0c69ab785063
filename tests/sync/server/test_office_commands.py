"""What the people who run a hub type, and what it says back."""

import argparse
import json
import secrets
from pathlib import Path

import pytest
from backups_for_tests import leave_folder
from tuf_for_tests import Keepers

from sync.practice.identity import identity_in
from sync.protocol.backups import BackupRule
from sync.protocol.tickets import read_ticket
from sync.protocol.words import device_words, root_words
from sync.server import blobs, commands, devices, office, tables
from sync.server.app import utc_now
from sync.server.batch import Caller
from sync.server.founding import open_hub
from sync.server.store import written
from sync.trust.folders import read_folder, write_folder
from sync.trust.layout import LIFE, Role

EXAMPLES = Path(__file__).parents[1] / "hsds" / "examples"
ORG = json.loads((EXAMPLES / "organization_full.json").read_text("utf-8"))["id"]

_URL = "https://hub.example.kr"
_CODES = {"first": "1" * 26, "lost": "2" * 26}


class Office:
    def __init__(self, place, world="practice"):
        self.place, self.world = place, world
        self.hub = open_hub(place / "hub", world, secrets.token_bytes)
        self.parser = argparse.ArgumentParser()
        for name, usual in (("--public-url", ""), ("--host", "127.0.0.1"), ("--port", 8470)):
            self.parser.add_argument(name, default=usual)
        commands.add_commands(self.parser)

    def __call__(self, *words):
        return commands.done(self.hub, self.parser.parse_args([*map(str, words)]))

    def publish(self):
        stamps = bytes.fromhex(self("stamp-key"))
        keepers = Keepers(utc_now(), self.world, timestamp=stamps)
        folder = self.place / "stick"
        write_folder(folder, keepers.publish((), utc_now()))
        return self("publish", folder)


@pytest.fixture
def asked(tmp_path):
    made = Office(tmp_path)
    yield made
    made.hub.store.close()


@pytest.fixture
def real(tmp_path):
    """A hub of the real world that lists its organisation."""
    made = Office(tmp_path, "real")
    made.publish()
    made("add-org", EXAMPLES / "csv")
    yield made
    made.hub.store.close()


@pytest.mark.parametrize(
    "files", [["organization_full.json"], ["service_full.json"], ["csv"]], ids=str
)
def test_the_published_examples_load_as_they_are(files, asked):
    said = asked("add-org", *(EXAMPLES / name for name in files))

    assert said.splitlines()[0] == f"{ORG}  Example Organization Inc."
    with asked.hub.store.reading() as db:
        assert [(org["id"], org["status"]) for org in db.all(tables.org)] == [(ORG, "inactive")]


def test_adding_again_renews_the_record_and_nothing_else(asked):
    asked("add-org", EXAMPLES / "organization_full.json")

    asked("add-org", EXAMPLES / "csv")

    with asked.hub.store.reading() as db:
        assert len(db.all(tables.org)) == 1


def test_what_changes_of_whoever_is_listed_is_said_to_wait_for_the_keepers(asked):
    first = asked("add-org", EXAMPLES / "csv")
    own = identity_in(asked.place / "own", ORG, "admin", secrets.token_bytes)
    stamps = bytes.fromhex(asked("stamp-key"))
    files = Keepers(utc_now(), asked.world, timestamp=stamps).publish(
        (own.listing(b'{"id":"c"}'),), utc_now()
    )
    office.publish(asked.hub, files, utc_now())

    again = asked("add-org", EXAMPLES / "csv")

    assert "1 added. Next: new-code" in first
    assert "1 renewed." in again
    assert "proposals --to" in again
    assert "added" not in again


def test_every_bad_row_is_named_and_nothing_is_added(asked, tmp_path):
    record = json.loads((EXAMPLES / "organization_full.json").read_text("utf-8"))
    record["services"][0]["minimum_age"] = "열두 살"
    record["name"] = ""
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(record, indent=1), "utf-8")

    with pytest.raises(commands.NotDone) as why:
        asked("add-org", EXAMPLES / "csv", bad)

    named = str(why.value).splitlines()
    lines = bad.read_text("utf-8").splitlines()
    places = [n for n, line in enumerate(lines, 1) if '"name": ""' in line or "\\uc5f4" in line]
    assert [line.split(": ")[:2] for line in named[:2]] == [
        [f"bad.json:{places[0]}", "name"],
        [f"bad.json:{places[1]}", "minimum_age"],
    ]
    assert "열두" not in str(why.value)
    with asked.hub.store.reading() as db:
        assert not db.all(tables.org)


def test_a_code_is_printed_as_a_picture_as_letters_and_with_the_roots_words(asked, tmp_path):
    asked.publish()
    asked("add-org", EXAMPLES / "csv")

    said = asked("--public-url", "https://hub.example.kr", "new-code", ORG, "admin")

    ticket = read_ticket(said.splitlines()[-1])
    assert (ticket.url, ticket.org, ticket.role) == ("https://hub.example.kr", ORG, "admin")
    assert ticket.root == office.root(asked.hub)
    assert str(root_words(ticket.root)) in said
    assert said.replace("-", "").count(ticket.code) == 2
    assert "▄" in said or "█" in said
    with asked.hub.store.reading() as db:
        assert ticket.code not in str(db.all(tables.enrol_code))
    file = tmp_path / "letter.svg"
    assert str(file) in asked("new-code", ORG, "counselor", "--svg", file)
    assert file.read_bytes().lstrip().startswith(b"<?xml")


def test_a_code_names_the_address_that_the_serving_hub_was_told(real):
    with pytest.raises(commands.NotDone, match="--public-url"):
        real("new-code", ORG, "admin")
    with pytest.raises(commands.NotDone, match="https"):
        real("--public-url", "http://hub.example.kr", "new-code", ORG, "admin")
    with real.hub.store.reading() as db:
        assert not db.all(tables.enrol_code)

    office.keep_address(real.hub, _URL)

    assert read_ticket(real("new-code", ORG, "admin").splitlines()[-1]).url == _URL
    other = ("--public-url", "https://other.example.kr")
    said = read_ticket(real(*other, "new-code", ORG, "admin").splitlines()[-1])
    assert said.url == other[1]


def test_the_office_sees_what_sealed_backups_take_and_can_end_them(asked, tmp_path):
    folder, caller = tmp_path / "20261120T141000Z-0000000001", Caller("laptop", ORG, "admin")
    folder.mkdir()
    (folder / "notes.db").write_bytes(bytes(70_000))
    with pytest.raises(commands.NotDone):
        asked("end-backups", ORG)
    store = asked.hub.store
    written(store, lambda db: blobs.decide(db, caller, BackupRule(True), utc_now()))
    leave_folder(store, caller, folder, utc_now())

    before, ended = asked("sealed-backups"), asked("end-backups", ORG)

    assert before == f"{ORG}  70000 bytes\n70000 bytes of 1."
    assert (ended, asked("sealed-backups")) == ("destroyed", "0 bytes of 0.")
    with store.reading() as db:
        assert not db.all(tables.blob_content)
        assert not blobs.rule(db, ORG).is_on


def test_no_code_is_given_before_there_is_a_root_nor_for_nobody(asked):
    with pytest.raises(commands.NotDone):
        asked("new-code", ORG, "admin")
    asked.publish()
    with pytest.raises(commands.NotDone):
        asked("new-code", "nobody", "admin")
    with pytest.raises(SystemExit):
        asked("new-code", ORG, "king")


def test_who_waits_is_listed_with_the_words_on_their_own_screen(asked):
    asked.publish()
    asked("add-org", EXAMPLES / "csv")
    ticket = read_ticket(asked("new-code", ORG, "admin").splitlines()[-1])
    own = identity_in(asked.place / "laptop", ORG, "admin", secrets.token_bytes)
    with asked.hub.store.writing() as db:
        devices.enrol(db, own.own_request(ticket.code), utc_now())

    said = asked("pending", ORG)

    words = device_words(own.keys.sign.public, own.keys.seal.public)
    assert said.splitlines() == [f"{own.device}  admin  {words}", "1 waiting."]
    assert asked("let-in", ORG, own.device) == "let in"
    assert asked("pending", ORG) == "0 waiting."
    assert asked("revoke", ORG, own.device) == "revoked"
    with pytest.raises(commands.NotDone):
        asked("let-in", ORG, own.device)


def test_whom_to_shut_out_is_found_by_their_words_and_their_day(asked):
    asked.publish()
    asked("add-org", EXAMPLES / "csv")
    with asked.hub.store.writing() as db:
        for name, role in (("first", "admin"), ("lost", "counselor")):
            own = identity_in(asked.place / name, ORG, role, secrets.token_bytes)
            devices.keep_code(db, ORG, role, _CODES[name], utc_now())
            devices.enrol(db, own.own_request(_CODES[name]), utc_now())
            if role == "admin":
                devices.let_in_first(db, ORG, own.device, utc_now())
    words = device_words(own.keys.sign.public, own.keys.seal.public)

    said = asked("devices", ORG).splitlines()

    (found,) = [line for line in said if str(words) in line]
    device, *rest = found.split()
    assert rest[:3] == ["counselor", "pending", str(utc_now().date())]
    assert sorted(line.split()[2] for line in said[:-1]) == ["enrolled", "pending"]
    assert asked("revoke", ORG, device) == "revoked"
    assert f"{device}  counselor  revoked" in asked("devices", ORG)


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (("pending", "nobody"), "add-org"),
        (("devices", "nobody"), "add-org"),
        (("revoke", ORG, "nothing"), "`devices`"),
        (("let-in", ORG, "nothing"), "`pending`"),
        (("coordinator", ORG), "`publish`"),
    ],
)
def test_a_mistyped_id_is_named_with_what_to_do_about_it(asked, words, step):
    asked("add-org", EXAMPLES / "csv")

    with pytest.raises(commands.NotDone, match=step):
        asked(*words)


def test_publish_says_on_which_day_the_directory_ends(asked):
    ends = (utc_now() + LIFE[Role.SNAPSHOT]).date()

    assert f"until: {ends}" in asked.publish()


def test_a_directory_that_names_another_hubs_stamps_is_told_from_a_forged_one(asked):
    folder = asked.place / "stick"
    write_folder(folder, Keepers(utc_now(), asked.world).publish((), utc_now()))

    with pytest.raises(commands.NotDone, match="`stamp-key`"):
        asked("publish", folder)


def test_a_spoilt_directory_is_refused_and_the_one_before_stays(asked):
    asked.publish()
    folder = asked.place / "stick"
    files = read_folder(folder)
    write_folder(folder, {**files, "1.targets.json": files["1.targets.json"][:-1]})

    with pytest.raises(commands.NotDone) as why:
        asked("publish", folder)

    assert "directory-refused" in str(why.value)
    assert office.root(asked.hub)
