"""Freeze a vault of this release: `python tests/vaults/freeze.py 0.1.0`. Done once a release.

What is written here must open for ever, with its passphrase and with its recovery code.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

from fakes import AbsentKeychain, FixedChance  # noqa: E402 - the path comes first
from prove.evening import DUSK, Night, begin, found_in  # noqa: E402

from desktop.services import backups, members  # noqa: E402

PASSPHRASE = "가로등 아래 라면 냄새 나는 골목"
THINGS = 60


def freeze(folder: Path) -> None:
    """Write one evening and one backup of it, and beside them what must be found in it."""
    created = members.create(
        folder / "vault", PASSPHRASE, world="practice", chance=FixedChance(folder.name),
        keychain=AbsentKeychain(), cost=members.USUAL, label="솔",
    )  # fmt: skip
    vault = created.vault
    members.prove_code(vault)
    begin(vault, folder.name)
    night = Night(vault, folder.name, {})
    for _ in range(THINGS):
        _, _, do = night.next()
        do()
    backups.make(vault, night.now, reads_all=True)
    told = {
        "passphrase": PASSPHRASE,
        "recovery_code": created.recovery_code,
        "made_at": DUSK.isoformat(),
        "found": found_in(vault),
    }
    vault.close()
    (folder / "told.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    freeze(HERE / sys.argv[1])
