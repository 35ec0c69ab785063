"""The commands by which docs/hub.md founds a hub, typed as they stand there."""

import os
import re
import select
import signal
import subprocess
import sys
import time
import uuid
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes

import pytest
from fakes import FakeKeychain
from vaults_for_tests import PASSPHRASE as OPENS

from desktop.domain.moment import Moment
from desktop.services import enrolment, exchange, members
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState
from sync.client.errors import LineError
from sync.client.transport import HttpHub
from sync.practice.hub import HubProcess
from sync.protocol.tickets import read_ticket

DOCS = Path(__file__).parents[2] / "docs"
CENTER = Path(__file__).parents[1] / "sync" / "hsds" / "examples" / "organization_full.json"
PASSPHRASE = b"the keepers' own\n"
_BLOCK = re.compile(r"```sh\n(.*?)\n```", re.DOTALL)
_OPTIONS = re.compile(r"ExecStart=\S+ (.*?)\n[A-Z]", re.DOTALL)


def blocks(name):
    page = (DOCS / name).read_text("utf-8")
    return [block for block in _BLOCK.findall(page) if "bammajung-" in block]


def founding(name):
    """Return what is typed from the first key to the nightly copy."""
    typed = blocks(name)
    first = next(n for n, block in enumerate(typed) if "stamp-key" in block)
    last = next(n for n, block in enumerate(typed) if " backup " in block)
    return typed[first : last + 1]


def moment():
    # A real hub and real signatures live by the real clock.
    return Moment(datetime.now(UTC), uuid.uuid4())  # noqa: TID251


class Laptop:
    """The first admin's, which joins as it is told."""

    def __init__(self, place):
        made = members.create(
            place, OPENS, world="real",
            chance=token_bytes, keychain=FakeKeychain(), cost=members.FLOOR,
        )  # fmt: skip
        members.prove_code(made.vault)
        self.vault, self.told = made.vault, ""

    @property
    def ticket(self):
        return read_ticket(self.told.splitlines()[-1])

    def ask(self):
        line = enrolment.unknown_hub(self.ticket.url, "real")
        invitation = Invitation(self.ticket.code, self.ticket.root)
        return enrolment.enrol(self.vault, line, invitation, moment(), token_bytes)

    def round(self):
        with closing(enrolment.hub(self.vault)) as line:
            return exchange.exchange(self.vault, line, moment().now).state


def wait_for(url):
    deadline = time.monotonic() + 30
    with closing(HttpHub(url, None, "real", None)) as line:
        while True:
            try:
                return line.hello()
            except LineError:
                assert time.monotonic() < deadline
                time.sleep(0.05)


class Typist:
    """Types what a page says, in folders of their own, with what was said before filled in."""

    def __init__(self, place):
        self.place, self.known = place, {}
        for folder in (
            "media/a",
            "media/b",
            "media/t",
            "media/c",
            "media/stick",
            "srv/hub",
            "desk",
        ):
            (place / folder).mkdir(parents=True)
        (place / "srv" / "hub-copies").mkdir()
        (place / "desk" / "center.json").write_bytes(CENTER.read_bytes())
        self._path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def here(self, block):
        words = block.replace("sudo -u hub ", "")
        for told, value in self.known.items():
            words = re.sub(rf"(?<!\S){told}(?!\S)", value, words)
        return re.sub(r"(?<!\S)/(media|srv)", rf"{self.place}/\1", words)

    def __call__(self, block):
        """Type it at a terminal of its own, with the passphrase wherever one is asked for."""
        ours, theirs = os.openpty()
        # A new session's first terminal is where passphrases are asked for.
        typed = subprocess.Popen(
            ["/bin/sh", "-euc", f": < {os.ttyname(theirs)}\n{self.here(block)}"],
            cwd=self.place / "desk", env={**os.environ, "PATH": self._path}, text=True,
            start_new_session=True, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        told = b""
        while typed.poll() is None:
            if select.select([ours], [], [], 0.05)[0]:
                with suppress(OSError):  # it has just ended
                    told += os.read(ours, 4096)
                if told.endswith(b": "):
                    os.write(ours, PASSPHRASE)
                    told = b""
        os.close(ours)
        assert typed.returncode == 0, told
        with typed.stdout:
            return typed.stdout.read()

    def by_itself(self, block):
        """Run it as a night does: whatever fails, the next line is tried."""
        env = {**os.environ, "PATH": self._path}
        subprocess.run(["/bin/sh", "-c", self.here(block)], env=env, check=False)

    def one_by_one(self, block, told=""):
        """Type each command for itself: the first one's first word is what the others name."""
        said = ""
        for command in re.split(r"\n(?! )", block):
            said += self(command)
            if told:
                self.known.setdefault(told, said.split()[0])
        return said

    def carry(self):
        """Bring the keepers' folder to the hub, and the hub's proposals to the keepers."""
        stick = self.place / "media" / "stick"
        for folder, to in (("desk/directory", "directory"), ("srv/hub/proposals", "proposals")):
            if (self.place / folder).exists():
                subprocess.run(["cp", "-rT", self.place / folder, stick / to], check=True)

    @contextmanager
    def serving(self):
        """Serve as the page's unit does, at an address that is free here."""
        port = HubProcess(self.place / "none").port
        said = _OPTIONS.search((DOCS / "hub.md").read_text("utf-8"))[1].replace("\\\n", " ")
        said = said.replace("https://hub.example.kr", f"http://127.0.0.1:{port}")
        said = re.sub(r"--metrics-port \d+", f"--port {port} --quiet", said)
        hub = subprocess.Popen(
            ["/bin/sh", "-c", f"exec bammajung-hub {self.here(said)}"],
            env={**os.environ, "PATH": self._path},
        )
        try:
            wait_for(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            hub.send_signal(signal.SIGTERM)
            assert hub.wait(30) == 0


@pytest.fixture
def typist(tmp_path):
    return Typist(tmp_path)


def test_both_pages_type_the_same():
    assert founding("hub.md") == founding("hub.ko.md")
    assert len(founding("hub.md")) == 8


@pytest.fixture
def laptop(tmp_path):
    made = Laptop(tmp_path / "laptop")
    yield made
    made.vault.close()


def test_a_hub_and_its_first_organisation_are_founded_as_the_page_says(typist, laptop):
    stamp, keys, publish, adding, door, propose, listing, copying = founding("hub.md")
    typist.known["STAMP"] = typist(stamp).strip()
    with typist.serving() as url:
        typist(keys)
        typist.carry()
        typist(publish)
        laptop.told = typist.one_by_one(adding, "ORG")
        before = laptop.ask()
        waiting = typist.one_by_one(door, "DEVICE")
        unlisted = laptop.ask()
        typist(propose)
        typist.carry()
        asked = typist.one_by_one(listing)
        typist.carry()
        typist(publish)
        after, state = laptop.ask(), laptop.round()
        typist(copying)

    assert (before, unlisted) == (EnrolmentState.PENDING, EnrolmentState.PENDING)
    assert (after, state) == (EnrolmentState.ENROLLED, HubState.REACHED)
    assert laptop.ticket.url == url
    assert str(enrolment.words(laptop.vault)) in waiting
    assert "Nothing was published" in asked
    assert "1 organisations" in asked
    assert len(list((typist.place / "srv" / "hub-copies").iterdir())) == 1


def test_a_night_without_a_new_copy_takes_no_older_one_away(typist):
    stamp, *_, copying = founding("hub.md")
    old = typist.place / "srv" / "hub-copies" / "2026-01-01"
    old.mkdir()
    os.utime(old, (0, 0))

    typist.by_itself(copying)
    assert old.exists()

    typist(stamp)
    typist.by_itself(copying)
    assert not old.exists()


@pytest.mark.parametrize("name", ["hub.md", "hub.ko.md"])
def test_the_only_copy_of_a_key_lies_where_no_clean_up_passes(name):
    page = (DOCS / name).read_text("utf-8")
    cleaned = re.findall(r"find (\S+) .*-exec rm", page)
    (kept,) = re.findall(r"--database … backup (\S+)", page)

    assert cleaned
    assert not any(Path(kept).is_relative_to(folder) for folder in cleaned)
