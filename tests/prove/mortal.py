"""A vault whose process can be killed at any statement: before it, before COMMIT, or after it."""

from contextlib import contextmanager


class Killed(BaseException):
    """kill -9, played in this process: nobody may catch it but the harness.

    That a real one leaves the same behind (all of a transaction or nothing) is what vault-kill
    proves.
    """


class Fuse:
    """Burns down with every statement; at the end the process dies."""

    def __init__(self):
        self.left = None

    def burn(self):
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise Killed


class MortalDb:
    """One transaction's verbs, any of which may be the last."""

    def __init__(self, db, fuse):
        self._db, self._fuse = db, fuse

    def execute(self, *words):
        self._fuse.burn()
        return self._db.execute(*words)

    def executemany(self, *words):
        self._fuse.burn()
        return self._db.executemany(*words)

    def wrote(self, *words):
        self._fuse.burn()
        return self._db.wrote(*words)

    def __getattr__(self, name):
        return getattr(self._db, name)


class MortalVault:
    """A real vault, as the services see it."""

    def __init__(self, vault, fuse):
        self._vault, self._fuse = vault, fuse

    @contextmanager
    def transaction(self):
        with self._vault.transaction() as db:
            yield MortalDb(db, self._fuse)
            self._fuse.burn()
        self._fuse.burn()

    def __getattr__(self, name):
        return getattr(self._vault, name)
