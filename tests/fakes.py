"""Stand-ins for what we do not own: the operating system's keyring, chance, a clock."""

from desktop.errors import KeyringSilent
from sync.protocol.digests import sha256


class FakeKeychain:
    """A keyring that works, and remembers in `kept`."""

    def __init__(self):
        self.kept = {}

    def read(self, vault_id):
        return self.kept.get(vault_id)

    def keep(self, vault_id, secret):
        self.kept[vault_id] = secret


class AbsentKeychain(FakeKeychain):
    """No keyring on this laptop, or one that stays locked."""

    def keep(self, vault_id, secret):
        raise KeyringSilent


class NullKeychain(FakeKeychain):
    """Takes everything without a complaint, and keeps nothing."""

    def keep(self, vault_id, secret):
        pass


class LyingKeychain(FakeKeychain):
    """Gives back something else than it was given."""

    def read(self, vault_id):
        kept = super().read(vault_id)
        return bytes(byte ^ 1 for byte in kept) if kept else None


class FakeBackend:
    """What the `keyring` library would give us: keeps text by service and name."""

    def __init__(self, **kept):
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


class FixedChance:
    """The same bytes in the same order every time, never twice the same."""

    def __init__(self, seed="chance"):
        self._seed, self._count = seed, 0

    def __call__(self, length):
        self._count += 1
        block = sha256(f"{self._seed} {self._count}".encode())
        return (block * (length // 32 + 1))[:length]
