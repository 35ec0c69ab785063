"""What must be known before a laptop goes into somebody's hands: whom to ask, about whom."""

from dataclasses import dataclass

from desktop.domain.agencies import Agency
from desktop.domain.consents import LANGUAGES, Item
from desktop.domain.ids import AgencyId
from desktop.domain.who_answers import Decision, GuardianStands
from desktop.domain.youths import Youth
from desktop.services import agencies, consent_records, guardians
from desktop.vault.database import Vault


@dataclass(frozen=True, slots=True)
class Known:
    """What the sheet before the questions says."""

    agency: Agency | None
    decision: Decision
    who_asks: str


def known(
    vault: Vault,
    youth: Youth,
    agency: AgencyId | None,
    items: frozenset[Item],
    guardian: GuardianStands,
) -> Known:
    """Return which agency it is, who may answer and who asks. No agency: it is listed no more."""
    # Without a text in their language the Korean one is shown, and an interpreter helps.
    language = youth.language if youth.language in LANGUAGES else LANGUAGES[0]
    return Known(
        next((each for each in agencies.all(vault) if each.id == agency), None),
        guardians.who_answers(vault, youth.id, guardian, language, items),
        consent_records.who_asks(vault),
    )
