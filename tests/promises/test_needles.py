"""Nothing of an evening lies in the clear in any file that was written (D-005, R-20)."""

import os
import tempfile

import pytest
from backups_for_tests import leave_folder, say
from hub_for_tests import HubForTests
from prove.driving import a_home
from prove.needles import forms
from prove.network import template
from prove.sieve import hits
from prove.vault_needles import (
    NOTES,
    evenings,
    is_found_in_plain_sqlite,
    is_found_though_deleted,
)

from sync.protocol.backups import BackupRule
from sync.server.batch import Caller


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    return template(tmp_path_factory.mktemp("network") / "kept")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return a_home(tmp_path_factory.mktemp("home"), NOTES)


@pytest.fixture
def own_temporary_folder(monkeypatch):
    """The evening moves this process's temporary folder; put it back afterwards."""
    monkeypatch.setenv("TMPDIR", tempfile.gettempdir())
    monkeypatch.setenv("SQLITE_TMPDIR", os.environ["TMPDIR"])
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())


def test_an_evening_leaves_no_word_and_no_key_in_any_file(network, home, own_temporary_folder):
    found = evenings(network, home, "promise 0", 1)

    assert found == []


def test_the_same_words_without_encryption_are_found(network, tmp_path):
    assert is_found_in_plain_sqlite(network, tmp_path)


def test_a_file_without_a_name_is_found():
    assert is_found_though_deleted()


@pytest.mark.parametrize("form", forms("별빛공원 분수대에서 만난 아이"))
def test_a_word_is_found_however_it_was_written(form, tmp_path):
    word = "별빛공원 분수대에서 만난 아이"
    (tmp_path / "file").write_bytes(b"before" + forms(word)[form] + b"after")

    assert list(hits([tmp_path], {"place": word}))


def test_a_word_in_a_piece_that_was_left_at_a_hub_is_found(tmp_path):
    word, house = "별빛공원 분수대에서 만난 아이", HubForTests(tmp_path / "house")
    centre, folder = house.centre, tmp_path / "20261120T141000Z-0000000001"
    folder.mkdir()
    (folder / "notes.db").write_bytes(os.urandom(300_000) + word.encode() + os.urandom(99))
    say(house, centre, "/v1/orgs/backups", BackupRule(True))

    caller = Caller(centre.keys.device, centre.org, "admin")
    leave_folder(house.hub.store, caller, folder, house.clock())
    house.close()

    assert list(hits([tmp_path / "house" / "hub"], {"place": word}))


def test_a_key_is_found_inside_base64_that_began_earlier(tmp_path):
    import base64

    key = bytes(range(32))
    for before in (b"", b"a", b"ab", b"abc"):
        (tmp_path / f"{len(before)}").write_bytes(base64.b64encode(before + key + b"after"))

    found = list(hits([tmp_path], {"key": key}))

    assert {hit.rsplit(" ", 1)[1] for hit in found} == {"0", "1", "2", "3"}


def test_a_word_in_a_file_name_is_found(tmp_path):
    (tmp_path / "하늘다리의 기록.txt").write_bytes(b"")

    assert list(hits([tmp_path], {"alias": "하늘다리의"}))
