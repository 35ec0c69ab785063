"""`bammajung salvage`, typed at a terminal: what is left, what is not, a new vault on a wish."""

import json
import re

import pytest
from builders import NOON
from prove.evening import Night, begin, found_in
from vaults_for_tests import a_closed_vault, by_key, code

from desktop.services import members

pytest.importorskip("pty")  # Windows has consoles instead
from terminal_for_tests import bammajung

PASSPHRASE = "비 그친 새벽 버스 정류장의 파란 의자"
PAGE = 4096


@pytest.fixture
def home(tmp_path):
    vault = by_key(a_closed_vault(tmp_path / "home" / "practice" / "vault"))
    begin(vault, "evening")
    night = Night(vault, "evening", {})
    for _ in range(40):
        night.next()[2]()
    vault.close()
    return tmp_path / "home"


def database(home):
    return home / "practice" / "vault" / "notes.db"


def rot(file, at):
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def test_what_can_be_read_and_what_cannot_is_said_without_a_word_of_it(home):
    vault = by_key(home / "practice" / "vault")
    words = {value.split()[-1] for key, value in found_in(vault).items() if "note" in key}
    vault.close()
    content = database(home).read_bytes()
    database(home).write_bytes(content[: len(content) // PAGE // 2 * PAGE])

    ended, shown = bammajung(home, "salvage", typed=[code()])

    assert ended == 1, shown
    assert "can be read" in shown
    assert "No backup holds it." in shown
    assert not any(word in shown for word in words)
    assert code() not in shown


def test_a_sound_vault_misses_nothing(home):
    ended, shown = bammajung(home, "salvage", "--json", typed=[code()])

    told = json.loads(shown[shown.index("[") :])
    assert ended == 0
    assert told[-1]["says"] == "Nothing is missing."


def test_on_a_wish_it_goes_into_a_new_vault_that_the_shown_code_opens(home, tmp_path):
    vault = by_key(home / "practice" / "vault")
    truth = found_in(vault)
    vault.close()
    rot(database(home), 2000)

    ended, shown = bammajung(
        home, "salvage", "--into", tmp_path / "new", typed=[code(), PASSPHRASE, PASSPHRASE]
    )

    assert ended == 0, shown
    fresh = re.search(r"recovery code down now: (\S+)", shown)[1]
    place = tmp_path / "new" / "practice" / "vault"
    unlocked = members.unlock_with_recovery(place, fresh, world="practice", now=NOON)
    assert found_in(unlocked.vault) == truth
    unlocked.vault.close()


def test_the_wrong_code_reads_nothing(home):
    ended, shown = bammajung(home, "salvage", typed=["AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"])

    assert ended == 1
    assert "can be read" not in shown
