"""A slip to take along: a number and a day, and nothing that would betray who carries it."""

import re
from pathlib import Path

from desktop.domain.consents import Consent
from desktop.domain.ids import ConsentId
from desktop.domain.looks import Act, Kind, Sight, Why
from desktop.domain.moment import Moment
from desktop.domain.youths import Youth
from desktop.paths import refuse_synced
from desktop.services import looks, whole_files
from desktop.vault import consents, youths
from desktop.vault.database import Db, Vault
from sync.protocol.digests import sha256

_LONG, _GROUP = 12, 4
_NUMBER = re.compile(r"(?:[0-9a-fA-F]{4}[ -]?){3}")


def number_of(consent: ConsentId) -> str:
    """Return what a young person says to have these answers found: how its id ends.

    That is chance; its beginning would tell whoever finds the slip the hour of it.
    """
    hexed = consent.hex[-_LONG:].upper()
    return " ".join(hexed[at : at + _GROUP] for at in range(0, _LONG, _GROUP))


def is_a_number(typed: str) -> bool:
    """Say whether this may be read off a slip."""
    return _NUMBER.fullmatch(typed) is not None


def digits(typed: str) -> str:
    """Return how the id ends whose number was typed."""
    return typed.replace(" ", "").replace("-", "").lower()


def whose(db: Db, typed: str) -> tuple[Youth, ...]:
    """Return whom a slip belongs to whose number was typed."""
    return tuple(youths.one(db, each) for each in consents.numbered(db, digits(typed)))


def save(vault: Vault, consent: Consent, content: bytes, file: Path, moment: Moment) -> None:
    """Write down that a slip was printed, then write its file whole or not at all.

    Raises `UnsafePlace` where a service copies the folder elsewhere, `DiskFull` and `DiskFailed`
    before anything is written; `FileNotWritten` after.
    """
    refuse_synced(file.parent)
    sight = Sight(Kind.SLIP, sha256(content).hex(), consent.youth, Act.PRINTED)
    looks.taken_out(vault, (sight,), moment, Why.ASKED)
    whole_files.write(file, content)
