"""The operating system's keyring: a second factor, never the only way in (D-017)."""

import base64
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol, cast

from desktop.domain.ids import VaultId
from desktop.errors import KeyringSilent

_COMPLAINTS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney", "DBusErrorResponse"),
    ("pywintypes", "error"),
)
# A back end whose own library is missing fails with whatever Python says to that.
_BROKEN = (OSError, RuntimeError, ValueError, LookupError, NameError, AttributeError, TypeError)


class Keychain(Protocol):
    """Keeps one secret for each vault."""

    def read(self, vault_id: VaultId) -> bytes | None:
        """Return the secret, or None when it is not there or cannot be had."""

    def keep(self, vault_id: VaultId, secret: bytes) -> None:
        """Store the secret, or raise `KeyringSilent`."""


class Backend(Protocol):
    """What we use of a `keyring` back end."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what was stored."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store it."""


def keep_proven(keychain: Keychain, vault_id: VaultId, secret: bytes) -> None:
    """Store the secret and read it back: some keyrings take everything and keep nothing."""
    keychain.keep(vault_id, secret)
    if keychain.read(vault_id) != secret:
        raise KeyringSilent


class OsKeychain:
    """The keyring of this login, reached anew each time, so that reading proves keeping."""

    def __init__(self, make: Callable[[], Backend] | None = None) -> None:
        """Use the one back end allowed on this system, unless a test hands in another."""
        self._make = make or _allowed

    def read(self, vault_id: VaultId) -> bytes | None:
        """Return the secret, or None when the keyring does not give it."""
        try:
            kept = self._make().get_password(_service(vault_id), str(vault_id))
            return base64.b64decode(kept, validate=True) if kept else None
        except _complaints():
            return None

    def keep(self, vault_id: VaultId, secret: bytes) -> None:
        """Store the secret as text short enough for Windows (1,280 characters)."""
        text = base64.b64encode(secret).decode()
        try:
            self._make().set_password(_service(vault_id), str(vault_id), text)
        except _complaints() as error:
            raise KeyringSilent from error


def _service(vault_id: VaultId) -> str:
    return f"bammajung/{vault_id}"


def _allowed() -> Backend:
    """Make the back end without what KEYRING_PROPERTY_… in the environment would change."""
    try:
        found = _named_for_this_system()
    except ImportError as error:
        raise KeyringSilent from error
    settled = {"set_properties_from_env": lambda _: None, "keychain": None}
    backend: Any = type(found.__name__, (found,), settled)()
    if sys.platform == "win32":
        backend.persist = "local machine"  # the default roams with the profile
    return cast("Backend", backend)


def _named_for_this_system() -> type:
    """Return the one class allowed here.

    keyring's own choice is never asked for: it runs what `keyringrc.cfg` and the environment
    say, and one of its answers takes everything and keeps nothing.
    """
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring
    if sys.platform == "darwin":
        from keyring.backends import macOS

        return macOS.Keyring
    if sys.platform == "linux":
        from keyring.backends import SecretService

        return SecretService.Keyring
    raise KeyringSilent


def _complaints() -> tuple[type[Exception], ...]:
    """Return the exceptions the back ends raise, of those that are installed."""
    from keyring.errors import KeyringError

    found: list[type[Exception]] = [KeyringSilent, KeyringError, *_BROKEN]
    for module, name in _COMPLAINTS:
        try:
            found.append(getattr(import_module(module), name))
        except ImportError:
            continue
    return tuple(found)
