"""An agency that asks for more, and one whose key for letters is renewed."""

import msgspec

from sync.client.hybrid import HYBRID, SealingPair
from sync.client.sealing import seal
from sync.protocol.bodies import TaskNote
from sync.protocol.codec import canonical
from sync.protocol.directory import SealingKey
from sync.protocol.messages import Kind
from sync.protocol.words import key_words


def asks_for(town, referral, *items):
    """Return the shelter's words, really sealed to the centre."""
    header = town.shelter.header(Kind.TASK_NOTE, str(referral), to_org=town.centre.org)
    readers = tuple((each.org, each.own.sealing_key) for each in (town.centre, town.shelter))
    body = canonical(TaskNote("기다릴게요", town.now, asks=items))
    return seal(header, body, town.shelter.keys.sign, readers, town.hub.chance)


def renew_the_shelters_key(town, version=3):
    """Let the keepers list a second key for the shelter; the first is retired."""
    pair = SealingPair.make(town.hub.chance)
    new = SealingKey(2, HYBRID, pair.public)

    def changed(listing):
        if listing.org != town.shelter.org:
            return listing
        old = (msgspec.structs.replace(key, is_retired=True) for key in listing.sealing_keys)
        return msgspec.structs.replace(listing, sealing_keys=(*old, new))

    town.hub.publish_listings(version, tuple(changed(each) for each in town.hub.listings))
    return key_words(town.shelter.own.listing(b"{}").sign_pub, 2, pair.public)
