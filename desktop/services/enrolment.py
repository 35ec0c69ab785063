"""Joining a hub with a one-time code, and the line to it afterwards."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from desktop.domain.moment import Moment
from desktop.errors import AnotherHub, AppError, EnrolmentRefused, HubAway, NotEnrolled, WrongWorld
from desktop.services.founding import founded
from desktop.trust_errors import DirectoryRunOut
from desktop.vault import directory as directory_row
from desktop.vault import enrolment as row
from desktop.vault import mailbox
from desktop.vault.database import Db, Vault
from sync.client import directory, enrolment, errors
from sync.client.enrolment import Enrolment
from sync.client.signing import DeviceKeys
from sync.protocol.codec import read_json
from sync.protocol.words import SixWords, device_words

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

Chance = Callable[[int], bytes]


class EnrolmentState(StrEnum):
    """How far this vault's enrolment is."""

    NONE = "none"
    PENDING = "pending"
    """The hub knows us; the organisation has not approved this laptop yet. Enrol again to ask."""
    ENROLLED = "enrolled"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the organisation handed over: the one-time code, and the root's fingerprint."""

    code: str
    root: bytes
    """Of the ticket, or as the hub said it and a person compared its six words."""


@dataclass(frozen=True, slots=True)
class UnknownHub:
    """The address of a hub this vault does not know yet, and the line to it."""

    url: str
    line: "HttpHub"


def enrol(
    vault: Vault, hub: UnknownHub, invitation: Invitation, moment: Moment, chance: Chance
) -> EnrolmentState:
    """Ask to join, or ask whether we have been let in.

    Raises EnrolmentRefused, AnotherHub, HubAway, and KeysElsewhere where this is to be the only
    admin of an organisation whose keys this vault does not hold.
    """
    record = _begun(vault, hub.url, invitation, moment, chance)
    if record.is_complete:
        return EnrolmentState.ENROLLED
    try:
        with closing(hub.line):
            return _asked(vault, record, hub.line, moment, chance)
    except (errors.LineError, errors.Untrusted) as error:
        raise in_our_words(error) from error


def state(vault: Vault) -> EnrolmentState:
    """Say how far enrolment is."""
    with vault.reading() as db:
        record = _kept(db)
    if record is None or not record.root:
        return EnrolmentState.NONE
    return EnrolmentState.ENROLLED if record.is_complete else EnrolmentState.PENDING


def words(vault: Vault) -> SixWords | None:
    """Return the six words by which an admin knows this laptop; None before it has asked."""
    with vault.reading() as db:
        record = _kept(db)
    if record is None:
        return None
    return device_words(record.keys.sign.public, record.keys.seal.public)


def begun(vault: Vault) -> tuple[str, Invitation] | None:
    """Return where this laptop has asked to join, and with what, to ask again; else None."""
    with vault.reading() as db:
        record = _kept(db)
    if record is None or record.is_complete or not record.root:
        return None
    return record.url, Invitation(record.code, record.root)


def root_of(hub: UnknownHub) -> bytes:
    """Return the fingerprint of the root this hub serves, to be compared; raises HubAway."""
    try:
        with closing(hub.line):
            return directory.root_of(hub.line)
    except (errors.LineError, errors.Untrusted) as error:
        raise in_our_words(error) from error


def current(db: Db) -> Enrolment:
    """Return who this laptop is to its hub, or raise NotEnrolled."""
    record = _kept(db)
    if record is None or not record.is_complete:
        raise NotEnrolled
    return record


def is_enrolled(db: Db) -> bool:
    """Say whether this laptop belongs to a hub."""
    record = _kept(db)
    return record is not None and record.is_complete


def hub(vault: Vault) -> "HttpHub":
    """Return a line to this vault's own hub; NotEnrolled before enrolment."""
    return OpenLine().hub(vault)


class OpenLine:
    """A line that stays open from round to round: no new connection, no new TLS for each."""

    def __init__(self) -> None:
        """Be closed until it is asked for. One thread at a time."""
        self._hub: HttpHub | None = None
        self._to: Enrolment | None = None

    def hub(self, vault: Vault) -> "HttpHub":
        """Return the line to this vault's own hub; NotEnrolled before enrolment."""
        with vault.reading() as db:
            record = current(db)
            offset = timedelta(seconds=mailbox.place(db).clock_offset)
        if self._hub is None or self._to != record:
            self.close()
            self._hub = _line(record.url, record.keys, record.world, record.hub)
            self._to = record
        self._hub.offset = offset
        return self._hub

    def close(self) -> None:
        """Let the connection go; the next `hub` makes another."""
        if self._hub is not None:
            self._hub.close()
        self._hub = self._to = None


def unknown_hub(url: str, world: str) -> UnknownHub:
    """Return a line to a hub this vault does not know yet, for `enrol` only."""
    try:
        return UnknownHub(url, _line(url, None, world, None))
    except errors.InsecureAddress as error:
        raise EnrolmentRefused from error


def _line(url: str, keys: DeviceKeys | None, world: str, hub_id: str | None) -> "HttpHub":
    from sync.client.transport import HttpHub

    return HttpHub(url, keys, world, hub_id)


def _kept(db: Db) -> Enrolment | None:
    text = row.kept(db)
    return read_json(Enrolment, text.encode()) if text else None


def keep(db: Db, record: Enrolment) -> None:
    """Keep who this laptop is to its hub."""
    row.keep(db, msgspec.json.encode(record).decode())


def _begun(
    vault: Vault, url: str, invitation: Invitation, moment: Moment, chance: Chance
) -> Enrolment:
    # Kept before the first question: a lost answer must not cost the one-time code.
    code = invitation.code.strip()
    with vault.transaction() as db:
        record = _kept(db)
        if record is None or not _goes_on(record, code):
            keys = DeviceKeys.make(str(moment.id("device")), chance)
            record = enrolment.begun(url, vault.world, invitation.root, code, keys)
        elif record.url != url:
            record = msgspec.structs.replace(record, url=url)
        keep(db, record)
    return record


def _goes_on(record: Enrolment, code: str) -> bool:
    return bool(record.root) and (record.is_complete or record.code == code)


def _asked(
    vault: Vault, record: Enrolment, line: "HttpHub", moment: Moment, chance: Chance
) -> EnrolmentState:
    answer = enrolment.ask(record, line)
    record = enrolment.noted(record, answer)
    with vault.transaction() as db:
        keep(db, record)
    if answer.status not in {enrolment.FOUNDING, enrolment.ENROLLED}:
        return EnrolmentState.PENDING
    fetched = directory.renewed({}, record.root, line, moment.now, vault.world)
    listing = directory.listing_of(fetched.book, answer.org)
    answer = founded(record, answer, listing, moment.now, chance)
    if enrolment.is_unlisted(record, answer, fetched.book):
        return EnrolmentState.PENDING  # let in, and not listed by the keepers yet
    record = enrolment.completed(record, answer, fetched.book, moment.now)
    with vault.transaction() as db:
        keep(db, record)
        directory_row.keep(db, fetched.book, fetched.files)
        if not mailbox.place(db).epoch:
            # From before the first round: whose answers are all lost may meet the hub's next life
            # first, which cannot know what an agency had from this one.
            mailbox.start_over(db, answer.epoch)
    return EnrolmentState.ENROLLED


def in_our_words(error: errors.LineError | errors.Untrusted) -> AppError:
    """Return what a person can act on when joining did not come about."""
    match error:
        case errors.AnotherHub(world=_) | errors.DirectoryRefused(why="world"):
            return WrongWorld()
        case errors.DirectoryRefused(why="expired"):
            return DirectoryRunOut()
        case errors.EnrolmentRefused(why="another hub"):
            return AnotherHub()
        case errors.Refused() | errors.Untrusted():
            return EnrolmentRefused()
        case _:
            return HubAway()
