"""What must be known before a laptop goes into somebody's hands: whom to ask, about whom."""

from dataclasses import dataclass

from desktop.domain.agencies import Agency
from desktop.domain.consents import LANGUAGES, Item
from desktop.domain.guardians import Kept, Named
from desktop.domain.ids import AgencyId, ConsentId, YouthId
from desktop.domain.who_answers import Decision, GuardianStands
from desktop.domain.youths import Youth
from desktop.services import agencies, consent_records, guardians
from desktop.vault import consents, outbox
from desktop.vault import guardians as rows
from desktop.vault.database import Db, Vault


@dataclass(frozen=True, slots=True)
class Known:
    """What the sheet before the questions says."""

    agency: Agency | None
    decision: Decision
    who_asks: str
    replaces: ConsentId | None = None
    """The asking about this agency in whose place a new one would stand (PIPA 17(2))."""
    named: Named | None = None
    """The guardian whom the child named; its days may be over."""
    kept: Kept | None = None
    """Why no guardian may be named."""


def known(
    vault: Vault,
    youth: Youth,
    agency: AgencyId | None,
    items: frozenset[Item],
    guardian: GuardianStands,
) -> Known:
    """Return which agency it is, who may answer and who asks. No agency: it is not listed."""
    # Without a text in their language the Korean one is shown, and an interpreter helps.
    language = youth.language if youth.language in LANGUAGES else LANGUAGES[0]
    with vault.reading() as db:
        replaces = _replaceable(db, youth.id, agency)
        named, kept = rows.named(db, youth.id), rows.latest(db, youth.id)
    return Known(
        next((each for each in agencies.all(vault) if each.id == agency), None),
        guardians.who_answers(vault, youth.id, guardian, language, items),
        consent_records.who_asks(vault),
        replaces,
        named,
        kept,
    )


def _replaceable(db: Db, youth: YouthId, agency: AgencyId | None) -> ConsentId | None:
    """Return the newest asking about this agency, unless something that waits rests on it.

    What was agreed to send, and has not left, would be held back for ever once its asking ends.
    """
    about = (each for each in consents.of_youth(db, youth) if each.agency == agency)
    newest = next(about, None)
    if newest is None or newest.withdrawn_at is not None:
        return None
    waits = any(row.state == outbox.WAITING for row in outbox.of_consent(db, newest.id))
    return None if waits else newest.id
