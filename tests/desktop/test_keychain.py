"""The keyring may add a factor. It is never believed, never chosen by others, never in the way."""

import secrets
import sys
from uuid import UUID

import pytest
from fakes import FakeBackend, FakeKeychain, LyingKeychain, NullKeychain
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from desktop.domain.ids import VaultId
from desktop.errors import KeyringSilent
from desktop.keychain import OsKeychain, keep_proven

VAULT = VaultId(UUID(int=3))
SECRET = bytes(range(32))


class Raising(FakeBackend):
    """A back end that fails the way its library does."""

    def __init__(self, error):
        super().__init__()
        self._error = error

    def get_password(self, service, username):
        raise self._error

    def set_password(self, service, username, password):
        raise self._error


def test_a_secret_that_was_kept_is_read_back():
    backend = FakeBackend()

    keep_proven(OsKeychain(lambda: backend), VAULT, SECRET)

    assert OsKeychain(lambda: backend).read(VAULT) == SECRET
    assert OsKeychain(lambda: backend).read(VaultId(UUID(int=4))) is None


def test_what_is_stored_is_short_enough_for_every_system():
    backend = FakeBackend()

    OsKeychain(lambda: backend).keep(VAULT, SECRET)

    ((_, text),) = backend.kept.items()
    assert len(text) < 1280
    assert text.isascii()


@pytest.mark.parametrize(
    "error",
    [
        InitError(), KeyringLocked(), NoKeyringError(), PasswordSetError(), OSError(),
        RuntimeError(), ConnectionRefusedError(), ValueError("stub received bad data"),
        KeyError("DBUS_SESSION_BUS_ADDRESS"), NameError("secretstorage"), AttributeError(),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_a_keyring_that_fails_is_silent_not_a_crash(error):
    keychain = OsKeychain(lambda: Raising(error))

    assert keychain.read(VAULT) is None
    with pytest.raises(KeyringSilent):
        keychain.keep(VAULT, SECRET)


@pytest.mark.parametrize("text", ["not base64!", "가", "====", ""])
def test_a_changed_entry_is_silence_or_another_secret_never_a_crash(text):
    backend = FakeBackend()
    keychain = OsKeychain(lambda: backend)
    keychain.keep(VAULT, SECRET)
    backend.kept = dict.fromkeys(backend.kept, text)

    assert keychain.read(VAULT) is None


@pytest.mark.parametrize("keychain", [NullKeychain(), LyingKeychain()])
def test_a_keyring_is_believed_only_after_reading_back(keychain):
    with pytest.raises(KeyringSilent):
        keep_proven(keychain, VAULT, SECRET)


def test_a_keyring_that_keeps_is_believed():
    keychain = FakeKeychain()

    keep_proven(keychain, VAULT, secrets.token_bytes(32))

    assert keychain.read(VAULT)


@pytest.mark.skipif(sys.platform != "linux", reason="names the Linux back end")
def test_neither_configuration_nor_environment_chooses_the_back_end(monkeypatch, tmp_path):
    from desktop.keychain import _allowed

    planted = tmp_path / "python_keyring"
    planted.mkdir()
    (planted / "keyringrc.cfg").write_text(
        "[backend]\ndefault-keyring=keyring.backends.null.Keyring\nkeyring-path=/tmp/planted\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/planted")
    monkeypatch.setenv("KEYRING_PROPERTY_SCHEME", "planted")

    backend = _allowed()

    assert type(backend).__mro__[1].__module__ == "keyring.backends.SecretService"
    assert not hasattr(backend, "preferred_collection")
    assert backend.scheme == "default"
    assert "/tmp/planted" not in sys.path


def test_a_laptop_without_a_keyring_is_silent(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")

    assert OsKeychain().read(VAULT) is None
    with pytest.raises(KeyringSilent):
        OsKeychain().keep(VAULT, SECRET)


def test_an_unknown_system_is_silent(monkeypatch):
    monkeypatch.setattr(sys, "platform", "plan9")

    assert OsKeychain().read(VAULT) is None
    with pytest.raises(KeyringSilent):
        OsKeychain().keep(VAULT, SECRET)
