"""A backup on a stick becomes a vault here, from the first window on; nothing is replaced."""

import os
import shutil
from dataclasses import replace
from threading import Event

import msgspec
import pytest
from builders import a_moment
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from vaults_for_tests import PASSPHRASE, a_closed_vault, a_keychain, by_key, code

from desktop.domain.youths import Age
from desktop.errors import BackupFailed, DiskFailed, DiskFull, WrongPassphrase
from desktop.paths import Places
from desktop.services import backups, members, outreach, youths
from desktop.vault.slots import RecoverySlot
from ui.unlock.bring import Back, Offered
from ui.unlock.bringing_here import HerePage
from ui.unlock.bringing_key import KeyPage
from ui.unlock.choosing import ChoosingPage
from ui.unlock.door import Door
from ui.widgets.buttons import Button

NEW = "비 그친 새벽 버스 정류장의 파란 의자"


@pytest.fixture(scope="module")
def a_stick(tmp_path_factory):
    """A stick with two backups of a vault: in the newer one 하늘 is known."""
    place = tmp_path_factory.mktemp("stick")
    folder = a_closed_vault(tmp_path_factory.mktemp("lost"))
    vault = by_key(folder)
    moment = a_moment()
    outreach.begin(vault, outreach.Plan("신림역"), moment)
    backups.make(vault, moment.now)
    youths.meet(vault, youths.NewYouth("하늘", Age.stated(16)), "", a_moment(hours=3))
    backups.make(vault, a_moment(hours=3).now)
    backups.copy_to(folder, place, backups.of_vault(vault))
    vault.close()
    shutil.copytree(folder / "backup", place / "both" / "backup")
    return place


@pytest.fixture
def stick(a_stick, tmp_path, pick):
    """Put it in, and choose it when a folder is asked for."""
    place = shutil.copytree(a_stick, tmp_path / "stick")
    pick(place)
    return place


@pytest.fixture
def same_laptop(keyring):
    """The keyring still holds what the passphrase of the lost vault needs."""
    keyring.kept.update(a_keychain().kept)


@pytest.fixture
def pick(monkeypatch):
    """Let the next folder that is asked for be this one."""

    def at(folder):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))

    return at


@pytest.fixture
def practice(monkeypatch, start):
    """Start in practice where no vault is yet, without its network."""
    monkeypatch.setattr("ui.practice.Practice.start", lambda _: None)
    return lambda: start("practice").program


def come(program):
    """Come from the first start to the choice of a folder."""
    program.unlock.first.language.english.click()
    button(program.unlock.first.passphrase, "bring").click()
    return program.unlock.first.bringing


def button(page, name):
    return page.findChild(Button, name)


def choose(bringing, qtbot):
    bringing.choice.pick_button.click()
    qtbot.waitUntil(lambda: bool(bringing.choice.rows), timeout=20_000)
    bringing.choice.rows[0].click()
    return bringing.key


def type_key(key, words):
    key.secret.edit.setText(words)
    key.next_button.click()


def type_new(bringing, qtbot):
    qtbot.waitUntil(lambda: bringing.choosing is not None, timeout=20_000)
    bringing.choosing.first.edit.setText(NEW)
    bringing.choosing.again.edit.setText(NEW)
    qtbot.waitUntil(bringing.choosing.next_button.isEnabled, timeout=20_000)
    bringing.choosing.next_button.click()


def until_back(bringing, qtbot):
    qtbot.waitUntil(
        lambda: bringing.here is not None and not bringing.here.door_button.isHidden(),
        timeout=20_000,
    )
    return bringing.here


def words_of(widget):
    return " ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def aliases(vault):
    with vault.reading() as db:
        return [row[0] for row in db.execute("SELECT alias FROM youth")]


def test_with_the_code_a_new_passphrase_is_chosen_and_opens_it_at_the_lock_screen(
    practice, stick, qtbot, tmp_path
):
    program = practice()
    bringing = come(program)

    type_key(choose(bringing, qtbot), code().lower())
    type_new(bringing, qtbot)
    here = until_back(bringing, qtbot)

    assert "is back" in here.title.text()
    assert "joins again" not in words_of(here)
    here.door_button.click()
    door = program.unlock.door
    assert program.unlock.currentWidget() is door
    door.passphrase.edit.setText(NEW)
    door.unlock_button.click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    assert len(Places(tmp_path).vaults("practice")) == 1
    program.lock.lock()


@pytest.mark.usefixtures("same_laptop")
def test_every_backup_is_listed_newest_first_and_an_older_one_can_be_taken(
    practice, pick, stick, qtbot, tmp_path
):
    pick(stick / "both")
    bringing = come(practice())
    bringing.choice.pick_button.click()
    qtbot.waitUntil(lambda: bool(bringing.choice.rows))
    lines = [row.text() for row in bringing.choice.rows]

    bringing.choice.rows[1].click()
    type_key(bringing.key, PASSPHRASE)
    until_back(bringing, qtbot)

    made = [each.generation.made_at for each in backups.found_at(stick / "both")]
    assert made == sorted(made, reverse=True)
    assert len(lines) == 2
    assert all("MB" in line for line in lines)
    (folder,) = Places(tmp_path).vaults("practice")
    vault = by_key(folder)
    assert backups.restored(vault).made_at == made[1]
    vault.close()


@pytest.mark.usefixtures("same_laptop")
def test_wrong_words_say_what_to_do_and_stay(practice, stick, qtbot):
    key = choose(come(practice()), qtbot)

    type_key(key, "not the words at all")

    qtbot.waitUntil(lambda: "only the recovery code" in key.secret.note.text(), timeout=20_000)
    assert key.secret.words() == "not the words at all"


def test_on_another_laptop_the_passphrase_leads_to_the_recovery_code(practice, stick, qtbot):
    key = choose(come(practice()), qtbot)

    type_key(key, PASSPHRASE)

    qtbot.waitUntil(lambda: "only the recovery code" in key.secret.note.text(), timeout=20_000)


def test_a_folder_without_a_backup_says_where_to_look(practice, pick, tmp_path, qtbot):
    pick(tmp_path)
    choice = come(practice()).choice

    choice.pick_button.click()

    qtbot.waitUntil(choice.notice.isVisible)
    assert "There is no backup here." in choice.notice.label.text()
    assert choice.pick_button.isEnabled()


def test_a_practice_backup_is_not_brought_into_real_work(start, stick, qtbot):
    choice = come(start().program).choice

    choice.pick_button.click()

    qtbot.waitUntil(choice.notice.isVisible)
    assert "kept apart" in choice.notice.label.text()
    assert choice.rows == ()


def test_a_damaged_backup_is_not_used_and_nothing_is_made(practice, stick, qtbot, tmp_path):
    found = backups.found_at(stick)[0]
    content = bytearray((found.path / "notes.db").read_bytes())
    content[9_999] ^= 1
    (found.path / "notes.db").write_bytes(content)
    bringing = come(practice())

    type_key(choose(bringing, qtbot), code())
    type_new(bringing, qtbot)
    qtbot.waitUntil(
        lambda: bringing.here is not None and not bringing.here.again_button.isHidden()
    )

    assert "is damaged, so it was not used" in bringing.here.notice.label.text()
    assert Places(tmp_path).vaults("practice") == ()
    assert not list((tmp_path / "practice").glob("*restoring*"))
    bringing.here.back_button.click()
    assert bringing.key.isVisible()
    assert bringing.key.secret.words() == code()
    bringing.begin()
    bringing.choice.rows[0].click()
    assert bringing.key.secret.words() == code()


@pytest.fixture
def under_way(practice, stick, qtbot):
    """Come to where it begins; the vault's thread is busy with something else until `held`."""
    program, held = practice(), Event()
    bringing = come(program)
    type_key(choose(bringing, qtbot), code())

    def hold(page):
        if isinstance(page, HerePage):
            program.worker.do(held.wait, lambda _: None)

    bringing.shown.connect(hold)
    type_new(bringing, qtbot)
    qtbot.waitUntil(lambda: bringing.here is not None)
    yield program, held
    held.set()


def test_it_stops_when_it_is_stopped_and_goes_when_tried_again(under_way, qtbot, tmp_path):
    program, held = under_way
    bringing = program.unlock.first.bringing

    bringing.here.stop_button.click()
    held.set()

    qtbot.waitUntil(lambda: not bringing.here.again_button.isHidden(), timeout=20_000)
    assert "is back" not in bringing.here.title.text()
    assert bringing.here.notice.label.text() == "Stopped. Nothing was put on this laptop."
    assert Places(tmp_path).vaults("practice") == ()
    bringing.here.again_button.click()
    until_back(bringing, qtbot)
    assert len(Places(tmp_path).vaults("practice")) == 1


def test_left_alone_under_way_it_stops_and_wants_the_key_again(under_way, qtbot, tmp_path):
    program, held = under_way
    bringing = program.unlock.first.bringing

    program.unlock.forget()
    held.set()

    qtbot.waitUntil(lambda: not bringing.here.again_button.isHidden(), timeout=20_000)
    assert Places(tmp_path).vaults("practice") == ()
    bringing.here.again_button.click()
    assert program.unlock.first.currentWidget() is bringing.key
    assert bringing.key.secret.words() == ""


def test_left_alone_it_forgets_what_was_typed_and_asks_for_the_key_again(
    practice, stick, qtbot, tmp_path
):
    program = practice()
    bringing = come(program)
    type_key(choose(bringing, qtbot), code())
    qtbot.waitUntil(lambda: bringing.choosing is not None, timeout=20_000)
    bringing.choosing.first.edit.setText("half typed")
    choosing = bringing.choosing

    program.unlock.forget()

    assert choosing.first.words() == ""
    assert program.unlock.first.currentWidget() is bringing.key
    assert bringing.key.secret.words() == ""


@pytest.fixture
def colleague(tmp_path, keyring):
    """나무 has a vault here."""
    theirs = Places(tmp_path).vault("practice")
    making = {"world": "practice", "chance": os.urandom, "keychain": keyring}
    made = members.create(theirs, NEW, cost=members.FLOOR, label="나무", **making)
    members.prove_code(made.vault)
    made.vault.close()
    return theirs


@pytest.fixture
def beside(colleague, practice, stick, qtbot):
    """Come to the key over the lock screen of a colleague."""
    program = practice()
    program.unlock.door.another_button.click()
    button(program.unlock.first.passphrase, "bring").click()
    choose(program.unlock.first.bringing, qtbot)
    return program


def test_beside_a_colleague_it_asks_for_a_name_and_leaves_theirs_alone(
    beside, colleague, qtbot, tmp_path
):
    before = files_of(colleague)
    bringing = beside.unlock.first.bringing
    key = bringing.key
    key.secret.edit.setText(code())
    assert not key.next_button.isEnabled()

    key.label.edit.setText("솔")
    key.next_button.click()
    type_new(bringing, qtbot)
    until_back(bringing, qtbot).door_button.click()

    assert isinstance(beside.unlock.currentWidget(), Door)
    labels = {person.label for person in members.people(Places(tmp_path), "practice")}
    assert labels == {"나무", "솔"}
    assert files_of(colleague) == before


def test_a_name_that_is_refused_makes_nothing_and_loses_nothing(beside, qtbot, tmp_path):
    key = beside.unlock.first.bringing.key

    key.label.edit.setText("900101-1234567")
    type_key(key, code())

    qtbot.waitUntil(lambda: key.label.edit.property("wrong") == "true", timeout=20_000)
    assert key.secret.words() == code()
    assert len(Places(tmp_path).vaults("practice")) == 1


@pytest.fixture
def older(tmp_path, same_laptop):
    """The vault of the stick is here, as it was before 하늘 was met."""
    return a_closed_vault(Places(tmp_path).vault("practice"))


@pytest.fixture
def bring_beside(older, practice, stick):
    """Come to the choice of a folder over the lock screen of the older vault."""

    def come_over_it():
        program = practice()
        program.unlock.door.another_button.click()
        button(program.unlock.first.passphrase, "bring").click()
        return program.unlock.first.bringing

    return come_over_it


@pytest.mark.parametrize("typed", [PASSPHRASE, code()])
def test_beside_an_older_vault_of_its_own_it_keeps_its_passphrase_and_both_open(
    older, bring_beside, keyring, qtbot, typed
):
    before = files_of(older)
    bringing = bring_beside()
    key = choose(bringing, qtbot)
    assert "on this laptop already" in bringing.choice.notice.label.text()
    assert key.label.words() == ""

    key.label.edit.setText("솔")
    type_key(key, typed)
    until_back(bringing, qtbot)

    (newer,) = (older.parent / "members").iterdir()
    assert files_of(older) == before
    for folder, known in ((newer, ["하늘"]), (older, [])):
        knocking = {"world": "practice", "keychain": keyring, "now": a_moment(hours=9).now}
        opened = members.unlock(folder, PASSPHRASE, **knocking)
        assert aliases(opened.vault) == known
        opened.vault.close()


def test_the_backups_on_this_laptop_are_found_without_knowing_where_they_are(
    older, bring_beside, stick, qtbot
):
    shutil.copytree(stick / "both" / "backup", older / "backup")
    choice = bring_beside().choice

    choice.here_button.click()

    qtbot.waitUntil(lambda: len(choice.rows) == 2, timeout=20_000)
    assert all(row.isEnabled() for row in choice.rows)


def test_where_no_vault_is_nobody_is_asked_to_look_on_this_laptop(practice):
    assert come(practice()).choice.here_button.isHidden()


def files_of(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_going_back_leads_to_the_passphrase_with_what_was_typed(practice, qtbot):
    program = practice()
    program.unlock.first.language.english.click()
    first = program.unlock.first
    first.passphrase.first.edit.setText("half typed")
    button(first.passphrase, "bring").click()

    button(first.bringing.choice, "bring-back").click()

    assert isinstance(first.currentWidget(), ChoosingPage)
    assert first.passphrase.first.words() == "half typed"


def test_what_comes_next_is_said_where_the_laptop_was_an_organisations(qtbot):
    page = HerePage(a_moment().now, 8)
    qtbot.addWidget(page)

    page.show_back(Back(is_member=True, keyring_failed=True), is_real=True)

    assert "joins again in Settings" in words_of(page)
    assert "only the passphrase" in words_of(page)
    assert not page.stop_button.isVisibleTo(page)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BackupFailed(), "Put the stick in again"),
        (DiskFailed(), "Put the stick in again"),
        (DiskFull(), "Free some space and try again"),
    ],
)
def test_what_went_wrong_is_said_with_a_next_step(qtbot, error, said):
    page = HerePage(a_moment().now, 8)
    qtbot.addWidget(page)

    page.say_failed(error, is_stopped=False)

    assert said in page.notice.label.text()
    assert page.again_button.isVisibleTo(page)
    assert page.back_button.isVisibleTo(page)


def test_it_shows_how_much_was_copied_and_then_that_it_is_proven(qtbot):
    page = HerePage(a_moment().now, 8)
    qtbot.addWidget(page)

    page.show_part(3)
    assert (page.bar.value(), page.bar.maximum()) == (3, 8)
    page.show_part(8)

    assert page.bar.maximum() == 0
    assert "proving them" in page.notice.label.text()


def test_what_came_from_a_hub_asks_for_the_code_alone_and_shows_it(stick, qtbot):
    found = backups.found_at(stick)[0]
    lean = msgspec.structs.replace(
        found.header, slots=tuple(s for s in found.header.slots if isinstance(s, RecoverySlot))
    )
    offered = Offered(replace(found, header=lean), 1, is_by_code_only=True)
    page = KeyPage(offered, are_others_here=False)
    qtbot.addWidget(page)

    assert backups.opens_by_code_only(offered.found)
    assert not backups.opens_by_code_only(found)
    assert page.secret.edit.echoMode() == QLineEdit.EchoMode.Normal
    page.say_failed(WrongPassphrase())
    assert "recovery code alone" in page.secret.note.text()
