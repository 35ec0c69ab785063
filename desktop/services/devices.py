"""Our organisation's devices: an admin lets them in, shuts them out, and renews its key."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import msgspec

from desktop.domain.moment import Moment
from desktop.errors import AppError, HubAway, NotEnrolled
from desktop.services import agencies, enrolment
from desktop.trust_errors import HubRefused, NewestKeyMissing, NotAdmin
from desktop.vault.database import Vault
from sync.client import errors, organisation
from sync.client.directory import listing_of
from sync.client.enrolment import Enrolment, held, highest_number, unwrapped
from sync.protocol.backups import KEPT_WHEN_LOST
from sync.protocol.directory import OrgDevice
from sync.protocol.messages import is_likely
from sync.protocol.words import SixWords, device_words

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

T = TypeVar("T")
Chance = Callable[[int], bytes]


class Standing(StrEnum):
    """Where a device stands."""

    PENDING = "pending"
    ENROLLED = "enrolled"
    FOUNDING = "founding"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Device:
    """One device of our organisation."""

    id: str
    role: str
    standing: Standing
    words: SixWords
    """What its own screen shows too: they are compared before it is let in."""
    asked_at: datetime
    decided_at: datetime | None
    is_this: bool
    """It is the one at which we sit."""
    claim: OrgDevice
    """What was shown, and nothing fetched later, is what is let in."""

    @property
    def left_until(self) -> datetime | None:
        """Until when the hub keeps the backups it left there; None unless it is shut out."""
        if self.standing is not Standing.REVOKED or self.decided_at is None:
            return None
        return self.decided_at + KEPT_WHEN_LOST


def is_admin(vault: Vault) -> bool:
    """Say whether this device decides who comes in."""
    with vault.reading() as db:
        try:
            return enrolment.current(db).is_admin
        except NotEnrolled:
            return False


def over_line(vault: Vault, ask: "Callable[[HttpHub], T]") -> T:
    """Ask with a line of its own, which is closed afterwards; raises NotEnrolled."""
    with closing(enrolment.hub(vault)) as line:
        return ask(line)


def all(vault: Vault, hub: "HttpHub", now: datetime) -> tuple[Device, ...]:
    """Return every device of our organisation, who waits first; raises HubAway, NotAdmin."""
    own = _own(vault)
    return _asked(own, lambda: hub.devices(now).devices)


def approve(vault: Vault, hub: "HttpHub", device: Device, moment: Moment) -> tuple[Device, ...]:
    """Let a device in. Whoever calls this has compared the six words; raises NewestKeyMissing."""
    own = _own(vault)

    def done() -> tuple[OrgDevice, ...]:
        # A key that another admin made lies at the hub until the keepers list it (D-156).
        ours = held(own, hub.standing(moment.now))
        try:
            hub.approve(organisation.approval(ours, device.claim, moment.now), moment.now)
        except errors.Refused as error:
            raise (NewestKeyMissing() if error.code == "keys-refused" else error) from error
        return hub.devices(moment.now).devices

    return _asked(own, done)


def shut_out(vault: Vault, hub: "HttpHub", device: Device, moment: Moment) -> tuple[Device, ...]:
    """Turn a device away at the door, or shut it out, at once and for good."""
    own = _own(vault)
    return _asked(own, lambda: hub.revoke(device.id, moment.now).devices)


def renew_key(vault: Vault, hub: "HttpHub", moment: Moment, chance: Chance) -> tuple[Device, ...]:
    """Make a new sealing key for who is in; the keepers list it next.

    What was sealed before is opened with the old ones, which all keep.
    """
    own = _own(vault)
    with vault.reading() as db:
        listing = listing_of(agencies.book(db), own.org)
    if listing is None:
        raise NotEnrolled

    def done() -> tuple[OrgDevice, ...]:
        inside = hub.devices(moment.now).devices
        # What another admin has made, and nobody listed yet, has a number already (D-201).
        after = highest_number(hub.standing(moment.now))
        made = organisation.rotation(own, listing, inside, chance, after)
        found = hub.rotate(made, moment.now).devices
        # Ours by our own making: who is let in before the keepers list it gets it as well.
        mine = next(each.key for each in made.wrapped if each.device == own.device)
        keys = {**own.org_keys, mine.epoch: unwrapped(mine, own.keys)}
        with vault.transaction() as db:
            enrolment.keep(db, msgspec.structs.replace(own, org_keys=keys))
        return found

    return _asked(own, done)


def _own(vault: Vault) -> Enrolment:
    with vault.reading() as db:
        own = enrolment.current(db)
    if not own.is_admin:
        raise NotAdmin
    return own


def _asked(own: Enrolment, ask: Callable[[], tuple[OrgDevice, ...]]) -> tuple[Device, ...]:
    try:
        found = ask()
    except errors.Refused as error:
        raise _refusal(error) from error
    except errors.LineError as error:
        raise HubAway from error
    if any(not _is_possible(each) for each in found):
        raise HubAway  # what cannot be is as good as no answer
    order = list(Standing)
    devices = (_device(own, each) for each in found)
    return tuple(sorted(devices, key=lambda d: (order.index(d.standing), d.asked_at, d.id)))


def _is_possible(each: OrgDevice) -> bool:
    is_dated = is_likely(each.asked_at) and is_likely(each.decided_at or each.asked_at)
    return is_dated and each.status in set(Standing)


def _refusal(error: errors.Refused) -> AppError:
    return NotAdmin() if error.code == "role" else HubRefused()


def _device(own: Enrolment, each: OrgDevice) -> Device:
    return Device(
        each.device,
        each.role,
        Standing(each.status),
        device_words(each.sign_pub, each.seal_pub),
        each.asked_at,
        each.decided_at,
        each.device == own.device,
        each,
    )
