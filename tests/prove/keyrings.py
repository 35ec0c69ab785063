"""Keyrings that fail, each in the way one does in the field (R-25)."""

import time

from fakes import FakeBackend

from desktop.keychain import OsKeychain

_MOST_BYTES = 2_560  # Windows' limit, in UTF-16


class Raising(FakeBackend):
    """Fails at reading, at writing, or at both."""

    def __init__(self, error, reads=False, writes=False):
        super().__init__()
        self._error, self._reads, self._writes = error, reads, writes

    def get_password(self, service, username):
        if not self._reads:
            raise self._error
        return super().get_password(service, username)

    def set_password(self, service, username, password):
        if not self._writes:
            raise self._error
        super().set_password(service, username, password)


class Small(FakeBackend):
    """Takes no more than Windows does."""

    def set_password(self, service, username, password):
        if len(password.encode("utf-16-le")) > _MOST_BYTES:
            raise ValueError("stub received bad data")
        super().set_password(service, username, password)


class Answering(FakeBackend):
    """Answers with something else, whatever it was given."""

    def __init__(self, answer):
        super().__init__()
        self._answer = answer

    def get_password(self, service, username):
        return self._answer


class Slow(FakeBackend):
    """Takes its time."""

    def get_password(self, service, username):
        time.sleep(0.2)
        return super().get_password(service, username)


def _null():
    from keyring.backends.null import Keyring

    return Keyring()


def _fail():
    from keyring.backends.fail import Keyring

    return Keyring()


def _locked():
    from keyring.errors import KeyringLocked

    return Raising(KeyringLocked("locked"))


def _unset():
    from keyring.errors import PasswordSetError

    return Raising(PasswordSetError("no"), reads=True)


def _full():
    """Somebody filled the entry up to what fits, and beyond."""
    return Answering("QUFB" * 2_000)


def kept_in(make) -> OsKeychain:
    """Return the program's own keychain over a back end that is made once, and remembers."""
    backend = make()
    return OsKeychain(lambda: backend)


# What the vault was made with is a keyring that works; each of these comes afterwards.
FAILING = {
    "locked": _locked,
    "null back end": _null,
    "fail back end": _fail,
    "changed back end": FakeBackend,
    "wiped": lambda: Answering(""),
    "over 2,560 bytes": _full,
    "as small as Windows": Small,
    "silent set": lambda: Answering(None),
    "other value": lambda: Answering("QUJDREU="),
    "exception at read": lambda: Raising(OSError(5, "bus"), writes=True),
    "exception at write": _unset,
    "slow": Slow,
}
