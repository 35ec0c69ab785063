"""A network's repository for tests: real keys of every role, all in one pocket."""

import secrets

from sync.trust.layout import ROOTS, TIMESTAMP, Holders, Network, Role, newest
from sync.trust.making import fingerprint, public_of, published, root, signed, stamped


class Keepers:
    """Three root keys, those of the other roles, and the files as the hub would serve them."""

    def __init__(self, now, world="practice", timestamp=None, chance=secrets.token_bytes):
        self.network = Network("practice", world)
        self.roots = tuple(chance(32) for _ in range(3))
        self.targets, self.snapshot, self.timestamp = chance(32), chance(32), chance(32)
        self.timestamp_pub = timestamp or public_of(self.timestamp)
        self.version = 1
        """Of the next snapshot and targets."""
        self.files = {"1.root.json": self.signed_root(now)}

    @property
    def holders(self):
        keys = (*map(public_of, (self.targets, self.snapshot)), self.timestamp_pub)
        return Holders(tuple(map(public_of, self.roots)), *keys)

    @property
    def fingerprint(self):
        return fingerprint(self.files)

    def signed_root(self, now, previous=b"", signers=None):
        raw = root(self.holders, now, previous)
        for seed in signers or self.roots[:2]:
            raw = signed(raw, seed)
        return raw

    def publish(self, listings, now):
        """List exactly these; the timestamp is made by whoever serves."""
        seeds = {Role.TARGETS: self.targets, Role.SNAPSHOT: self.snapshot}
        before = {name: raw for name, raw in self.files.items() if name.endswith(".root.json")}
        # A version is the one after the newest there is, so an empty one stands before ours.
        before |= {f"{self.version - 1}.{role}.json": b"" for role in ("targets", "snapshot")}
        self.files = {
            **published(before, self.network, listings, seeds, now),
            **{name: raw for name, raw in self.files.items() if name == TIMESTAMP},
        }
        self.version += 1
        return {name: raw for name, raw in self.files.items() if name != TIMESTAMP}

    def stamp(self, now):
        self.files[TIMESTAMP] = stamped(self.files, self.timestamp, now)
        return self.files

    def fetch(self, path, limit):
        """Serve a file as a hub does."""
        if path.startswith(ROOTS):
            return newest(self.files, Role.ROOT)[1]
        return self.files.get(path)
