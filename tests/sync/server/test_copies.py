"""A hub can be copied while it serves, and made again; what is destroyed stays destroyed."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from argparse import Namespace
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from backups_for_tests import left, say
from disclosures_for_tests import Reporter, answers, cosigned, hsds, refuses
from hub_for_tests import NIGHT, HubForTests, header_of

from sync.protocol.backups import BackupRule
from sync.protocol.disclosures import ABUSE
from sync.protocol.messages import Kind
from sync.server import copies, copying, disclosures, office, remembering, sweeping, tables
from sync.server.copies import Around, CopyRefused, backup, checked, restore
from sync.server.founding import NoHub, open_hub
from sync.server.lost_hub import lent
from sync.server.store import StoreFailed
from sync.trust.layout import LIFE, Role

CHANCE = random.Random(7).randbytes


@pytest.fixture
def place(tmp_path):
    return tmp_path / "kept"


@pytest.fixture
def lived(tmp_path):
    """A hub on SQLite with a referral at the shelter's door; copies of PostgreSQL are its own."""
    made = HubForTests(tmp_path / "lived")
    consent = made.centre.fresh()
    message = made.centre.referral(consent, made.shelter)
    made.exchange(made.centre, made.centre.consent(consent, made.shelter), message)
    made.consent, made.message = consent, message
    yield made
    made.close()


def home(lived):
    return lived.home / "hub"


def restored_in(folder):
    return open_hub(folder, "practice", CHANCE)


def rows(hub, table, **where):
    with hub.store.reading() as db:
        return [dict(row) for row in db.all(table, **where)]


def test_a_copy_is_the_same_hub_with_another_epoch(lived, place, tmp_path):
    manifest = backup(home(lived), place, NIGHT)
    done = restore(place, tmp_path / "new", CHANCE, NIGHT, Around())

    again = restored_in(tmp_path / "new")
    assert (again.id, again.key.public) == (lived.hub.id, lived.hub.key.public)
    assert again.epoch == done.epoch != lived.hub.epoch
    assert manifest.epoch == lived.hub.epoch
    for table in (tables.message, tables.packet, tables.delivery, tables.referral, tables.device):
        assert rows(again, table) == rows(lived.hub, table)
    again.store.close()


def test_a_hub_that_does_not_serve_can_be_copied_too(tmp_path, place):
    HubForTests(tmp_path / "quiet").close()
    folder = tmp_path / "quiet" / "hub"

    backup(folder, place, NIGHT)

    assert checked(place).has_database
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    HubForTests(tmp_path / "quiet").close()


def test_a_founding_that_was_cut_off_is_no_hub_to_copy(tmp_path, place):
    HubForTests(tmp_path / "quiet").close()
    folder = tmp_path / "quiet" / "hub"
    with closing(sqlite3.connect(folder / "hub.db", isolation_level=None)) as cut:
        cut.execute("DELETE FROM meta")

    with pytest.raises(NoHub):
        backup(folder, place, NIGHT)
    assert not place.exists()


def test_nobody_copies_the_hub_of_another_user(lived, place, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 65534)

    with pytest.raises(CopyRefused, match="user"):
        backup(home(lived), place, NIGHT)


def test_nobody_copies_a_hub_with_the_key_of_another(lived, place):
    (home(lived) / "hub.key").write_bytes(b"k" * 32)

    with pytest.raises(CopyRefused, match="two hubs"):
        backup(home(lived), place, NIGHT)

    assert not place.exists()


def test_a_copy_made_while_others_write_is_of_one_moment(lived, place, tmp_path):
    stopping = threading.Event()

    def writes():
        while not stopping.is_set():
            name = lived.centre.fresh()
            lived.exchange(lived.centre, lived.centre.consent(name, lived.shelter))

    writer = threading.Thread(target=writes)
    writer.start()
    for number in range(5):
        backup(home(lived), place / str(number), NIGHT)
    stopping.set()
    writer.join()

    for number in range(5):
        restore(place / str(number), tmp_path / f"new{number}", CHANCE, NIGHT, Around())
        again = restored_in(tmp_path / f"new{number}")
        accepted = [r for r in rows(again, tables.message) if r["kind"] == Kind.CONSENT_GIVEN]
        assert len(accepted) == len(rows(again, tables.consent))
        (counter,) = rows(again, tables.mailbox, id="receipts")
        assert counter["head"] == len(rows(again, tables.message))
        again.store.close()


def test_nobody_else_can_read_a_copy_or_what_is_made_of_it(lived, place, tmp_path):
    backup(home(lived), place, NIGHT)
    restore(place, tmp_path / "new", CHANCE, NIGHT, Around())

    for folder in (place, tmp_path / "new"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert {file.name for file in place.iterdir()} == {"hub.key", "hub.db", "manifest.json"}


@pytest.mark.parametrize("name", ["hub.key", "hub.db", "manifest.json"])
@pytest.mark.parametrize("harm", ["flip", "cut", "gone"])
def test_a_copy_that_was_harmed_is_not_used(lived, place, tmp_path, name, harm):
    backup(home(lived), place, NIGHT)
    content = bytearray((place / name).read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 1
    elif harm == "cut":
        del content[-1]
    if harm == "gone":
        (place / name).unlink()
    else:
        (place / name).write_bytes(content)

    with pytest.raises(CopyRefused):
        restore(place, tmp_path / "new", CHANCE, NIGHT, Around())

    assert not (tmp_path / "new").exists()
    assert list(tmp_path.glob("*.half")) == []


def test_a_copy_that_this_user_may_not_read_is_not_called_broken(lived, place, tmp_path):
    backup(home(lived), place, NIGHT)

    with others_alone(place), pytest.raises(CopyRefused) as refused:
        restore(place, tmp_path / "new", CHANCE, NIGHT, Around())

    said = str(refused.value)
    assert said.startswith(f"This user may not read the copy ({place / 'manifest.json'}).")
    assert "sudo chown -R USER COPY" in said
    assert checked(place).has_database, "the control: it is whole"


@contextmanager
def others_alone(folder):
    """Let this folder be somebody else's; root becomes nobody, who may read less."""
    me = os.geteuid()
    folder.chmod(0)
    os.seteuid(me or 65534)
    try:
        yield
    finally:
        os.seteuid(me)
        folder.chmod(0o700)


def test_a_manifest_cannot_lead_out_of_the_copy(lived, place, tmp_path):
    manifest = backup(home(lived), place, NIGHT)
    part = manifest.files["hub.key"]
    (tmp_path / "elsewhere").write_bytes((place / "hub.key").read_bytes())
    more = {**manifest.files, "../elsewhere": part}
    led = msgspec.structs.replace(manifest, files=more)
    (place / "manifest.json").write_bytes(msgspec.json.encode(led))

    with pytest.raises(CopyRefused):
        checked(place)


def test_a_hub_that_is_there_is_never_overwritten(lived, place, tmp_path):
    backup(home(lived), place, NIGHT)

    with pytest.raises(CopyRefused):
        restore(place, home(lived), CHANCE, NIGHT, Around())
    with pytest.raises(CopyRefused):
        backup(home(lived), place, NIGHT)

    assert lived.get("/readyz").status == 200


def test_a_hub_can_be_restored_from_inside_its_own_empty_folder(
    lived, place, tmp_path, monkeypatch
):
    backup(home(lived), place, NIGHT)
    (tmp_path / "inside").mkdir()
    asked = {"copy": place, "database": "", "lost": None}

    outside = copying.COMMANDS["restore"](Namespace(home=tmp_path / "outside", **asked))
    monkeypatch.chdir(tmp_path / "inside")
    inside = copying.COMMANDS["restore"](Namespace(home=Path(), **asked))

    again = restored_in(tmp_path / "inside")
    assert again.id == lived.hub.id
    again.store.close()
    assert not list(tmp_path.glob("*.half"))
    assert inside.endswith('cd "$PWD"')
    assert "cd " not in outside


def test_without_the_lost_hub_it_says_who_destroys_what_admins_had(lived, place, tmp_path):
    backup(home(lived), place, NIGHT)
    asked = Namespace(home=tmp_path / "again", copy=place, database="", lost=None)

    said = copying.COMMANDS["restore"](asked)

    assert "of shut-out laptops is here again" in said
    assert "their admin destroys it once more" in said


def test_a_copy_that_fails_half_way_leaves_nothing(lived, place, monkeypatch):
    def fails(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "_part", fails)
    with pytest.raises(OSError, match="No space"):
        backup(home(lived), place, NIGHT)

    assert not place.exists()
    assert list(place.parent.glob("*.half")) == []


def test_a_damaged_database_is_not_copied(lived, place):
    lived.close()
    with (home(lived) / "hub.db").open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(8192))

    with pytest.raises(CopyRefused):
        backup(home(lived), place, NIGHT)

    assert not place.exists()
    shutil.rmtree(home(lived))
    lived.app = None
    lived.close = lambda: None


def test_what_was_withdrawn_or_destroyed_does_not_come_back_with_a_copy(lived, place, tmp_path):
    lived.publish(2, lived.centre, lived.shelter, lived.clinic)
    laptop, before = lived.let_in(lived.centre), lived.let_in(lived.centre)
    office.revoke(lived.hub, before.org, before.keys.device, NIGHT)
    other = lived.centre.fresh()
    answered = lived.centre.referral(other, lived.shelter)
    lived.exchange(lived.centre, lived.centre.consent(other, lived.shelter), answered)
    backup(home(lived), place, NIGHT)
    lived.exchange(lived.centre, lived.centre.withdrawal(lived.consent))
    lived.exchange(lived.centre, lived.centre.cancel(header_of(answered).ref))
    office.revoke(lived.hub, laptop.org, laptop.keys.device, NIGHT)

    without = restore(place, tmp_path / "without", CHANCE, NIGHT, Around())
    carried = restore(place, tmp_path / "with", CHANCE, NIGHT, Around(lost=home(lived)))

    old, new = restored_in(tmp_path / "without"), restored_in(tmp_path / "with")
    names = {header_of(message).id for message in (lived.message, answered)}
    assert {row["message_id"] for row in rows(old, tables.packet)} >= names, "the control"
    assert {row["message_id"] for row in rows(new, tables.packet)} & names == set()
    assert without.carried is None
    assert (carried.carried.withdrawn, carried.carried.shut_out) == (1, 1)
    (device,) = rows(new, tables.device, id=laptop.keys.device)
    assert device["status"] == "revoked"
    old.store.close()
    new.store.close()
    held = b"".join(file.read_bytes() for file in (tmp_path / "with").iterdir())
    assert lived.message.ct[100:200] not in held


@pytest.fixture
def street(lived):
    """A counselor who asks whether to report to the police, and a supervisor."""
    made = SimpleNamespace(lived=lived, police=lived.clinic)
    names = ("counseling-center", "youth-organization", "police")
    kinds = zip(lived.parties, names, strict=True)
    lived.publish_listings(2, tuple(w.own.listing(hsds(w.org, kind)) for w, kind in kinds))
    made.counselor = lived.let_in(lived.centre)
    made.supervisor = lived.let_in(lived.centre, "supervisor")
    made.reporter = Reporter(made.counselor, lived.chance, lived.clock)
    made.packet, made.other = (
        made.reporter.packet(made.counselor.fresh(), made.police) for _ in range(2)
    )
    return made


def refused(street):
    said = refuses(street.supervisor, street.packet.ref, street.counselor.keys.device)
    return street.lived.outcomes(street.supervisor, said)


def signed_and_reported(street):
    claim = street.reporter.claim(street.packet, street.police)
    cosign = cosigned(street.supervisor, claim, street.lived.clock)
    said = answers(street.supervisor, street.packet.ref, cosign, street.counselor.keys.device)
    report = street.reporter.request(street.packet, street.police, cosign)
    answered = street.lived.outcomes(street.supervisor, said)
    return answered + street.lived.outcomes(street.counselor, report)


@pytest.mark.parametrize("answered", [refused, signed_and_reported], ids=lambda way: way.__name__)
def test_a_question_that_a_supervisor_answered_does_not_come_back(
    street, place, tmp_path, monkeypatch, answered
):
    monkeypatch.setattr(remembering, "_AT_ONCE", 1)
    lived, asked = street.lived, street.reporter.asks(street.packet)
    open_still = street.reporter.asks(street.other)
    assert lived.outcomes(street.counselor, asked, open_still) == ["accepted", "accepted"]
    backup(home(lived), place, NIGHT)
    assert set(answered(street)) == {"accepted"}

    done = restore(place, tmp_path / "new", CHANCE, NIGHT, Around(lost=home(lived)))

    new = restored_in(tmp_path / "new")
    (left,) = rows(new, tables.packet, kind=Kind.COSIGN_REQUEST.value)
    assert left["message_id"] == header_of(open_still).id, "the control: nobody answered it"
    assert done.carried.destroyed == 1
    new.store.close()
    held = b"".join(file.read_bytes() for file in (tmp_path / "new").iterdir())
    assert open_still.ct[100:200] in held
    assert asked.ct[100:200] not in held


def test_a_referral_to_an_agency_listed_since_the_copy_comes_again(lived, place, tmp_path):
    centre, clinic, consent = lived.centre, lived.clinic, lived.centre.fresh()
    lived.publish(2, centre, lived.shelter)
    backup(home(lived), place, NIGHT)
    lived.publish(3, *lived.parties)
    sent = (centre.consent(consent, clinic), centre.referral(consent, clinic))
    assert lived.outcomes(centre, *sent) == ["accepted", "accepted"]
    home(lived).rename(tmp_path / "lost")

    around = Around(lost=tmp_path / "lost")
    done = restore(place, home(lived), CHANCE, NIGHT, around)

    lived.reopen()
    assert done.carried.directory == 3
    assert lived.outcomes(centre, *sent) == ["accepted", "accepted"]


def test_nobody_is_reminded_of_what_was_withdrawn_in_the_lost_hub(lived, place, tmp_path):
    centre, shelter = lived.centre, lived.shelter
    other = centre.fresh()
    destroyed = centre.referral(other, shelter)
    lived.exchange(centre, centre.consent(other, shelter), destroyed)
    backup(home(lived), place, NIGHT)
    lived.exchange(centre, *(centre.withdrawal(name) for name in (lived.consent, other)))
    lived.exchange(shelter, shelter.attest(header_of(destroyed).ref))

    restore(place, tmp_path / "new", CHANCE, NIGHT, Around(lost=home(lived)))

    new = restored_in(tmp_path / "new")
    refs = [header_of(message).ref for message in (lived.message, destroyed)]
    tasks = {row["id"]: (row["status"], row["reason"]) for row in rows(new, tables.referral)}
    assert tasks == dict.fromkeys(refs, ("cancelled", "consent-withdrawn"))
    assert rows(new, tables.erasure_duty) == rows(lived.hub, tables.erasure_duty)
    planned = [(row["referral_id"], row["reason"]) for row in rows(new, tables.reminder)]
    assert planned == [(refs[0], "erasure-overdue")]
    new.store.close()


def test_what_was_provided_without_a_consent_stays_in_the_book(lived, place, tmp_path):
    backup(home(lived), place, NIGHT)
    message = header_of(lived.message)
    law = msgspec.structs.replace(message, consent_id="", consent_digest="", basis=ABUSE)
    with lived.hub.store.writing() as db:
        disclosures.enter(db, law, NIGHT)

    restore(place, tmp_path / "new", CHANCE, NIGHT, Around(lost=home(lived)))

    new = restored_in(tmp_path / "new")
    assert len(rows(new, tables.disclosure_ledger)) == 1
    assert rows(new, tables.disclosure_ledger) == rows(lived.hub, tables.disclosure_ledger)
    new.store.close()


def test_the_lost_hubs_own_disk_is_only_read(lived, place, tmp_path):
    backup(home(lived), place, NIGHT)
    lost = _lost(lived, tmp_path)
    before = {file.name: file.read_bytes() for file in lost.iterdir()}

    done = restore(place, tmp_path / "new", CHANCE, NIGHT, Around(lost=lost))

    assert done.carried.withdrawn == 2
    assert {file.name: file.read_bytes() for file in lost.iterdir()} == before
    assert {file.name for file in (tmp_path / "new").iterdir()} == {"hub.key", "hub.db", "turn"}


@pytest.mark.parametrize("harmed", ["header", "consent"])
def test_a_lost_hub_that_cannot_be_read_is_named_and_may_be_left_out(
    lived, place, tmp_path, harmed
):
    backup(home(lived), place, NIGHT)
    backup(home(lived), tmp_path / "lost", NIGHT)
    with closing(sqlite3.connect(tmp_path / "lost" / "hub.db")) as db:
        pages = dict(db.execute("SELECT name, rootpage FROM sqlite_master"))
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with (tmp_path / "lost" / "hub.db").open("r+b") as file:
        file.seek((pages.get(harmed, 1) - 1) * size)
        file.write(bytes(size))

    with pytest.raises(CopyRefused, match="The hub at --lost cannot be read; try without --lost"):
        restore(place, tmp_path / "new", CHANCE, NIGHT, Around(lost=tmp_path / "lost"))

    assert not list(tmp_path.glob("new*"))


def test_what_fails_beside_a_lost_hub_is_not_taken_for_its_fault(lived, tmp_path, database):
    new = open_hub(tmp_path / "new", "practice", CHANCE, database)

    with (
        pytest.raises(StoreFailed) as failed,
        lent(home(lived), tmp_path / "lent") as old,
        new.store.writing() as db,
    ):
        db.change(tables.meta, {"key": "hub"}, value=old.one(tables.meta, key="nothing"))

    assert type(failed.value) is StoreFailed
    assert not (tmp_path / "lent").exists()
    new.store.close()


def test_a_lost_hub_of_an_older_version_is_read_too(lived, place, tmp_path):
    say(lived, lived.centre, "/v1/orgs/backups", BackupRule(True))
    backup(home(lived), place, NIGHT)
    lost = _lost(lived, tmp_path)
    with closing(sqlite3.connect(lost / "hub.db")) as db:
        for name in ("rule", "room"):
            db.execute(f"DROP TABLE backup_{name}")
        for name in ("blob", "blob_content", "blob_set", "blob_manifest", "used_nonce", "kept"):
            db.execute(f"DROP TABLE {name}")
        db.execute("UPDATE alembic_version SET version_num = '0011'")
        db.commit()

    done = restore(place, tmp_path / "new", CHANCE, NIGHT, Around(lost=lost))

    assert done.carried.withdrawn == 2


def _lost(lived, tmp_path):
    """What can still be read of a hub whose process was killed: two ends, one in the log alone."""
    for consent in (lived.consent, lived.centre.fresh()):
        lived.exchange(lived.centre, lived.centre.withdrawal(consent))
    lost = tmp_path / "lost"
    lost.mkdir()
    for name in ("hub.db", "hub.db-wal"):
        shutil.copy(home(lived) / name, lost)
    assert (lost / "hub.db-wal").stat().st_size
    return lost


def test_a_directory_that_is_too_old_to_be_proven_is_left_to_the_keepers(lived, place, tmp_path):
    later = NIGHT + LIFE[Role.SNAPSHOT]
    backup(home(lived), place, NIGHT)
    lived.publish(2, *lived.parties)

    done = restore(place, tmp_path / "new", CHANCE, later, Around(lost=home(lived)))

    assert done.carried.directory == 1


def test_sealed_backups_are_copied_and_what_was_destroyed_of_them_is_not(
    lived, place, tmp_path, monkeypatch
):
    monkeypatch.setattr(sweeping, "AT_ONCE", 1)
    monkeypatch.setattr(sweeping, "AT_MOST", 1)
    centre, shelter = lived.centre, lived.let_in(lived.shelter, "admin")
    for admin in (centre, shelter):
        say(lived, admin, "/v1/orgs/backups", BackupRule(True))
    left(lived, centre, "1", b"sealed, gone", b"gone too", b"same")
    left(lived, shelter, "1", b"off since")
    backup(home(lived), place, NIGHT)
    left(lived, centre, "2", b"same", b"new", replaces_all=True)
    say(lived, shelter, "/v1/orgs/backups", BackupRule(False))

    restore(place, tmp_path / "without", CHANCE, NIGHT, Around())
    done = restore(place, tmp_path / "with", CHANCE, NIGHT, Around(lost=home(lived)))

    old, new = restored_in(tmp_path / "without"), restored_in(tmp_path / "with")
    assert len(rows(old, tables.blob_content)) == 4, "the control"
    assert done.backups == 2
    assert rows(new, tables.blob_content) == []
    assert rows(new, tables.blob_set) == rows(new, tables.blob_manifest) == []
    assert [row["org_id"] for row in rows(new, tables.backup_rule)] == [centre.org]
    rooms = rows(new, tables.backup_room)
    assert [(row["org_id"], row["held"]) for row in rooms] == [(centre.org, 0)]
    for again in (old, new):
        again.store.close()
    held = b"".join(file.read_bytes() for file in (tmp_path / "with").iterdir())
    assert b"sealed, gone" not in held


def test_a_lost_hub_that_is_another_one_is_not_believed(lived, place, tmp_path):
    other = HubForTests(tmp_path / "other", seed=99)
    backup(home(lived), place, NIGHT)

    with pytest.raises(CopyRefused):
        restore(place, tmp_path / "new", CHANCE, NIGHT, Around(lost=home(other)))

    assert not (tmp_path / "new").exists()
    other.close()


def test_a_copy_can_be_read_by_anything_that_reads_sqlite(lived, place):
    backup(home(lived), place, NIGHT)

    db = sqlite3.connect(f"{(place / 'hub.db').as_uri()}?mode=ro", uri=True)
    (count,) = db.execute("SELECT count(*) FROM message").fetchone()
    db.close()

    assert count == 2


def test_on_postgresql_a_copy_holds_the_key_and_names_the_hub(postgres, place, tmp_path):
    address, other = postgres.new(), postgres.new()
    first = open_hub(tmp_path / "first", "practice", CHANCE, address)
    first.store.close()
    open_hub(tmp_path / "other", "practice", CHANCE, other).store.close()

    manifest = backup(tmp_path / "first", place, NIGHT, address)
    with pytest.raises(CopyRefused):
        restore(place, tmp_path / "new", CHANCE, NIGHT, Around())
    with pytest.raises(CopyRefused):
        restore(place, tmp_path / "new", CHANCE, NIGHT, Around(other))
    done = restore(place, tmp_path / "new", CHANCE, NIGHT, Around(address))

    again = open_hub(tmp_path / "new", "practice", CHANCE, address)
    assert {file.name for file in place.iterdir()} == {"hub.key", "manifest.json"}
    assert (manifest.hub, manifest.has_database) == (first.id, False)
    assert (again.id, again.key.public) == (first.id, first.key.public)
    assert again.epoch == done.epoch != first.epoch
    again.store.close()
    for name in (address, other):
        postgres.drop(name)


def test_the_office_copies_and_restores_in_one_line_each(lived, place, tmp_path):
    made = _told(home(lived), "backup", place)
    again = _told(tmp_path / "new", "restore", place, "--lost", home(lived))
    refused = _told(home(lived), "restore", place)

    assert (made.returncode, again.returncode, refused.returncode) == (0, 0, 1)
    assert "hub.db" in made.stdout
    new = restored_in(tmp_path / "new")
    new.store.close()
    assert new.epoch in again.stdout
    _says_what_is_left(again.stdout)
    assert refused.stderr == "There is a hub in this folder. Move it aside first.\n"


def test_whoever_restores_is_told_what_to_do_before_serving(lived, place, tmp_path):
    backup(home(lived), place, NIGHT)

    again = _told(tmp_path / "new", "restore", place)
    restored = _told(home(lived), "restored")

    for said in (again.stdout, restored.stdout):
        _says_what_is_left(said)
        assert "revoke who was shut out since" in said
    lived.reopen()
    assert restored.stdout.startswith(f"epoch {lived.hub.epoch}:")


def _says_what_is_left(said):
    for words in ("newest directory", "new code", "add-org", "renewed"):
        assert words in said


def _told(folder, *words):
    return subprocess.run(
        [
            sys.executable, "-m", "sync.server", "--home", folder, "--world", "practice", *words,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
