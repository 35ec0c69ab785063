"""From a damaged vault through what is left of it to a new vault; the damaged files stay."""

import os
import shutil

import pytest
from builders import NOON
from prove.evening import Night, begin, found_in
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from vaults_for_tests import PASSPHRASE, a_closed_vault, by_key, code, vmk

from desktop.errors import Odd, VaultDamaged, WaitBeforeTrying
from desktop.paths import Places
from desktop.services import backups, members, salvage
from desktop.vault import backup
from ui.unlock.damaged import DamagedPage
from ui.unlock.recovery_code import salvaged_notices
from ui.unlock.salvage import Anew
from ui.unlock.salvage_words import missing_words

NEW = "비 그친 새벽 버스 정류장의 파란 의자"
PAGE = 4096


def button(page, name):
    return page.findChild(QPushButton, name)


def words_of(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def rows_of(sentences):
    return sentences.rows.stringList()


def files_of(folder):
    kept = ("hdr.a", "hdr.b", "notes.db", "anchor")
    return {name: (folder / name).read_bytes() for name in kept if (folder / name).exists()}


@pytest.fixture(scope="module")
def an_evening(tmp_path_factory):
    """A vault with an evening and a backup of its first half, made once and copied."""
    folder = a_closed_vault(tmp_path_factory.mktemp("evening"))
    vault = by_key(folder)
    begin(vault, "evening")
    night = Night(vault, "evening", truth := {})
    for number in range(60):
        key, value, do = night.next()
        do()
        truth[key] = value
        if number == 30:
            backup.make(vault, night.now)
    vault.close()
    return folder


@pytest.fixture
def evening(tmp_path, an_evening, start_practice):
    """Put such a vault where the program opens it; return its folder."""
    folder = Places(tmp_path).vault("practice")
    shutil.rmtree(folder)
    return shutil.copytree(an_evening, folder)


def rot(folder, page):
    content = bytearray((folder / "notes.db").read_bytes())
    content[page * PAGE + 999] ^= 1
    (folder / "notes.db").write_bytes(content)


def cut(folder):
    content = (folder / "notes.db").read_bytes()
    (folder / "notes.db").write_bytes(content[: len(content) // PAGE // 2 * PAGE])


def lose_the_notes(folder):
    """Let the page rot by which every note is found; the journal still tells of each.

    The first page rots too: it holds no record, and the door notices it.
    """
    vault = by_key(folder)
    with vault.reading() as db:
        root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").fetchone()[0]
    vault.close()
    rot(folder, root - 1)
    rot(folder, 0)


@pytest.fixture
def come_to_asking(evening, start_practice, qtbot):
    """Return what damages the vault, tries the door and asks to see what can be saved."""

    def come(damage):
        damage(evening)
        program = start_practice().program
        unlock = program.unlock
        come.program = program
        unlock.door.passphrase.edit.setText(PASSPHRASE)
        unlock.door.unlock_button.click()
        qtbot.waitUntil(lambda: isinstance(unlock.currentWidget(), DamagedPage), timeout=20_000)
        unlock.currentWidget().saving_button.click()
        return unlock

    return come


def read(unlock, qtbot, typed=PASSPHRASE):
    unlock.saving.asking.secret.edit.setText(typed)
    unlock.saving.asking.next_button.click()
    qtbot.waitUntil(lambda: unlock.saving.result is not None, timeout=20_000)
    return unlock.saving.result


def choose(unlock, qtbot):
    unlock.saving.result.new_button.click()
    page = unlock.saving.choosing
    unlock.saving.label.edit.setText("솔")
    page.first.edit.setText(NEW)
    page.again.edit.setText(NEW)
    qtbot.waitUntil(page.next_button.isEnabled)
    page.next_button.click()
    qtbot.waitUntil(lambda: unlock.code is not None, timeout=20_000)


def prove_paper(unlock):
    for field, number in zip(unlock.code.fields, unlock.code.asked, strict=True):
        field.edit.setText(unlock.code.groups[number])
    unlock.code.done_button.click()


def new_folder(tmp_path, evening):
    (new,) = set(Places(tmp_path).vaults("practice")) - {evening}
    return new


def test_it_counts_what_can_be_read_and_names_what_cannot(come_to_asking, evening, qtbot):
    page = read(come_to_asking(lose_the_notes), qtbot)

    found = salvage.look(evening, lambda _: vmk())
    count = len(found.missing)
    assert f"Young people {found.found['youth']}" in words_of(page)
    assert f"Meetings {found.found['meeting']}" in words_of(page)
    assert f"{count} records cannot be read" in words_of(page)
    assert count > 1
    assert {each.subject for each in found.missing} == {"note"}
    assert found.unknown == ()
    said = [missing_words(each) for each in found.missing]
    named = [row.partition("\n") for row in rows_of(page.missing)]
    assert [words for words, _, _ in named] == said
    assert any(words.startswith("Notes: one of Nov 24, 21:00 ") for words in said)
    assert {backup for _, _, backup in named} == {
        "No backup holds it.", "The backup of Nov 24, 21:00 holds it.",
    }  # fmt: skip


def test_it_says_which_backup_holds_what_nobody_can_name(come_to_asking, evening, qtbot):
    page = read(come_to_asking(cut), qtbot)

    first, last = salvage.look(evening, lambda _: vmk()).unknown
    assert rows_of(page.missing) == [
        f"{first.count} things that were written cannot be named.\n"
        "The backup of Nov 24, 21:00 holds it.",
        f"{last.count} things written after Nov 24, 21:00 cannot be named.\nNo backup holds it.",
    ]
    assert "The backup of Nov 24, 21:00 holds all that was written until then." in words_of(page)
    assert page.backup_button.isEnabled()


def test_no_word_of_any_record_is_shown(evening, come_to_asking, qtbot):
    vault = by_key(evening)
    written = {word for value in found_in(vault).values() for word in value.split()}
    vault.close()
    secrets = {word for word in written if len(word) > 3}

    page = read(come_to_asking(cut), qtbot)

    shown = words_of(page) + " ".join(rows_of(page.missing))
    assert secrets
    assert not [word for word in secrets if word in shown]


def test_the_recovery_code_reads_it_too(come_to_asking, qtbot):
    page = read(come_to_asking(cut), qtbot, code().lower())

    assert page.new_button.isVisible()


def test_when_only_the_schema_is_rotten_nothing_is_missing(come_to_asking, qtbot):
    page = read(come_to_asking(lambda folder: rot(folder, 0)), qtbot)

    assert "Nothing is missing." in words_of(page)
    assert page.missing is None
    assert not hasattr(page, "backup_button")


def test_without_an_anchor_it_says_that_more_may_be_missing(come_to_asking, qtbot):
    page = read(come_to_asking(lambda folder: (folder / "anchor").unlink()), qtbot)

    assert "cannot be said" in words_of(page)


def test_a_wrong_passphrase_reads_nothing_and_the_next_try_waits(come_to_asking, qtbot):
    asking = come_to_asking(cut).saving.asking

    asking.secret.edit.setText("not the words at all")
    asking.next_button.click()
    qtbot.waitUntil(lambda: "did not open" in asking.secret.note.text(), timeout=20_000)
    assert asking.secret.words() == "not the words at all"

    def knock():
        if asking.next_button.isEnabled():  # on a slow machine the first second is over by now
            asking.next_button.click()
        return "try again in" in asking.secret.note.text()

    qtbot.waitUntil(knock, timeout=20_000)
    assert not asking.next_button.isEnabled()


def test_the_wait_is_counted_down_and_then_over(come_to_asking):
    asking = come_to_asking(cut).saving.asking

    asking.say_failed(WaitBeforeTrying(seconds=2))
    asking.waiting.pass_second()
    assert "1 second." in asking.secret.note.text()
    asking.waiting.pass_second()

    assert asking.next_button.isEnabled()


def test_where_no_key_is_left_it_says_so(come_to_asking, evening, qtbot):
    def no_keys(folder):
        for name in ("hdr.a", "hdr.b"):
            (folder / name).write_bytes(b"damage" * 100)
        for made in (folder / "backup").iterdir():
            for file in made.iterdir():
                file.write_bytes(b"damage" * 100)

    asking = come_to_asking(no_keys).saving.asking
    asking.secret.edit.setText(PASSPHRASE)
    asking.next_button.click()

    qtbot.waitUntil(lambda: "none of their keys" in asking.secret.note.text(), timeout=20_000)


def test_what_was_read_opens_as_a_new_vault_and_the_damaged_files_stay(
    come_to_asking, evening, qtbot, tmp_path, keyring
):
    vault = by_key(evening)
    truth = found_in(vault)
    vault.close()
    unlock = come_to_asking(lambda folder: rot(folder, 0))
    damaged = files_of(evening)
    read(unlock, qtbot)

    choose(unlock, qtbot)
    shown = words_of(unlock.code)
    paper = "".join(unlock.code.groups)
    program = come_to_asking.program
    prove_paper(unlock)
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.tasks.is_idle())
    program.lock.lock()

    assert "is in the new vault now" in shown
    assert files_of(evening) == damaged
    new = new_folder(tmp_path, evening)
    labels = {person.label for person in members.people(Places(tmp_path), "practice")}
    assert labels == {"", "솔"}
    by_words = members.unlock(new, NEW, world="practice", keychain=keyring, now=NOON)
    assert found_in(by_words.vault) == truth
    by_words.vault.close()
    members.unlock_with_recovery(new, paper, world="practice", now=NOON).vault.close()


def test_going_back_and_being_left_alone_take_the_way_back(come_to_asking, qtbot):
    unlock = come_to_asking(cut)
    read(unlock, qtbot)
    unlock.saving.result.new_button.click()
    unlock.saving.choosing.first.edit.setText("half typed")

    unlock.forget()

    assert isinstance(unlock.currentWidget(), DamagedPage)
    assert unlock.saving.choosing.first.words() == ""
    assert unlock.saving.asking.secret.words() == ""


def test_the_page_names_the_records_that_show_the_damage(qtbot):
    odd = Odd("note", "n1", "2026-11-20T12:40:00+00:00", "changed")
    page = DamagedPage(VaultDamaged("copy", (odd, Odd("youth", "y1", "", "missing"))))
    qtbot.addWidget(page)

    with qtbot.waitSignal(page.saving_wanted):
        page.saving_button.click()

    assert rows_of(page.records) == [
        "Notes: one of Nov 20, 21:40 is not as it was written last.",
        "Young people: one of an unknown time cannot be read.",
    ]


def test_a_keyring_that_fails_and_what_was_left_out_are_said_beside_the_new_code(qtbot):
    said = [each.label.text() for each in salvaged_notices(Anew(None, 2, keyring_failed=True))]

    assert "2 entries make no sense" in said[1]
    assert "only the passphrase" in said[2]


def test_where_colleagues_share_a_laptop_the_vault_that_was_chosen_is_read(
    evening, start_practice, qtbot, tmp_path, keyring
):
    colleague = Places(tmp_path).new_vault("practice", os.urandom)
    making = {"world": "practice", "chance": os.urandom, "keychain": keyring}
    made = members.create(colleague, NEW, cost=members.FLOOR, label="나무", **making)
    members.prove_code(made.vault)
    made.vault.close()
    for file in colleague.iterdir():  # used long after the damaged one
        os.utime(file, (4e9, 4e9))
    cut(evening)
    unlock = start_practice().program.unlock
    qtbot.waitUntil(lambda: unlock.door.names is not None and bool(unlock.door.names.buttons))
    unlock.door.names.buttons[evening].click()
    unlock.door.passphrase.edit.setText(PASSPHRASE)
    unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: isinstance(unlock.currentWidget(), DamagedPage), timeout=20_000)
    unlock.currentWidget().saving_button.click()

    page = read(unlock, qtbot)

    assert "Young people" in words_of(page)
    assert not (colleague / "quarantine").exists()


def test_a_name_that_is_refused_makes_nothing_and_loses_nothing(
    come_to_asking, evening, qtbot, tmp_path
):
    unlock = come_to_asking(cut)
    read(unlock, qtbot)
    unlock.saving.result.new_button.click()
    page = unlock.saving.choosing
    unlock.saving.label.edit.setText("900101-1234567")
    page.first.edit.setText(NEW)
    page.again.edit.setText(NEW)
    qtbot.waitUntil(page.next_button.isEnabled)

    page.next_button.click()

    qtbot.waitUntil(page.problem.isVisible, timeout=20_000)
    assert page.first.words() == NEW
    assert Places(tmp_path).vaults("practice") == (evening,)


def put_back(unlock, qtbot, label="솔"):
    unlock.saving.result.backup_button.click()
    page = unlock.saving.putting_back
    assert not page.act_button.isEnabled()
    page.label.edit.setText(label)
    page.act_button.click()
    return page


def test_the_newest_backup_is_put_beside_the_damaged_vault_and_opens(
    come_to_asking, evening, qtbot, tmp_path
):
    unlock = come_to_asking(cut)
    damaged = files_of(evening)
    read(unlock, qtbot)

    page = put_back(unlock, qtbot)
    qtbot.waitUntil(page.done_button.isVisible, timeout=20_000)
    assert "Everything of Nov 24, 21:00 is back, in the vault called 솔." in words_of(page)
    page.done_button.click()
    qtbot.waitUntil(lambda: bool(unlock.door.names and unlock.door.names.buttons))

    assert files_of(evening) == damaged
    new = new_folder(tmp_path, evening)
    assert unlock.door.names.folder == new
    assert unlock.door.names.name() == "솔"
    unlock.door.passphrase.edit.setText(PASSPHRASE)
    unlock.door.unlock_button.click()
    program = come_to_asking.program
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.tasks.is_idle())


@pytest.fixture
def bring(evening, come_to_asking, monkeypatch, tmp_path):
    """Lose the vault and its backups; come to the choice, where the stick is chosen."""

    def lose(folder):
        vault = by_key(folder)
        backups.copy_to(folder, stick, backups.of_vault(vault))
        vault.close()
        shutil.rmtree(folder / "backup")
        (folder / "notes.db").write_bytes(bytes(2 * PAGE))

    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    unlock = come_to_asking(lose)
    button(unlock.saving.asking, "salvage-back").click()
    unlock.currentWidget().bringing_button.click()
    return unlock.saving.bringing


def test_where_the_laptop_has_lost_its_backups_too_the_one_on_a_stick_is_brought_back(
    evening, bring, come_to_asking, qtbot, tmp_path
):
    bringing, unlock = bring, come_to_asking.program.unlock
    bringing.choice.pick_button.click()
    qtbot.waitUntil(lambda: bool(bringing.choice.rows), timeout=20_000)
    bringing.choice.rows[0].click()
    bringing.key.label.edit.setText("솔")
    bringing.key.secret.edit.setText(PASSPHRASE)
    bringing.key.next_button.click()
    qtbot.waitUntil(
        lambda: bringing.here is not None and not bringing.here.door_button.isHidden(),
        timeout=20_000,
    )
    bringing.here.door_button.click()

    new = new_folder(tmp_path, evening)
    assert (evening / "notes.db").read_bytes() == bytes(2 * PAGE)
    qtbot.waitUntil(lambda: bool(unlock.door.names and unlock.door.names.buttons))
    assert unlock.door.names.folder == new
    found = found_in(vault := by_key(new))
    vault.close()
    assert found


def turn_a_bit(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_rotten_backup_is_passed_over_for_the_one_before(
    come_to_asking, evening, qtbot, tmp_path
):
    def rotten(folder):
        vault = by_key(folder)
        made = backup.make(vault, NOON.replace(year=2027))
        vault.close()
        turn_a_bit(folder / "backup" / made.name / "notes.db")
        cut(folder)

    unlock = come_to_asking(rotten)
    read(unlock, qtbot)

    page = put_back(unlock, qtbot)

    qtbot.waitUntil(page.done_button.isVisible, timeout=20_000)
    assert "Everything of Nov 24, 21:00" in words_of(page)


def test_where_every_backup_is_rotten_nothing_is_put_there(
    come_to_asking, evening, qtbot, tmp_path
):
    def rotten(folder):
        for file in (folder / "backup").glob("*/notes.db"):
            turn_a_bit(file)
        cut(folder)

    unlock = come_to_asking(rotten)
    read(unlock, qtbot)

    page = put_back(unlock, qtbot)

    qtbot.waitUntil(lambda: "is damaged" in page.notice.label.text(), timeout=20_000)
    assert page.label.words() == "솔"
    assert page.act_button.isEnabled()
    assert Places(tmp_path).vaults("practice") == (evening,)
