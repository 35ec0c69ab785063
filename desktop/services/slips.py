"""A slip to take along: a number and a day, and nothing that would betray who carries it."""

from pathlib import Path

from desktop.domain.consents import Consent
from desktop.domain.ids import ConsentId
from desktop.domain.looks import Act, Kind, Sight, Why
from desktop.domain.moment import Moment
from desktop.paths import refuse_synced
from desktop.services import looks, whole_files
from desktop.vault.database import Vault
from sync.protocol.digests import sha256

_LONG = 8


def number_of(consent: ConsentId) -> str:
    """Return what a young person says to have these answers found: the end of its id."""
    return str(consent)[-_LONG:].upper()


def save(vault: Vault, consent: Consent, content: bytes, file: Path, moment: Moment) -> None:
    """Write down that a slip was printed, then write its file whole or not at all.

    Raises `UnsafePlace` where a service copies the folder elsewhere, `DiskFull` and `DiskFailed`
    before anything is written; `FileNotWritten` after.
    """
    refuse_synced(file.parent)
    sight = Sight(Kind.SLIP, sha256(content).hex(), consent.youth, Act.PRINTED)
    looks.taken_out(vault, (sight,), moment, Why.ASKED)
    whole_files.write(file, content)
