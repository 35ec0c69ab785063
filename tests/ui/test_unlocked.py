"""What is loaded once the main window can be used, so that nothing comes back unnoticed."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from fakes import AbsentKeychain, FixedChance
from vaults_for_tests import PASSPHRASE

from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.paths import Places
from desktop.services import members, outreach, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth

ROOT = Path(__file__).parent.parent.parent
NOW = datetime.now(UTC)  # noqa: TID251
"""The program reads the real clock: a night of another day would be over."""
UNNEEDED = (
    "babel", "zoneinfo", "_hashlib", "hashlib", "requests", "urllib3", "ssl", "http", "asyncio",
    "sync.client.transport", "sync.server", "sync.practice",
    "ui.notes", "ui.consents", "ui.referrals", "ui.settings.sheet", "ui.searching",
    "ui.emergency.report", "ui.youths.new_meeting", "ui.syncing.outbox", "ui.syncing.behind",
    "ui.unlock.joining", "ui.unlock.first", "ui.unlock.names", "ui.unlock.other_ways",
    "ui.members", "ui.team", "ui.window.drawer", "ui.widgets.paper_code", "desktop.services.team",
    "ui.keeping.backups", "ui.keeping.ending", "ui.keeping.looks", "ui.practice", "ui.tour",
    "ui.doctor", "nacl", "isal",
    "ui.nights", "ui.youths.plan_sheet", "desktop.services.nights",
)  # fmt: skip
LOOK = f"""
import sys
import ui.main
from ui.__main__ import start

painted = ui.main.Program._on_painted

def open_the_door(program):  # not a name that Program has: Qt looks slots up by their names
    painted(program)
    program.opened.connect(lambda: program.desk.line.round_done.connect(lambda _: look(program)))
    program.unlock.door.passphrase.edit.setText({PASSPHRASE!r})
    program.unlock.door.unlock()

def look(program):
    window = program.desk.window
    print(window.isVisible(), window.rail.people.view.model().rowCount(), *sys.modules)
    sys.stdout.flush()
    program.lock.close()
    program._app.exit(0)

ui.main.Program._on_painted = open_the_door
sys.argv = ["bammajung", *sys.argv[1:]]
sys.exit(start())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return a home whose vault has a night under way, and one young person met."""
    home = tmp_path_factory.mktemp("home")
    folder = Places(home).vault("real")
    folder.parent.mkdir(parents=True)
    made = members.create(
        folder, PASSPHRASE,
        world="real", chance=FixedChance(), keychain=AbsentKeychain(), cost=members.FLOOR,
    )  # fmt: skip
    members.prove_code(made.vault)
    outreach.begin(made.vault, Plan("역"), Moment(NOW, UUID(int=1)))
    who = NewYouth("하늘", Age.stated(16))
    youths.meet(made.vault, who, "역", Moment(NOW, UUID(int=2)))
    made.vault.close()
    return home


@pytest.fixture(scope="module")
def loaded(home):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", LOOK, "--home", str(home)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    is_visible, rows, *modules = ended.stdout.split()
    assert (is_visible, rows) == ("True", "1")
    return set(modules)


@pytest.mark.parametrize("name", UNNEEDED)
def test_what_a_night_does_not_need_at_once_is_not_loaded(loaded, name):
    assert [each for each in loaded if each == name or each.startswith(name + ".")] == []


def test_what_it_needs_is_loaded(loaded):
    assert {
        "ui.window.window",
        "ui.youths.rail",
        "desktop.vault.database",
        "i18n.formats",
    } <= loaded
