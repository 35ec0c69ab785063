"""Rounds without a line: handed to a colleague's laptop, and what comes back taken in as usual.

Nothing leaves the outbox by being handed over: it counts as offered, as in any round, and stays
until the hub's own receipt is here. So a bundle may be lost, come twice, or come late.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.carried_errors import (
    BundleDamaged,
    BundleNotOurs,
    BundleOfAnother,
    BundleOtherWay,
)
from desktop.domain.moment import Moment
from desktop.errors import VaultRolledBack
from desktop.services import agencies, enrolment, exchange, rejoining, witness
from desktop.services.carried_over import brought_over, counted
from desktop.services.carried_rounds import CarriedQueue, doubt_the_clock
from desktop.services.exchange import Round
from desktop.vault import directory as directory_row
from desktop.vault import mailbox, outbox, sending
from desktop.vault import witness as witness_row
from desktop.vault.database import Db, Vault
from sync.client import bundles, errors
from sync.client.bundles import Brought, Handed
from sync.client.directory import sealing_key_of
from sync.client.engine import caught_up, taken_in
from sync.client.enrolment import Enrolment
from sync.client.hybrid import SealingPair
from sync.protocol.answers import Exchange, Exchanged

if TYPE_CHECKING:  # HTTP and TLS are loaded when a line is opened, not with the window
    from sync.client.transport import HttpHub

Chance = Callable[[int], bytes]

_MOST_BATCHES = 16
_DIRECTORY_BYTES = 8 << 20
"""A longer directory stays behind: the next line brings it."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What a laptop hands over."""

    bundle: bytes
    messages: int
    left: int
    """How many messages still wait here for another time, because their time has not come."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What a colleague's laptop brought to the hub, and the answer to take back."""

    bundle: bytes
    messages: int
    came: int
    untaken: int = 0
    """Messages that the hub did not take, or not now."""
    refused: tuple[str, ...] = ()
    unanswered: int = 0
    """Parts for which the line did not last: they still wait where they come from."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came back."""

    round: Round
    refused: tuple[str, ...] = ()
    """Codes of `sync.protocol.carrying.Refusal`: what the hub did not take as a whole."""
    has_more: bool = False
    """More waits at the hub, or here."""
    bundle: bytes = b""
    """What came, sealed as it was, where it stopped to ask: for `unpack` once somebody agreed."""
    lacks_key: bool = False
    """More waits, sealed to a new key of ours: no hand-over brings that, only a line."""


def pack(vault: Vault, moment: Moment, chance: Chance) -> Packed:
    """Seal what may leave now for a colleague to carry, and ask for what has come.

    Raises `NotEnrolled`, and `VaultRolledBack` where no round may be made.
    """
    now, own = moment.now, _allowed(vault)
    with vault.reading() as db:
        key = _own_key(db, own)
        offset = timedelta(seconds=mailbox.place(db).clock_offset)
    rejoining.sign_anew(vault, moment, chance)
    with vault.transaction() as db:
        batches = sending.take_batches(db, now, _MOST_BATCHES)
    count = sum(map(len, batches))
    with vault.reading() as db:
        place, stand = mailbox.place(db), witness_row.stand(db)
        left, version = outbox.to_send(db) - count, directory_row.version(db)
    # The last one asks for events: it comes after all that was said.
    life = place.epoch
    rounds = [Exchange(each, place.seq, 0, stand=stand, epoch=life) for each in batches[:-1]]
    last = batches[-1] if batches else ()
    rounds.append(Exchange(last, place.seq, stand=stand, epoch=life))
    parcels = tuple(bundles.parcel(asked, own.keys, now + offset) for asked in rounds)
    return Packed(bundles.hand_over(Handed(parcels, version), key, chance), count, left)


def is_from_here(vault: Vault, bundle: bytes) -> bool:
    """Say whether all of this was handed over by this laptop, as the device that it is now.

    Raises `BundleDamaged`, `BundleNotOurs`, `BundleOtherWay`, `NotEnrolled`.
    """
    with vault.reading() as db:
        own = enrolment.current(db)
    with _in_our_words():
        what, _ = bundles.handed(bundle, own.org_keys)
    return all(each.device == own.device for each in what.parcels)


def forward(
    vault: Vault, hub: "HttpHub", bundle: bytes, moment: Moment, chance: Chance
) -> Forwarded:
    """Bring a colleague's bundle to the hub; return the answer for that laptop alone.

    Raises `BundleDamaged`, `BundleNotOurs`, `BundleOtherWay`, `NotEnrolled`, `CarrierAway`,
    `AnotherHub`, `CarrierRefused`.
    """
    with vault.reading() as db:
        own = enrolment.current(db)
        version, files = directory_row.version(db), directory_row.files(db)
    with _in_our_words():
        what, answer_to = bundles.handed(bundle, own.org_keys)
    returned = brought_over(hub, what.parcels, moment.now)
    is_newer = version > what.directory and sum(map(len, files.values())) <= _DIRECTORY_BYTES
    brought = Brought(returned, files if is_newer else {})
    return Forwarded(
        bundles.bring_back(brought, answer_to, chance),
        *counted(returned),
        tuple(each.carried.refused.value for each in returned if each.carried.refused),
        len(what.parcels) - len(returned),
    )


def unpack(vault: Vault, bundle: bytes, now: datetime, *, may_remove: int = 0) -> Unpacked:
    """Take in what came back, as a round would; all of it is proven before anything is applied.

    `may_remove`: how many a person has agreed to let go. Raises `BundleDamaged`, `BundleNotOurs`,
    `BundleOfAnother`, `BundleOtherWay`, `NotEnrolled`, `VaultRolledBack`.
    """
    own = _allowed(vault)
    with _in_our_words():
        what = bundles.brought(bundle, own.org_keys)
    if any(each.parcel.device != own.device for each in what.returned):
        raise BundleOfAnother
    with _in_our_words():
        proven = [
            bundles.answered(each, own.keys, own.hub_key)
            for each in what.returned
            if not each.carried.refused
        ]
        doubt_the_clock(vault, own, what.returned, now)
    refused = tuple(each.carried.refused.value for each in what.returned if each.carried.refused)
    queue = CarriedQueue(vault, own, now, what.directory, may_remove)
    head = 0
    try:
        for asked, answer in proven:
            head = max(head, _taken_in(vault, queue, asked, answer))
    except errors.LineError as error:
        return Unpacked(exchange.after_failure(vault, queue, error, now), refused)
    kept = bundle if queue.stop is not None else b""
    done = exchange.done(vault, queue)
    has_more = head > queue.place().seq or _goes_on(vault, now)
    return Unpacked(done, refused, has_more, kept, queue.lacks_key)


def _goes_on(vault: Vault, now: datetime) -> bool:
    """Say whether something would go now: it was left over, or written since."""
    with vault.reading() as db:
        return bool(sending.peek(db, now, 1))


def _taken_in(vault: Vault, queue: CarriedQueue, asked: Exchange, answer: Exchanged) -> int:
    """Take in one answer; return how far the mailbox is filled."""
    place = queue.place()
    if place.epoch and answer.epoch != place.epoch:
        if _is_overtaken(vault, answer):
            return 0
        queue.rejoin(answer.epoch)
        place = queue.place()
    if asked.epoch not in ("", answer.epoch):
        # It was said to a life before this one, so nothing of it was taken: it is said anew.
        return max(answer.head, place.seq + exchange.has_waiting(vault))
    asked, answer = caught_up(place, asked, answer)
    taken_in(queue, place, asked, answer)
    return answer.head


def _is_overtaken(vault: Vault, answer: Exchanged) -> bool:
    """Say whether the hub has been heard since: then this is its life before, not its new one."""
    with vault.reading() as db:
        place = mailbox.place(db)
    heard = place.heard_at
    return heard is not None and answer.time <= heard + timedelta(seconds=place.clock_offset)


def _allowed(vault: Vault) -> Enrolment:
    with vault.reading() as db:
        own = enrolment.current(db)
    lost = witness.behind(vault)
    if lost is not None:
        raise VaultRolledBack(lost.count)
    return own


def _own_key(db: Db, own: Enrolment) -> bytes:
    listed = sealing_key_of(agencies.book(db), own.org)
    if listed is not None and listed.epoch in own.org_keys:
        return listed.public
    return SealingPair(own.org_keys[max(own.org_keys)]).public


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except errors.BundleRefused as error:
        raise (BundleOtherWay() if error.why == "other-way" else BundleDamaged()) from error
    except errors.NotForUs as error:
        raise BundleNotOurs from error
    except errors.Untrusted as error:
        raise BundleDamaged from error
