"""What must be true at the end of everything that was owed, promised, doubted or called so."""

from desktop.domain.referrals import Erasure
from desktop.errors import VaultDamaged
from desktop.services import exchange
from desktop.vault.steps import NEVER_LEFT
from sync.server import consents, erasure


def of_hub(hub, heard) -> list[str]:
    """Name what stays open at the hub, and each consent that it holds otherwise than it was told.

    `hub`: the rows of its tables. A duty that was done before this life, and of which the hub has
    refused to hear in time, stays open there (D-061).
    """
    books = heard.books
    wrong = ["a duty to destroy stays open"] * any(
        row["outcome"] == erasure.OPEN and row["referral_id"] not in heard.unheard
        for row in hub["erasure_duty"]
    )
    told = dict.fromkeys(books.given, consents.GIVEN)
    told |= dict.fromkeys(books.ended, consents.WITHDRAWN)
    if told != {row["id"]: row["state"] for row in hub["consent"]}:
        wrong.append("a consent stands otherwise than the hub was told")
    return wrong


def of_reminders(hub, heard) -> list[str]:
    """Name whom the hub would still remind, though everything was answered or was given up."""
    late = heard.given_up | heard.unheard
    reminded = (row for row in hub["reminder"] if row["referral_id"] not in late)
    return sorted({f"somebody would still be reminded: {row['reason']}" for row in reminded})


def of_journal(village) -> list[str]:
    """Compare one laptop's rows with its journal: for all of them it is a tenth of a schedule."""
    in_turn = len(village.heard.books.settled) % len(village.laptops)
    try:
        village.laptops[in_turn].vault.verify()
    except VaultDamaged:
        return ["a row is not as its journal says"]
    return []


def of_laptop(laptop, trackings, ended, heard) -> list[str]:
    """Name what a laptop says of itself, of a withdrawal or of an agency, and is not so.

    `ended`: the consents that its vault calls withdrawn.
    """
    wrong = ["a vault has doubts of a hub that told no lie"] * bool(
        exchange.unproven(laptop.vault)[0]
    )
    if not laptop.ended <= ended:
        wrong.append("an acknowledged withdrawal is forgotten")
    for ref, tracking in trackings.items():
        wrong += _called(ref, tracking, heard)
        if str(tracking.consent) in ended:
            wrong += _owed(ref, tracking, heard)
    return wrong


def _called(ref, tracking, heard):
    if NEVER_LEFT in tracking.steps and ref in heard.received:
        yield "called never left, and its agency had it"
    if tracking.erasure is Erasure.DESTROYED and ref not in heard.attested:
        yield "called destroyed, and nobody said so"


def _owed(ref, tracking, heard):
    if tracking.erasure is Erasure.OWED:
        yield "an erasure is owed for ever"
    if tracking.erasure is Erasure.NONE and ref in heard.received:
        yield "an agency had it, and owes nothing"
