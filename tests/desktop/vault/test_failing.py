"""What failing disks and memory once broke, each kept here (found by `make prove WHAT=vault`)."""

import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import NOON, a_moment
from fakes import AbsentKeychain, FixedChance
from prove.failing import told_by_child
from vaults_for_tests import PASSPHRASE, WORLD, a_closed_vault, by_key

from desktop.domain.youths import Age
from desktop.errors import AppError, DiskFull, MemoryShort
from desktop.services import backups, members, notes, outreach, youths
from desktop.vault.checks import check_build
from desktop.vault.keys import FLOOR, stretched

resource = pytest.importorskip("resource")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, and limits itself")
PAGE, WAL_HEAD, FRAME_HEAD = 4096, 32, 24
TEXT = "편의점 앞에서 하늘이를 만났다. " * 200


@pytest.fixture
def folder(tmp_path):
    return a_closed_vault(tmp_path / "vault")


def write(vault):
    outreach.begin(vault, outreach.Plan("별빛공원"), a_moment())
    met = youths.meet(vault, youths.NewYouth("하늘", Age.stated(16)), "", a_moment())
    notes.save(vault, met.youth.id, met.meeting.id, TEXT, a_moment())
    return met


def in_a_child(work):
    """Do `work` where a limit harms nobody else; return the name of what it raised."""

    def told(_):
        try:
            work()
        except AppError as error:
            return type(error).__name__
        return ""

    return told_by_child(told)[0]


def test_a_page_torn_in_a_checkpoint_and_whole_in_the_log_is_no_damage(folder, tmp_path):
    with closing(by_key(folder)) as vault:
        write(vault)
        torn = shutil.copytree(folder, tmp_path / "torn")
    log, content = (torn / "notes.db-wal").read_bytes(), (torn / "notes.db").read_bytes()
    frames = range(WAL_HEAD, len(log), FRAME_HEAD + PAGE)
    pages = {int.from_bytes(log[at : at + 4], "big") for at in frames}
    inside = [number for number in pages if 1 < number <= len(content) // PAGE]

    with (torn / "notes.db").open("r+b") as file:
        for number in inside:
            file.seek((number - 1) * PAGE + PAGE // 2)
            file.write(bytes(PAGE // 2))

    assert inside
    with closing(by_key(torn)) as vault, vault.reading() as db:
        assert db.execute("SELECT text FROM note").fetchone() == (TEXT,)


@LINUX
def test_a_disk_that_fills_up_while_a_vault_is_made_is_told_as_full(tmp_path):
    def make():
        resource.setrlimit(resource.RLIMIT_FSIZE, (3 * PAGE, resource.RLIM_INFINITY))
        members.create(
            tmp_path / "new", PASSPHRASE,
            world=WORLD, chance=FixedChance(), keychain=AbsentKeychain(), cost=FLOOR,
        )  # fmt: skip

    assert in_a_child(make) == DiskFull.__name__
    assert list(tmp_path.iterdir()) == []


@LINUX
def test_a_passphrase_that_needs_more_memory_than_there_is_is_told_so():
    def stretch():
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        used = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + (1 << 20), resource.RLIM_INFINITY))
        stretched(b"x", bytes(16), FLOOR)

    check_build()

    assert in_a_child(stretch) == MemoryShort.__name__


def test_zeros_in_the_place_of_words_are_not_shown(folder):
    with closing(by_key(folder)) as vault:
        met = write(vault)
        with vault.transaction() as db:
            db.execute("UPDATE note SET text = ?", ("\0" * 40,))

        with pytest.raises(MemoryShort):
            youths.open_file(vault, met.youth.id, met.meeting.id, a_moment())


def test_an_older_backup_that_cannot_be_read_does_not_stop_the_next(folder):
    with closing(by_key(folder)) as vault:
        write(vault)
        first = backups.make(vault, NOON)
        anchor = folder / "backup" / first.name / "anchor"
        anchor.unlink()
        anchor.mkdir()
        outreach.begin(vault, outreach.Plan("별빛공원"), a_moment(hours=3))

        made = backups.make(vault, a_moment(hours=3).now)

        backups.verify(folder / "backup" / made.name, backups.of_vault(vault))
