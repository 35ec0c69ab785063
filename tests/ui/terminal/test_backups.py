"""`bammajung backup`, `restore` and `verify`, typed at a terminal."""

import json
import subprocess
import sys

import pytest
from builders import NOON
from vaults_for_tests import a_closed_vault, by_key, code

from desktop.services import backups

pytest.importorskip("pty")  # Windows has consoles instead
from terminal_for_tests import ENVIRONMENT, ROOT, bammajung

ANOTHER = "버스 정류장 옆 편의점 불빛 세 개"


@pytest.fixture
def home(tmp_path):
    a_closed_vault(tmp_path / "home" / "practice" / "vault")
    (tmp_path / "stick").mkdir()
    return tmp_path / "home"


def test_a_backup_goes_to_a_stick_and_from_there_to_another_laptop(home, tmp_path):
    stick, other = tmp_path / "stick", tmp_path / "other"

    ended, shown = bammajung(home, "backup", "--to", stick, typed=[code()])
    assert ended == 0, shown
    assert "read back and proven" in shown
    assert code() not in shown
    ended, shown = bammajung(
        home, "restore", stick, "--to", other, typed=[code(), ANOTHER, ANOTHER]
    )

    assert ended == 0, shown
    assert ANOTHER not in shown
    vault = by_key(other / "practice" / "vault")
    assert backups.restored(vault) is not None
    vault.close()


def test_verify_reads_the_vault_and_every_backup_and_finds_the_rotten_one(home):
    bammajung(home, "backup", typed=[code()])
    vault = home / "practice" / "vault"
    [made] = backups.listing(vault)

    ended, shown = bammajung(home, "verify", "--json", typed=[code()])
    assert ended == 0, shown
    file = vault / "backup" / made.name / "notes.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    ended, shown = bammajung(home, "verify", "--json", typed=[code()])

    assert ended == 1
    said = json.loads(shown[shown.index("[") :])
    assert [line["is_well"] for line in said] == [True, False]
    assert said[1]["backup"] == made.name


def test_while_a_window_has_the_vault_open_its_newest_backup_can_be_copied(home, tmp_path):
    vault = by_key(home / "practice" / "vault")
    backups.make(vault, NOON)

    ended, shown = bammajung(home, "backup", "--to", tmp_path / "stick", typed=[code()])
    alone, refused = bammajung(home, "backup", typed=[code()])
    vault.close()

    assert ended == 0, shown
    assert alone == 1
    assert "Another window" in refused
    assert len(backups.found_at(tmp_path / "stick")) == 1


def test_a_mistyped_code_and_an_empty_place_are_said(home, tmp_path):
    wrong = code()[:-1] + ("0" if code()[-1] != "0" else "1")

    ended, shown = bammajung(home, "restore", tmp_path / "stick", typed=[code()])
    assert (ended, "There is no backup here." in shown) == (1, True), shown
    bammajung(home, "backup", typed=[code()])
    ended, shown = bammajung(home, "verify", home / "practice" / "vault", typed=[wrong])

    assert ended == 1, shown
    assert "✗" in shown


def test_without_a_terminal_no_secret_is_asked_for(home):
    ended = subprocess.run(
        [sys.executable, "-m", "ui", "--home", home, "--practice", "backup"],
        cwd=ROOT, env=ENVIRONMENT, input=code() + "\n", capture_output=True, text=True,
        start_new_session=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 2
    assert "in a terminal" in ended.stderr
    assert backups.listing(home / "practice" / "vault") == ()


def test_two_new_passphrases_that_differ_are_asked_for_again(home, tmp_path):
    stick, other = tmp_path / "stick", tmp_path / "other"
    bammajung(home, "backup", "--to", stick, typed=[code()])

    ended, shown = bammajung(
        home, "restore", stick, "--to", other,
        typed=[code(), ANOTHER, ANOTHER + "!", ANOTHER, ANOTHER],
    )  # fmt: skip

    assert ended == 0, shown
    assert "not the same" in shown
