"""Where files live on this computer, and where a vault must not live."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from desktop.errors import UnsafePlace
from desktop.place_errors import VaultCopied

# Names of folders that a service copies elsewhere, in small letters.
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "내 드라이브": "Google Drive",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "iCloud",
    "mybox": "네이버 MYBOX",
    "naver mybox": "네이버 MYBOX",
    "네이버 mybox": "네이버 MYBOX",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box": "Box",
    "box sync": "Box",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
}
_MARKERS = {".dropbox": "Dropbox", ".stfolder": "Syncthing", ".owncloudsync.log": "ownCloud"}
_NETWORK = ("nfs", "cifs", "smb", "ncpfs", "afs", "fuse.sshfs", "fuse.rclone", "davfs", "ceph")
_MOUNTS = Path("/proc/self/mounts")


@dataclass(frozen=True, slots=True)
class Places:
    """Every path the program uses, below one home."""

    home: Path

    @staticmethod
    def usual() -> "Places":
        """Return the places of this login, as the system wants them."""
        # Imported here: starting with --home needs none of it.
        from platformdirs import user_data_path

        return Places(user_data_path("bammajung", appauthor=False, roaming=False))

    def vault(self, world: str) -> Path:
        """Return the first member's folder: 'practice' and 'real' never share one (D-016)."""
        return self.home / world / "vault"

    def vaults(self, world: str) -> tuple[Path, ...]:
        """Return every folder that holds a member's own vault, or any part of one."""
        others = sorted(self._members(world).glob("[0-9a-f]" * 16))
        return tuple(folder for folder in (self.vault(world), *others) if _holds_vault(folder))

    def new_vault(self, world: str, chance: Callable[[int], bytes]) -> Path:
        """Return where the next member's vault may be made. Creates nothing."""
        first = self.vault(world)
        return self._members(world) / chance(8).hex() if _holds_vault(first) else first

    def team(self, world: str) -> Path:
        """Return the folder of what the members on this laptop share."""
        return self.home / world / "team"

    def has_vault(self, world: str) -> bool:
        """Whether anybody's vault is here. Loads nothing heavy: starting asks it."""
        return _holds_vault(self.vault(world)) or bool(self.vaults(world))

    def _members(self, world: str) -> Path:
        return self.home / world / "members"

    @property
    def settings(self) -> Path:
        """The settings file. It holds no secret."""
        return self.home / "settings.json"

    @property
    def logs(self) -> Path:
        """The folder of the logs."""
        return self.home / "logs"

    @property
    def all_practice(self) -> Path:
        """The folder of everything invented: vaults, team and network, and nothing real."""
        return self.home / "practice"

    @property
    def practice(self) -> Path:
        """The folder of the practice network."""
        return self.home / "practice" / "network"


def _holds_vault(folder: Path) -> bool:
    names = ("hdr.a", "hdr.b", "notes.db", "notes.db-wal", "anchor")
    return any((folder / name).exists() for name in names)


def refuse_synced(folder: Path) -> None:
    """Raise `UnsafePlace` when a cloud service or a network share would copy this folder."""
    service = synced_by(folder)
    if service:
        raise UnsafePlace(service=service)


def refuse_copied(vault: Path) -> None:
    """Raise `VaultCopied` when that is so of a vault that stands there: it was moved (D-185)."""
    service = synced_by(vault)
    if service:
        raise VaultCopied(service=service)


def synced_by(folder: Path) -> str:
    """Return who copies this folder elsewhere, or an empty string."""
    real = folder.absolute().resolve()
    return by_name(real) or _by_marker(real) or _by_environment(real) or _by_mount(real)


def by_name(folder: PurePath) -> str:
    """Return the service whose folder this is by its names, on any system's paths."""
    if folder.drive.startswith("\\\\"):
        return "network share"
    for part in folder.parts:
        name = part.lower()
        for known in (name, name.split(" - ")[0], name.split("(")[0].strip()):
            if known in _SYNCED:
                return _SYNCED[known]
    return ""


def _by_marker(folder: Path) -> str:
    for parent in (folder, *folder.parents):
        for marker, service in _MARKERS.items():
            # The markers stand in the root of what is copied; ~/.dropbox is Dropbox's own state.
            if parent != Path.home() and (parent / marker).exists():
                return service
    return ""


def _by_environment(folder: Path) -> str:
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(name)
        if root and folder.is_relative_to(Path(root)):
            return "OneDrive"
    return ""


def _by_mount(folder: Path) -> str:
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return by_mounts(folder, lines)


def by_mounts(folder: PurePath, lines: list[str]) -> str:
    """Return 'network share' when the innermost mount that holds `folder` is one."""
    innermost, kind = PurePath(), ""
    for line in lines:
        fields = line.split()
        place = PurePath(fields[1].replace("\\040", " "))
        if folder.is_relative_to(place) and len(place.parts) >= len(innermost.parts):
            innermost, kind = place, fields[2]
    return "network share" if kind.startswith(_NETWORK) else ""
