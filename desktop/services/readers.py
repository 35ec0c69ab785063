"""Who can read what is sealed here, and by which key: an agency by its listed one, we by ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.errors import AgencyUnreachable
from sync.client.addressees import Addressees, Correspondence
from sync.client.copies import Recipient
from sync.client.directory import sealing_key_of
from sync.client.enrolment import Enrolment
from sync.client.owncopy import OwnKey
from sync.protocol.directory import DirectoryBook, SealingKey


@dataclass(frozen=True, slots=True)
class Readers:
    """To whom we can write by this directory. `addressees` are the open vault's (`Db`)."""

    own: Enrolment
    book: DirectoryBook
    addressees: Addressees
    chance: Callable[[int], bytes]

    def agency(self, org: str, now: datetime) -> Recipient:
        """Return an organisation, for one letter; AgencyUnreachable where it has no key."""
        between = Correspondence(self.own.org, org, listed_key(self.book, org))
        return self.addressees.of(between, now, self.chance)

    def ours(self) -> Recipient:
        """Return our own organisation, with the private key itself where this device holds it."""
        key = listed_key(self.book, self.own.org)
        secret = self.own.org_keys.get(key.epoch)
        # A key renewed by a colleague may be listed before this device was given it.
        return self.own.org, OwnKey(key.epoch, secret) if secret else key


def listed_key(book: DirectoryBook, org: str) -> SealingKey:
    """Return an organisation's newest key; AgencyUnreachable where there is none."""
    key = sealing_key_of(book, org)
    if key is None:
        raise AgencyUnreachable(agency=org)
    return key
