"""What a laptop keeps of a colleague's referrals, against what the hub was told of them."""

from prove import moves

from desktop.domain.ids import ConsentId
from desktop.vault import elsewhere
from desktop.vault.columns import uuid
from sync.client.sealing import header_of


def broken(village, laptop) -> list[str]:
    """Name what it calls in force and has ended, and what it does not know of."""
    with laptop.vault.reading() as db:
        own = {key for (key,) in db.execute("SELECT id FROM consent").fetchall()}
        headers = map(header_of, village.heard.requests.values())
        theirs = [h for h in headers if h.from_device != laptop.own.device]
        return [
            finding
            for header in theirs
            if header.consent_id not in own
            for finding in _of_one(village, header, _kept(db, header))
        ]


def _kept(db, header):
    known = elsewhere.one(db, ConsentId(uuid(header.consent_id)))
    is_there = known is not None and header.ref in {str(sent.referral) for sent in known.sent}
    return known if is_there else None


def _of_one(village, header, known):
    books = village.heard.books
    task = books.tasks.get(header.ref)
    if task is None or not task.is_brought:
        return
    if header.consent_id in books.ended:
        if known is not None and known.ended_at is None:
            yield "a colleague's laptop calls in force what has ended"
    elif known is None and task.status not in moves.ENDED and village.clock() < header.expires:
        yield "a colleague's laptop does not know of a referral"
