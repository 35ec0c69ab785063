"""What the hub did not take, in a person's hands: said once more, or left."""

from desktop.domain.ids import ReferralId
from desktop.domain.inbox import REPLY, Gone
from desktop.domain.moment import Moment
from desktop.vault import inbox, inbox_reading, outbox
from desktop.vault.columns import uuid
from desktop.vault.database import Vault
from sync.protocol.messages import Kind

MAY_NOT_BE_LEFT = frozenset({Kind.CONSENT_WITHDRAWN})
"""The young person's word: it stays in sight until it is through."""


def leave(vault: Vault, message: str) -> None:
    """Settle what was not taken; of a case whose words are gone not even the sealed ones stay."""
    with vault.transaction() as db:
        row = outbox.one(db, message)
        if row is None or row.state != outbox.REFUSED or row.kind in MAY_NOT_BE_LEFT:
            return
        case = inbox.case(db, row.ref)
        if case is not None and case.gone is not Gone.HERE:
            outbox.remove(db, message)
        else:
            outbox.leave(db, (message,))


def write_again(vault: Vault, message: str, moment: Moment) -> ReferralId | None:
    """Put the words that were not taken into the empty field of their case, and return the case.

    It stays not taken until the same words are said, or somebody leaves it.
    """
    with vault.transaction() as db:
        row = outbox.one(db, message)
        case = inbox_reading.one(db, ReferralId(uuid(row.ref))) if row else None
        if case is None:
            return None
        words = inbox.words_of(db, message)
        if words and case.is_accepted and not case.typed.get(REPLY, "").strip():
            inbox.keep_typed(db, str(case.id), {**case.typed, REPLY: words}, moment.now)
        return case.id
