"""An organisation's keys, as its only admin hands them over to the hub."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from desktop.trust_errors import KeysElsewhere
from sync.client import organisation
from sync.client.enrolment import FOUNDING, Enrolment
from sync.client.signing import SigningKey
from sync.protocol.directory import Enrolled, Founding, Listing

Chance = Callable[[int], bytes]


def founded(
    kept: Enrolment, answer: Enrolled, listing: Listing | None, now: datetime, chance: Chance
) -> Enrolled:
    """Hand over the listed keys, or make the first, where the hub waits for them.

    Returns how this device stands then. Others are made in the place of listed ones only where
    the hub's office wishes it, who knows that those are lost (D-194): else raises
    `KeysElsewhere`, and nothing was done. `kept` has the keys that this vault knows. Raises
    `LineError`, `Untrusted`.
    """
    if answer.status != FOUNDING:
        return answer
    if listing is not None and kept.org_sign and _is_listed(kept.org_sign, listing):
        asked = organisation.refounding(kept, kept.org_sign, listing, now)
    elif listing is None or answer.anew_after:
        numbers = {key.epoch for key in listing.sealing_keys} if listing else set()
        after = max({answer.anew_after, *numbers, *kept.org_keys})
        asked = organisation.founding(kept, now, chance, after)
    else:
        raise KeysElsewhere
    return _handed_over(kept, asked, now)


def _is_listed(org_sign: bytes, listing: Listing) -> bool:
    return SigningKey(org_sign).public == listing.sign_pub


def _handed_over(kept: Enrolment, asked: Founding, now: datetime) -> Enrolled:
    from sync.client.transport import HttpHub  # loaded when a line is opened

    with closing(HttpHub(kept.url, kept.keys, kept.world, kept.hub)) as line:
        return line.found(asked, now)
