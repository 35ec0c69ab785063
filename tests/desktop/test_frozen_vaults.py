"""A vault of every release opens for ever (R-05): with its passphrase, its code, its backup."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fakes import AbsentKeychain
from prove.evening import found_in

from desktop.services import members

FROZEN = sorted(p for p in (Path(__file__).parents[1] / "vaults").iterdir() if p.is_dir())


@pytest.fixture(params=FROZEN, ids=lambda place: place.name)
def frozen(request, tmp_path):
    told = json.loads((request.param / "told.json").read_text("utf-8"))
    return told, shutil.copytree(request.param / "vault", tmp_path / "vault")


def later(told):
    return datetime.fromisoformat(told["made_at"]) + timedelta(days=2)


def test_its_passphrase_opens_it_and_everything_is_there(frozen):
    told, folder = frozen

    opened = members.unlock(
        folder, told["passphrase"],
        world="practice", keychain=AbsentKeychain(), now=later(told),
    )  # fmt: skip

    opened.vault.verify()
    assert found_in(opened.vault) == told["found"]
    opened.vault.close()


def test_its_recovery_code_opens_it(frozen):
    told, folder = frozen

    opened = members.unlock_with_recovery(
        folder, told["recovery_code"], world="practice", now=later(told)
    )

    assert found_in(opened.vault) == told["found"]
    opened.vault.close()


def test_its_backup_opens_as_a_vault(frozen, tmp_path):
    told, folder = frozen
    [generation] = (folder / "backup").iterdir()
    place = shutil.copytree(generation, tmp_path / "again")

    opened = members.unlock_with_recovery(
        place, told["recovery_code"], world="practice", now=later(told)
    )

    assert found_in(opened.vault) == told["found"]
    opened.vault.close()


def test_there_is_one_to_open():
    assert FROZEN
