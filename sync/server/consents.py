"""Consent at the hub (I4): codes only, and nothing passes without one that is in force."""

from datetime import datetime
from functools import lru_cache

from sync.protocol.bodies import ConsentGiven
from sync.protocol.codec import canonical, read_json
from sync.protocol.messages import Header
from sync.server import tables
from sync.server.refusals import Rejected
from sync.server.stamps import moment, stamp
from sync.server.store import Db, Row

BASIS = "consent:17"
GIVEN, WITHDRAWN = "given", "withdrawn"


def give(db: Db, org: str, consent: str, body: ConsentGiven, now: datetime) -> str:
    """Keep what the consent allows; a withdrawal that came first stands. Return the state."""
    if body.basis != BASIS:
        raise Rejected("basis-not-allowed")
    known = db.held(tables.consent, org_id=org, id=consent)
    if known is None:
        db.add_held(tables.consent, _row(org, consent, body, now), org_id=org, id=consent)
        return GIVEN
    if known["state"] != WITHDRAWN and known["digest"] != body.digest:
        raise Rejected("id-reused")
    return str(known["state"])


def withdraw(db: Db, org: str, consent: str, now: datetime) -> None:
    """End the consent, also one never seen here: a withdrawal may overtake the grant."""
    ended = {"state": WITHDRAWN, "state_at": stamp(now)}
    if not db.change(tables.consent, {"org_id": org, "id": consent}, **ended):
        nothing = ConsentGiven("", (), (), "", now)
        db.add(tables.consent, {**_row(org, consent, nothing, now), **ended})


def recipients(db: Db, org: str, consent: str) -> frozenset[str] | None:
    """Return whom something may have been told under it; None where no grant was ever seen."""
    known = db.one(tables.consent, org_id=org, id=consent)
    return (_codes(known["recipients"]) or None) if known else None


def is_withdrawn(db: Db, org: str, consent: str) -> bool:
    """Say whether it has ended here.

    Not waited for: whoever asks may hold a referral that a withdrawal waits for.
    """
    known = db.one(tables.consent, org_id=org, id=consent)
    return known is not None and known["state"] == WITHDRAWN


def check(db: Db, header: Header, now: datetime) -> None:
    """Raise `Rejected` unless a consent allows this referral to this recipient now."""
    if header.basis != BASIS:
        raise Rejected("basis-not-allowed")
    # Locked, so that a withdrawal on another hub process waits for this referral or precedes it.
    consent = db.held(tables.consent, org_id=header.from_org, id=header.consent_id)
    if consent is None:
        raise Rejected("consent-unknown")
    if consent["state"] == WITHDRAWN:
        raise Rejected("consent-withdrawn")
    if consent["digest"] != header.consent_digest:
        raise Rejected("consent-unknown")
    if now >= moment(consent["valid_until"]) or (header.expires and now >= header.expires):
        raise Rejected("consent-expired")
    _check_scope(consent, header)


def check_not_withdrawn(db: Db, org: str, consents: tuple[str, ...]) -> None:
    """Raise `Rejected` if nothing sealed may be kept under one of these any more."""
    for consent in consents:
        known = db.locked(tables.consent, org_id=org, id=consent)
        if known is None or known["state"] == WITHDRAWN:
            raise Rejected("consent-withdrawn")


def _check_scope(consent: Row, header: Header) -> None:
    if consent["basis"] != header.basis:
        raise Rejected("basis-not-allowed")
    if header.to_org not in _codes(consent["recipients"]):
        raise Rejected("recipient-not-consented")
    if not header.item_codes or not _codes(consent["item_codes"]).issuperset(header.item_codes):
        raise Rejected("item-not-consented")


@lru_cache(maxsize=64)
def _codes(text: str) -> frozenset[str]:
    return frozenset(read_json(tuple[str, ...], text.encode()))


def _row(org: str, consent: str, body: ConsentGiven, now: datetime) -> Row:
    return {
        "org_id": org,
        "id": consent,
        "digest": body.digest,
        "recipients": canonical(body.recipients).decode(),
        "item_codes": canonical(body.item_codes).decode(),
        "basis": body.basis,
        "valid_until": stamp(body.valid_until),
        "state": GIVEN,
        "state_at": stamp(now),
    }
