"""A hub in the place of a lost one: joined where the keepers have put it there (D-202)."""

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from desktop.vault import directory as row
from desktop.vault.database import Vault
from sync.client import directory, enrolment, errors
from sync.client.enrolment import Enrolment
from sync.protocol.directory import Enrolled

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened
    from sync.client.transport import HttpHub


def ask(
    vault: Vault, own: Enrolment, again: Enrolment, line: "HttpHub", now: datetime
) -> Enrolled:
    """Show the code at our own hub, or at the one that the keepers have put in its place.

    They have where its directory follows from what this vault keeps, and its root lets another key
    than before say what is newest: only the keepers can sign that. Raises what `enrolment.ask`
    does, `EnrolmentRefused` ("another hub") for any other.
    """
    try:
        return enrolment.ask(again, line)
    except errors.EnrolmentRefused as error:
        if error.why != "another hub" or not _takes_its_place(vault, own, line, now):
            raise
    return enrolment.ask(msgspec.structs.replace(again, hub="", hub_key=b""), line)


def _takes_its_place(vault: Vault, own: Enrolment, line: "HttpHub", now: datetime) -> bool:
    with vault.reading() as db:
        kept = row.files(db)
    if not kept:
        return False
    try:
        found = directory.renewed(kept, own.root, line, now, own.world)
        return directory.is_of_another_hub(kept, found.files)
    except errors.DirectoryRefused:
        return False
