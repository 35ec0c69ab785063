"""A PostgreSQL of the tests' own: in a temporary folder, on no port, ended with the process."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_PLACES = "/usr/lib/postgresql/*/bin/postgres"
_QUICK = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "jit": "off",
    "lc_messages": "C",
}
_PATIENCE = 30.0
_KEEP = "CREATE TABLE kept.{table} AS SELECT * FROM public.{table};"
_PUT_BACK = "DELETE FROM public.{table}; INSERT INTO public.{table} SELECT * FROM kept.{table};"
_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class PostgresForTests:
    """A running server. `new` makes a database and returns its address."""

    def __init__(self, folder, programs):
        self._folder = folder
        _as_nobody(
            programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust",
            # The order of letters is Korean here, so that nothing leans on the order of bytes.
            "-E", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "ko",
            "--no-sync", folder=folder,
        ).communicate()  # fmt: skip
        said = [word for name, value in _QUICK.items() for word in ("-c", f"{name}={value}")]
        self._process = _as_nobody(
            programs / "postgres", "-D", folder / "data", "-k", folder, *said, folder=folder
        )
        self._office = self._answering()
        self._made = 0
        self._idle, self._own = {}, {}

    def new(self, template="template0"):
        """Make an empty database."""
        self._made += 1
        self._office.execute(f"CREATE DATABASE hub{self._made} TEMPLATE {template}")
        return self.address(f"hub{self._made}")

    @contextmanager
    def copy(self, like):
        """Lend a copy of the database at the address `like`, which is closed.

        Copies are used again, with their rows put back: making one takes ten times longer.
        """
        if like not in self._idle:
            self._idle[like] = []
            self._keep(like)
        idle = self._idle[like]
        address = idle.pop() if idle else self.new(_name(like))
        yield address
        own = self._own.get(address) or self._looking_after(address)
        own.execute(_ALONE)
        try:
            own.execute("SELECT kept.put_back()")
        except psycopg.errors.UndefinedTable:  # the test took a table away
            self.drop(address)
        else:
            idle.append(address)

    @property
    def folder(self):
        """Where its data lies, and what it logged."""
        return self._folder

    def flush(self):
        """Write what is in its memory into its data folder."""
        self._office.execute("CHECKPOINT")

    def drop(self, address):
        """Take a database away, whoever still uses it."""
        if address in self._own:
            self._own.pop(address).close()
        self._office.execute(f"DROP DATABASE {_name(address)} WITH (FORCE)")

    def address(self, name):
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def close(self):
        for connection in (self._office, *self._own.values()):
            connection.close()
        # At once: who has not let go of a connection must not keep us waiting.
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(_PATIENCE)

    def _keep(self, address):
        """Keep the rows beside the tables, with what puts them back."""
        with psycopg.connect(address) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            kept, back = (
                " ".join(words.format(table=table) for (table,) in tables)
                for words in (_KEEP, _PUT_BACK)
            )
            function = "CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS"
            connection.execute(f"CREATE SCHEMA kept; {kept} {function} $$ BEGIN {back} END $$")

    def _looking_after(self, address):
        """Return a connection that stays: to make one takes as long as to put all rows back."""
        self._own[address] = made = psycopg.connect(address, autocommit=True)
        made.execute("SET session_replication_role = replica")
        return made

    def _answering(self):
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return psycopg.connect(self.address("postgres"), autocommit=True)
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.02)


@contextmanager
def a_postgres():
    """Run a server, or skip where the system is not one that `make test` prepares."""
    programs = _programs()
    if programs is None and sys.platform != "linux":
        pytest.skip("PostgreSQL is looked for on Linux only")
    assert programs, "no PostgreSQL under /usr/lib/postgresql: run ./prepare.sh test"
    folder = Path(tempfile.mkdtemp(prefix="bammajung-postgres-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "nobody")
        server = PostgresForTests(folder, programs)
        try:
            yield server
        finally:
            server.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs():
    """Return the folder of the newest PostgreSQL's programs: Debian keeps them out of the path."""
    found = sorted(Path("/").glob(_PLACES[1:]), key=lambda file: int(file.parts[-3]))
    return found[-1].parent if found else None


def _as_nobody(*words, folder):
    """Start a program that refuses to be root, so that it ends when we do."""
    before = []
    if sys.platform == "linux":
        before = ["setpriv", "--pdeathsig", "QUIT"]
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        before += [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    with (folder / "said").open("ab") as said:
        return subprocess.Popen(
            [*before, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )


def _name(address):
    return re.search(r"/(\w+)\?", address).group(1)
