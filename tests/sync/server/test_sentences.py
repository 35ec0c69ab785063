"""Whatever stops a command of the hub, it ends in a sentence that names the next step."""

import errno
import io
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hub_for_tests import NIGHT, HubForTests
from small_disk_for_tests import LINUX, on_a_small_disk

from sync.protocol.codec import canonical
from sync.server import tables
from sync.server.__main__ import start
from sync.server.copies import backup
from sync.server.sentences import sentence
from sync.server.store import Store

CHILD = Path(__file__).with_name("child_full_disk.py")
EXAMPLES = Path(__file__).parents[1] / "hsds" / "examples"


@pytest.fixture
def hub(tmp_path):
    """A hub that does not serve."""
    made = HubForTests(tmp_path)
    made.close()
    return made


@pytest.fixture
def complaint(hub, monkeypatch):
    """Type a command that cannot be done; return what it says."""
    handlers = {sent: signal.getsignal(sent) for sent in (signal.SIGTERM, signal.SIGINT)}

    def typed(*words):
        home = ["--home", str(hub.home / "hub"), "--world", "practice"]
        monkeypatch.setattr(sys, "argv", ["bammajung-hub", *home, *map(str, words)])
        with pytest.raises(SystemExit) as end:
            start()
        return end.value.code

    yield typed
    for sent, handler in handlers.items():
        signal.signal(sent, handler)


@contextmanager
def opened(hub):
    store = Store(hub.home / "hub")
    yield store
    store.close()


@LINUX
def test_a_full_disk_is_said_and_leaves_nothing_by_half(tmp_path):
    told = on_a_small_disk(tmp_path / "disk", CHILD)

    assert told.pop("left") == []
    again, new = told.pop("again"), told.pop("new")
    for said, why in told.values():
        assert said == ""
        assert why.count("\n") == 0
        assert "full" in why
        assert "make room" in why.lower()
    assert ("code:    " in again[0], again[1]) == (True, "")
    assert (len(new[0]), new[1]) == (65, "")


@LINUX
def test_a_full_disk_of_the_new_hub_is_not_the_lost_ones_fault(tmp_path):
    told = on_a_small_disk(tmp_path / "disk", CHILD, "restore")

    said, why = told["full"]
    assert said == ""
    assert why.startswith("The disk took no more")
    assert "No hub was made. Make room" in why
    assert "--lost" not in why
    assert told["left"] == []
    assert "withdrawn again: 1\ndestroyed again: 180\n" in told["again"][0], "the control"


@LINUX
def test_backups_that_ended_and_are_not_destroyed_are_not_said_to_be_unchanged(tmp_path):
    told = on_a_small_disk(tmp_path / "disk", CHILD, "end-backups")

    assert "Nothing was changed. Make room" in told["none"][1], "the control"
    assert told["some"][0] == ""
    assert "full" in told["some"][1]
    assert "can be fetched no more, but not all of them are destroyed yet" in told["some"][1]
    assert told["some"][1].endswith("Make room, then ask again.")
    assert " 1048576 bytes\n" in told["left"][0]
    assert told["again"] == ["destroyed\n", ""]


def test_a_database_that_does_not_answer_is_not_called_nobodys(complaint, hub, tmp_path):
    down = ("--database", f"postgresql://postgres@/hub?host={tmp_path}")
    made = backup(hub.home / "hub", tmp_path / "copy", NIGHT)
    key = {"hub.key": made.files["hub.key"]}
    elsewhere = msgspec.structs.replace(made, has_database=False, files=key)
    (tmp_path / "copy" / "manifest.json").write_bytes(canonical(elsewhere))

    said = {
        complaint(*down, "devices", "o"),
        complaint(*down, "backup", tmp_path / "other"),
        complaint("--home", tmp_path / "new", *down, "restore", tmp_path / "copy"),
    }

    (why,) = said
    assert why.startswith("The database cannot be reached")
    assert "does it run?" in why
    assert not [*tmp_path.glob("new*"), *tmp_path.glob("other*")]


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (("add-org", "missing.json"), "missing.json:1: row: cannot be read"),
        (("proposals", "--to", CHILD), f"({CHILD}). Name another place."),
        (("publish", "missing"), "name the keepers' folder"),
        (("publish", EXAMPLES), "(directory-refused)"),
        (("--database", "postgresql://u:p@h:abc/d", "pending", "o"), "postgresql://USER"),
        (("--database", "mysql://u@h/d", "pending", "o"), "postgresql://USER"),
        (("--database", "nonsense", "restored"), "postgresql://USER"),
        (("--world", "real", "restored"), "--world"),
        (("--home", CHILD / "below", "restored"), "Is --home right"),
    ],
)
def test_what_was_mistyped_is_named_with_the_next_step(complaint, words, step):
    assert step in complaint(*words)


def test_the_port_that_is_taken_is_the_one_that_is_named(hub):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        served, figures = (
            subprocess.run(
                [
                    sys.executable, "-m", "sync.server", "--home", hub.home / "hub",
                    "--world", "practice", "--quiet", *words,
                ],
                capture_output=True, text=True, check=False, timeout=60,
            ).stderr
            for words in (("--port", port), ("--port", "0", "--metrics-port", port))
        )  # fmt: skip

    assert served.endswith("choose another --port.\n")
    assert figures.endswith("choose another --metrics-port.\n")
    assert port in figures
    assert (served.count("\n"), figures.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "words", [("--port", "70000"), ("--port", "-1"), ("--metrics-port", "70000")]
)
def test_a_port_that_is_none_is_refused_where_it_is_typed(complaint, words, capsys):
    assert complaint(*words) == 2
    assert words[1] in capsys.readouterr().err


def test_a_picture_that_cannot_be_written_makes_no_code(complaint, hub):
    why = complaint("new-code", hub.centre.org, "admin", "--svg", "/nowhere/code.svg")

    assert "/nowhere/code.svg" in why
    with opened(hub) as store, store.reading() as db:
        assert not db.all(tables.enrol_code)


def test_what_a_terminal_cannot_show_does_not_lose_the_code(complaint, hub, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "ascii"))

    assert complaint("new-code", hub.centre.org, "admin") == 0

    sys.stdout.flush()
    said = written.getvalue().decode("ascii")
    assert "code:    " in said
    assert "--svg" in said


@pytest.mark.parametrize("secret", [b"", b"half", bytes(33)])
def test_a_key_file_that_holds_no_key_is_named(complaint, hub, secret):
    (hub.home / "hub" / "hub.key").write_bytes(secret)

    assert complaint("restored").startswith("hub.key in this folder is no key.")


def test_a_newer_database_says_which_ways_are_left(complaint, hub):
    with opened(hub) as store:
        store.upgrade(lambda line: line.exec_driver_sql(_NEWER))

    assert "Install that version" in complaint("restored")


_NEWER = "UPDATE alembic_version SET version_num = '9999'"


@pytest.mark.parametrize("words", [("add-org", EXAMPLES / "csv"), ("restored",), ("--port", "0")])
def test_root_does_nothing_in_the_folder_of_the_hubs_own_user(complaint, hub, monkeypatch, words):
    before = sorted(each.name for each in (hub.home / "hub").iterdir())
    monkeypatch.setattr(os, "geteuid", lambda: (hub.home / "hub").stat().st_uid + 1)

    why = complaint(*words)

    assert f"sudo -u {(hub.home / 'hub').owner()}" in why
    assert sorted(each.name for each in (hub.home / "hub").iterdir()) == before


@pytest.mark.parametrize("number", [errno.EADDRINUSE, errno.EACCES, errno.EROFS, errno.EIO])
def test_what_the_system_refuses_is_said_in_one_sentence_or_two(number):
    said = sentence(OSError(number, os.strerror(number), "/srv/hub"))

    assert said.endswith((".", "…"))
    assert "\n" not in said
