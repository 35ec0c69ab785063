"""Files have their places, and a vault is never where others copy it (R-14)."""

import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from desktop.errors import UnsafePlace
from desktop.paths import Places, by_mounts, by_name, refuse_synced, synced_by

HEAVY = {"keyring", "cryptography", "platformdirs", "sqlcipher3", "PySide6", "babel", "msgspec"}
MOUNTS = """\
/dev/sda2 / ext4 rw 0 0
server:/export /home/shared nfs4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
user@host: /home/me/remote fuse.sshfs rw 0 0
/dev/sdb1 /home/shared/usb ext4 rw 0 0
""".splitlines()


def test_the_worlds_share_nothing(tmp_path):
    places = Places(tmp_path)

    assert places.vault("practice") != places.vault("real")
    assert not places.vault("real").is_relative_to(places.vault("practice").parent)
    assert not places.practice.is_relative_to(places.vault("real").parent)


def test_a_vault_is_seen_by_any_of_its_parts(tmp_path):
    places = Places(tmp_path)
    assert not places.has_vault("real")

    places.vault("real").mkdir(parents=True)
    (places.vault("real") / "hdr.b").write_bytes(b"")

    assert places.has_vault("real")
    assert not places.has_vault("practice")


def test_the_usual_place_belongs_to_the_login(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert Places.usual().home.name == "bammajung"


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Users\kim\OneDrive\Bammajung"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\kim\OneDrive - 청소년쉼터\vault"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\kim\Dropbox (Team)\vault"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\kim\네이버 MYBOX\vault"), "네이버 MYBOX"),
        (PureWindowsPath(r"C:\Users\kim\MYBOX\vault"), "네이버 MYBOX"),
        (PureWindowsPath(r"G:\내 드라이브\vault"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\kim\iCloudDrive\vault"), "iCloud"),
        (PureWindowsPath(r"\\server\share\vault"), "network share"),
        (PurePosixPath("/Users/kim/Library/Mobile Documents/vault"), "iCloud"),
        (PurePosixPath("/Users/kim/Library/CloudStorage/Dropbox/vault"), "iCloud"),
        (PurePosixPath("/home/kim/dropbox/vault"), "Dropbox"),
        (PurePosixPath("/home/kim/Nextcloud/vault"), "Nextcloud"),
        (PurePosixPath("/home/kim/.local/share/bammajung/real/vault"), ""),
        (PurePosixPath("/home/kim/toolbox/vault"), ""),
        (PurePosixPath("/home/kim/onedrivers/vault"), ""),
        (PureWindowsPath(r"C:\Users\kim\AppData\Local\bammajung"), ""),
    ],
    ids=str,
)
def test_a_synced_folder_is_known_by_its_name(path, service):
    assert by_name(path) == service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/kim/vault", ""),
        ("/home/shared/vault", "network share"),
        ("/home/sharedness/vault", ""),
        ("/mnt/my share/vault", "network share"),
        ("/home/me/remote/vault", "network share"),
        ("/home/shared/usb/vault", ""),
    ],
)
def test_a_network_share_is_known_by_its_mount(path, service):
    assert by_mounts(PurePosixPath(path), MOUNTS) == service


@pytest.mark.parametrize(
    ("marker", "service"), [(".dropbox", "Dropbox"), (".stfolder", "Syncthing")]
)
def test_a_renamed_synced_folder_is_known_by_what_is_left_in_it(tmp_path, marker, service):
    (tmp_path / marker).mkdir()

    with pytest.raises(UnsafePlace) as caught:
        refuse_synced(tmp_path / "a" / "vault")

    assert caught.value.service == service


def test_a_link_into_a_synced_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox" / "x").mkdir(parents=True)
    (tmp_path / "quiet").symlink_to(tmp_path / "Dropbox" / "x")

    assert synced_by(tmp_path / "quiet" / "vault") == "Dropbox"


def test_what_onedrive_says_of_itself_is_believed(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDrive", str(tmp_path))

    assert synced_by(tmp_path / "documents") == "OneDrive"


def test_an_ordinary_folder_is_fine(tmp_path):
    refuse_synced(tmp_path / "vault")


def test_starting_loads_nothing_heavy():
    code = (
        "import sys, desktop.paths, desktop.settings, desktop.keychain, desktop.logs\n"
        f"print(*({HEAVY!r} & sys.modules.keys()))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.stdout, done.stderr) == ("\n", "")
