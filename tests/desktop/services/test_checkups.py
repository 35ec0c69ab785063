"""Once a week everything is read, while the evening goes on."""

import threading
from datetime import timedelta

import pytest
from builders import NOON

from desktop.errors import VaultDamaged
from desktop.services import checkups


def test_it_is_done_once_a_week_and_remembered(vault):
    assert checkups.check_if_due(vault, NOON)
    assert checkups.last(vault) == NOON
    assert not checkups.check_if_due(vault, NOON + timedelta(days=6))
    assert checkups.check_if_due(vault, NOON + timedelta(days=7))
    vault.verify()


def test_what_it_finds_is_named_and_kept_and_not_called_checked(vault):
    with vault.transaction() as db:
        db.execute("INSERT INTO meta VALUES ('nobody', 'journalled this')")

    with pytest.raises(VaultDamaged) as damage:
        checkups.check_if_due(vault, NOON)

    assert [record.record for record in damage.value.records] == ["nobody"]
    assert damage.value.quarantined
    assert checkups.last(vault) is None


def test_others_write_meanwhile(vault):
    stop, errors = threading.Event(), []

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            with vault.transaction() as db:
                db.execute("INSERT OR REPLACE INTO heard VALUES (?)", (str(number),))
                db.wrote("heard.first", number, 1, f'["{number}"]'.encode())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(20):
            checkups.check(vault, NOON)
    except VaultDamaged as error:
        errors.append(error)
    stop.set()
    writer.join()

    assert not errors
