"""Practice starts again at another address when its old one is taken, and is found there."""

import msgspec
import pytest
from vaults_for_tests import PASSPHRASE, by_key

from desktop.paths import Places
from desktop.services import exchange
from desktop.vault import enrolment
from sync.client.enrolment import Enrolment
from sync.protocol.directory import DeviceCert
from ui.practice import Address

OLD, NEW = "http://127.0.0.1:9", "http://127.0.0.1:19"


@pytest.fixture
def enrolled(start_practice, tmp_path):
    """Start over a practice vault that joined a hub which is not there any more."""
    started = start_practice()
    record = Enrolment(
        OLD, "practice", "device", b"\1" * 32, b"\1" * 96, root=bytes(32),
        hub="hub", hub_key=bytes(32), org="org", role="counselor", cert=DeviceCert(b"", b""),
    )  # fmt: skip
    vault = by_key(Places(tmp_path).vault("practice"))
    with vault.transaction() as db:
        enrolment.keep(db, msgspec.json.encode(record).decode())
    vault.close()
    return started.program


def hub_of(program, qtbot):
    found = []
    program.desk.tasks.run(exchange.line, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0].hub


def test_a_laptop_that_has_joined_follows_its_practice_hub(enrolled, qtbot):
    program = enrolled
    program.unlock.door.passphrase.edit.setText(PASSPHRASE)
    program.unlock.door.unlock_button.click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    qtbot.waitUntil(program.desk.window.isVisible)
    program.desk.window.header.search_button.setFocus()

    program.practice.ready.emit(Address(NEW, "CODE", bytes(32)))

    qtbot.waitUntil(lambda: hub_of(program, qtbot) == NEW)
    assert program.desk.window.header.search_button.hasFocus()
