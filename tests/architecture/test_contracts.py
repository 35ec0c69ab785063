"""Imports follow the contracts, and a forbidden import planted anywhere is caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("desktop", "ui", "sync", "i18n")

PLANTED = [
    ("desktop/domain/notes.py", "import desktop.vault.notes"),
    ("desktop/domain/text.py", "import desktop.services.notes"),
    ("desktop/errors.py", "import desktop.domain.ids"),
    ("desktop/vault/notes.py", "import desktop.services.notes"),
    ("desktop/vault/database.py", "import desktop.keychain"),
    ("desktop/services/notes.py", "import ui.messages"),
    ("desktop/services/notes.py", "import i18n"),
    ("desktop/services/exchange.py", "import desktop.vault.notes"),
    ("desktop/services/referrals.py", "import desktop.domain.notes"),
    ("desktop/vault/outbox.py", "import desktop.vault.notes"),
    ("desktop/services/exchange.py", "import sync.server.desk"),
    ("sync/client/engine.py", "import desktop.domain.notes"),
    ("sync/client/engine.py", "import sync.server.desk"),
    ("sync/server/desk.py", "import sync.client.sealing"),
    ("sync/server/store.py", "import sync.server.desk"),
    ("sync/server/desk.py", "import sqlalchemy"),
    ("sync/server/store.py", "import psycopg"),
    ("sync/server/desk.py", "import starlette"),
    ("sync/protocol/codec.py", "import sync.client.errors"),
    ("sync/client/engine.py", "import requests"),
    ("sync/client/directory.py", "import tuf.ngclient"),
    ("sync/trust/layout.py", "import sync.client.errors"),
    ("sync/server/commands.py", "import segno"),
    ("sync/server/signatures.py", "import nacl.bindings"),
    ("desktop/services/notes.py", "import isal.isal_zlib"),
    ("sync/hsds/reading.py", "import sync.server.office"),
    ("desktop/vault/recovery.py", "import hashlib"),
    ("sync/server/app.py", "import requests"),
    ("sync/server/desk.py", "import prometheus_client"),
    ("sync/server/app.py", "import limits"),
    ("desktop/services/notes.py", "import sqlcipher3"),
    ("desktop/services/promises.py", "import holidays"),
    ("ui/promises/words.py", "import ui.notes.page"),
    ("ui/notes/page.py", "import sqlcipher3"),
    ("ui/notes/page.py", "import desktop.vault.notes"),
    ("ui/notes/page.py", "import ui.referrals.card"),
    ("ui/widgets/labels.py", "import ui.notes.page"),
    ("ui/world.py", "import sync.practice.network"),
    ("ui/main.py", "import sync.server.office"),
    ("ui/main.py", "import starlette"),
    ("ui/main.py", "import keyring"),
    ("desktop/services/notes.py", "import PySide6.QtCore"),
    ("ui/style.py", "import babel"),
    ("i18n/formats.py", "import sync.protocol.codec"),
    ("i18n/formats.py", "import desktop.domain.notes"),
    ("desktop/settings.py", "import platformdirs"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    copy = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "*.otf")
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(folder):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def said(house):
    """What the linter says of all of them at once: it names every import that breaks something."""
    kept = {place: (house / place).read_text("utf-8") for place, _ in PLANTED}
    for place, line in PLANTED:
        with (house / place).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    done = lint(house)
    for place, content in kept.items():
        (house / place).write_text(content, "utf-8")
    assert done.returncode == 1
    return done.stdout


def test_imports_follow_the_contracts():
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("place", "line"), PLANTED, ids=lambda value: value)
def test_a_planted_import_is_caught(said, place, line):
    importer, imported = place.removesuffix(".py").replace("/", "."), line.removeprefix("import ")
    outermost = imported.partition(".")[0]  # of a package of somebody else's no more is known

    assert any(f"{importer} -> {name} (l." in said for name in (imported, outermost))


def test_an_undeclared_room_is_caught(house):
    room = house / "ui" / "cellar"
    room.mkdir()
    (room / "__init__.py").write_text('"""Nobody drew this room."""\n', "utf-8")

    done = lint(house)
    shutil.rmtree(room)

    assert done.returncode == 1
