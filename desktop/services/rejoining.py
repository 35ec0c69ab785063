"""A laptop that was shut out, or put back on another one, joins its organisation anew.

It becomes another device with keys of its own. What it knows stays: the letters of its
organisation, and what was queued, which is signed anew once the hub has said that it does not know
it from the device before. So is what a hub that was put back has lost of it, however long after.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop.domain.ids import AgencyId
from desktop.domain.moment import Moment
from desktop.errors import AgencyUnreachable, EnrolmentRefused
from desktop.services import (
    agencies,
    agency_keys,
    another_hub,
    as_before,
    called_off,
    enrolment,
    exchange,
    withdrawals,
)
from desktop.services.enrolment import EnrolmentState, Invitation, UnknownHub, in_our_words
from desktop.services.exchange import HubState
from desktop.services.founding import founded
from desktop.services.readers import Readers
from desktop.services.untaken import UNPROVEN, refused
from desktop.trust_errors import AgencyKeyChanged
from desktop.vault import directory as directory_row
from desktop.vault import rejoining as row
from desktop.vault.database import Db, Vault
from sync.client import directory, errors
from sync.client import enrolment as client
from sync.client.copies import Recipient
from sync.client.directory import listing_of, verify_cert
from sync.client.enrolment import Enrolment
from sync.client.sealing import header_of, open_sealed, seal, sign_clear
from sync.client.signing import DeviceKeys
from sync.protocol.codec import read_json
from sync.protocol.directory import DeviceCert, DirectoryBook, Enrolled, Listing
from sync.protocol.messages import COSIGN_KINDS, PACKET_KINDS, SEALED_KINDS, Cosign, Message
from sync.protocol.words import SixWords, device_words

Chance = Callable[[int], bytes]

_RETIRED = "key-epoch-retired"
"""What the hub says of a letter to a key before; a new key is shown before it is first used."""


def join_again(
    vault: Vault, hub: UnknownHub, invitation: Invitation, moment: Moment, chance: Chance
) -> EnrolmentState:
    """Ask to be let in as a new device, or ask again with the same code how that stands.

    Until then everything stays as it was. Raises what `enrolment.enrol` does, EnrolmentRefused
    also when the code is another organisation's; and NotEnrolled in a vault that never joined.
    """
    own, again = _begun(vault, hub.url, invitation, moment, chance)
    try:
        with closing(hub.line):
            answer = another_hub.ask(vault, own, again, hub.line, moment.now)
            again = _noted(vault, own, again, answer)
            if answer.status not in {client.FOUNDING, client.ENROLLED}:
                return EnrolmentState.PENDING
            found = directory.renewed({}, again.root, hub.line, moment.now, vault.world)
            admin, listing = _as_admin(own, again), _listing(vault, found.book, own.org)
            answer = founded(admin, answer, listing, moment.now, chance)
            if client.is_unlisted(again, answer, found.book):
                return EnrolmentState.PENDING
        again = client.completed(again, answer, found.book, moment.now)
    except (errors.LineError, errors.Untrusted) as error:
        raise in_our_words(error) from error
    with vault.transaction() as db:
        directory_row.keep(db, found.book, found.files)
        become(db, again, moment.now)
    finish(vault, moment, chance)
    return EnrolmentState.ENROLLED


def _noted(vault: Vault, own: Enrolment, again: Enrolment, answer: Enrolled) -> Enrolment:
    if answer.org != own.org:
        give_up(vault)
        raise EnrolmentRefused
    again = client.noted(again, answer)
    with vault.transaction() as db:
        row.asks(db, msgspec.json.encode(again).decode())
    return again


def _as_admin(own: Enrolment, again: Enrolment) -> Enrolment:
    # Not for good: it may join again as somebody who does not decide.
    return msgspec.structs.replace(again, org_sign=own.org_sign)


def _listing(vault: Vault, book: DirectoryBook, org: str) -> Listing | None:
    """Return how our organisation is listed now; or was, where the keepers have taken it out."""
    with vault.reading() as db:
        return listing_of(book, org) or listing_of(agencies.book(db), org)


def become(db: Db, again: Enrolment, now: datetime) -> None:
    """Be this device from now on, whose organisation the directory that is kept lists.

    Where the keepers list other keys than those that vouched for the device before (D-194),
    nobody believes any more what it said: an end that nobody has attested is told once more,
    and so is what was called off.
    """
    own = enrolment.current(db)
    row.begin(db, own.device, own.keys.sign.public, now)
    enrolment.keep(db, again)
    as_before.offer(db, again)
    try:
        verify_cert(own.cert or DeviceCert(b"", b""), agencies.book(db), now)
    except errors.CertRefused:
        withdrawals.tell_again(db, again, again.device, now)
        called_off.tell_again(db, again, now)


def begun(vault: Vault) -> tuple[str, Invitation] | None:
    """Return where this laptop has asked to join again, and with what; else None."""
    with vault.reading() as db:
        asked = _asked(db)
    return (asked.url, Invitation(asked.code, asked.root)) if asked else None


def words(vault: Vault) -> SixWords | None:
    """Return the six words by which an admin knows it meanwhile; None before it has asked."""
    with vault.reading() as db:
        asked = _asked(db)
    return device_words(asked.keys.sign.public, asked.keys.seal.public) if asked else None


def give_up(vault: Vault) -> None:
    """Ask no more, and stay who this laptop is."""
    with vault.transaction() as db:
        row.forget(db)


def is_unfinished(vault: Vault) -> bool:
    """Say whether something waits of which `finish` has yet to ask, or to sign it anew."""
    with vault.reading() as db:
        return row.is_unfinished(db)


def finish(vault: Vault, moment: Moment, chance: Chance) -> bool:
    """Offer what the device before has signed, and sign anew what the hub lacks; say if done.

    Never raises for the line: what is held waits until it is called again.
    """
    if not is_unfinished(vault):
        return True
    with closing(enrolment.hub(vault)) as line:
        came = 1
        while came:
            done = exchange.exchange(vault, line, moment.now, stays_open=True)
            if done.state not in (HubState.REACHED, HubState.LYING):
                return False
            came = done.came
    sign_anew(vault, moment, chance)
    return True


def sign_anew(vault: Vault, moment: Moment, chance: Chance) -> None:
    """Sign as this device what the hub has said that it does not know from the one before."""
    with vault.reading() as db:
        is_held = row.is_held(db)
    if is_held:
        with vault.transaction() as db:
            _sign_anew(db, moment, chance)


def _begun(
    vault: Vault, url: str, invitation: Invitation, moment: Moment, chance: Chance
) -> tuple[Enrolment, Enrolment]:
    # Kept before the first question: a lost answer must not cost the one-time code.
    code = invitation.code.strip()
    with vault.transaction() as db:
        own, again = enrolment.current(db), _asked(db)
        if again is None or again.code != code:
            keys = DeviceKeys.make(str(moment.id("device")), chance)
            again = client.begun(url, vault.world, invitation.root, code, keys)
            again = msgspec.structs.replace(
                again, hub=own.hub, hub_key=own.hub_key, org_keys=own.org_keys
            )
        again = msgspec.structs.replace(again, url=url)
        row.asks(db, msgspec.json.encode(again).decode())
    return own, again


def _asked(db: Db) -> Enrolment | None:
    text = row.asked(db)
    return read_json(Enrolment, text.encode()) if text else None


def _sign_anew(db: Db, moment: Moment, chance: Chance) -> None:
    readers = Readers(enrolment.current(db), agencies.book(db), db.addressees, chance)
    pen = _Pen(db, row.signed_before(db), readers, moment.now)
    for message in row.held(db, moment.now):
        header = header_of(message)
        try:
            fresh = pen.signed(message)
        except AgencyKeyChanged:
            refused(db, message, _RETIRED)
        except (AgencyUnreachable, errors.Untrusted, errors.KeyUnusable):
            refused(db, message, UNPROVEN)
        else:
            row.replace(db, header.id, header.id, fresh)
            if header.kind in PACKET_KINDS:
                row.has_digest(db, header.id, header.ref, fresh.digest())
    row.release(db)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes as this laptop what it wrote as a device before."""

    db: Db
    before: Mapping[str, bytes]
    readers: Readers
    now: datetime

    def signed(self, message: Message) -> Message:
        """Return the same words to the same readers, sealed to the keys in use now."""
        own, before = self.readers.own, header_of(message)
        if before.kind in COSIGN_KINDS or isinstance(message.cosign, Cosign):
            # A second signature is about the device that asked for it: that is asked again.
            raise errors.KeyUnusable("cosigned")
        header = msgspec.structs.replace(before, from_device=own.device)
        if header.kind not in SEALED_KINDS:
            return sign_clear(header, message.body, own.keys.sign)
        if before.from_device not in self.before:
            raise errors.KeyUnusable("unknown")
        key = self.before[before.from_device]
        packet = open_sealed(message, own.org, own.org_keys, key)
        recipients = tuple(self._reader(key.org) for key in message.keys)
        return seal(header, packet, own.keys.sign, recipients, self.readers.chance)

    def _reader(self, org: str) -> Recipient:
        if org == self.readers.own.org:
            return self.readers.ours()
        agency_keys.sealing(self.db, self.readers.book, AgencyId(org), self.now)
        return self.readers.agency(org, self.now)
