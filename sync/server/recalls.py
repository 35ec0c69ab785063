"""What a withdrawal names: referrals that only a hub's earlier life may have passed on (I9)."""

from datetime import datetime

import msgspec

from sync.protocol.bodies import RECALLED, ConsentWithdrawn, ErasureAttest, Recalled
from sync.protocol.messages import Header, is_uuid
from sync.server import consents, directory, disclosures, erasure, referrals, restores, tables
from sync.server.headers import check_codes, check_few
from sync.server.refusals import Rejected
from sync.server.store import Db

MOST = 1_000
"""Referrals that stand on one consent because a withdrawal named them; more is nobody's case."""


def check(body: ConsentWithdrawn) -> None:
    """Raise `Rejected` if what is named can be no referral, or is too much for one message."""
    check_few(len(body.referrals), RECALLED)
    check_codes(*(each.to_org for each in body.referrals))
    if not all(is_uuid(each.ref) for each in body.referrals):
        raise Rejected("malformed")


def learn(db: Db, header: Header, named: tuple[Recalled, ...], now: datetime) -> None:
    """Know of what is named as told under the consent that ends, so that its agency is told too.

    Nobody hears of what cannot concern them: a consent that is known here says who may. What
    stands on a law stands on no consent, whatever a withdrawal names.
    """
    if not named:
        return
    concerned = consents.recipients(db, header.from_org, header.ref)
    room = MOST - len(referrals.standing_on(db, header.from_org, header.ref))
    for each in named[: max(0, room)]:
        is_concerned = concerned is None or each.to_org in concerned
        is_told = is_concerned and _has_mailbox(db, each.to_org, now)
        if is_told and not disclosures.stands_on_law(db, each.ref):
            referrals.remember(db, header, each, now)


def learn_called_off(db: Db, header: Header, now: datetime) -> None:
    """Know of what is called off and was never heard of here, if the word says whose it was.

    Its agency may have it from a life of the hub before; and what is still on its way here, on a
    stick, must come too late (D-197).
    """
    if not header.to_org or not is_uuid(header.consent_id):
        return
    if db.one(tables.referral, id=header.ref) is None:
        named = (Recalled(header.ref, header.to_org),)
        learn(db, msgspec.structs.replace(header, ref=header.consent_id), named, now)


def is_over(db: Db, task: referrals.Task) -> bool:
    """Say whether a consent that something told in it stands on was withdrawn."""
    stands_on = referrals.consents_of(db, task)
    return any(consents.is_withdrawn(db, task.from_org, each) for each in stands_on)


def attest(db: Db, task: referrals.Task, body: ErasureAttest, now: datetime) -> None:
    """Take what its agency says it did, also where the withdrawal had not named it (D-197)."""
    if is_over(db, task):
        erasure.owe(db, task.ref, task.to_org, now)
    erasure.attest(db, task.ref, task.to_org, body)


def _has_mailbox(db: Db, org: str, now: datetime) -> bool:
    """Say whether an organisation can be told; whoever was listed since the copy will be."""
    if restores.is_recent(db, now):
        # No end waits until a directory is there: the others it names must hear at once (D-156).
        directory.expect(db, org, now)
    return db.one(tables.org, id=org) is not None
