"""Who can read what is sealed here, and by which key: an agency by its listed one, we by ours."""

from desktop.errors import AgencyUnreachable
from sync.client.directory import sealing_key_of
from sync.client.enrolment import Enrolment
from sync.client.owncopy import OwnKey
from sync.client.sealing import Recipient
from sync.protocol.directory import DirectoryBook


def agency(book: DirectoryBook, org: str) -> Recipient:
    """Return an organisation with its newest key; AgencyUnreachable where there is none."""
    key = sealing_key_of(book, org)
    if key is None:
        raise AgencyUnreachable(agency=org)
    return org, key


def ours(book: DirectoryBook, own: Enrolment) -> Recipient:
    """Return our own organisation, with the private key itself where this device holds it."""
    org, key = agency(book, own.org)
    secret = own.org_keys.get(key.epoch)
    # A key renewed by a colleague may be listed before this device was given it.
    return org, OwnKey(key.epoch, secret) if secret else key
