"""For whoever coordinates the network: which agency has not answered whom."""

from dataclasses import dataclass

from desktop.domain.ids import AgencyId
from desktop.domain.silences import Silence
from desktop.services import agencies
from desktop.services.proofs import Reader
from desktop.vault import silences
from desktop.vault.database import Db, Vault
from sync.client.directory import listing_of
from sync.protocol.answers import Event
from sync.protocol.directory import DirectoryBook
from sync.protocol.messages import Kind, is_likely
from sync.protocol.states import ERASURE_OVERDUE, STILL_SILENT

SHOWN = 20
"""At most so many are listed; what is seen to makes room for the next."""
_FOR_COORDINATORS = frozenset({STILL_SILENT, ERASURE_OVERDUE})


@dataclass(frozen=True, slots=True)
class Quiet:
    """One silence, with the names and the telephone of those concerned."""

    silence: Silence
    asker: str
    asked: str
    phone: str


def apply(db: Db, reader: Reader, event: Event) -> None:
    """Keep a reminder about two other organisations; any other event changes nothing here."""
    is_ours = reader.enrolment.org in event.parties
    if event.kind is not Kind.REMINDER or len(event.parties) != 2 or is_ours:
        return
    if event.reason in _FOR_COORDINATORS and is_likely(event.at):
        asker, asked = (AgencyId(org[:64]) for org in event.parties)
        silences.told(db, Silence(event.ref[:64], event.reason, asker, asked, event.at))


def open_ones(vault: Vault) -> tuple[Quiet, ...]:
    """Return the oldest that nobody has seen to yet, at most `SHOWN`; none before enrolment."""
    with vault.reading() as db:
        found = silences.oldest(db, SHOWN)
        if not found:
            return ()
        book, phones = agencies.book(db), agencies.phones(db)
    return tuple(
        Quiet(
            each, _name(book, each.from_org), _name(book, each.to_org),
            phones.get(each.to_org, ""),
        )
        for each in found
    )  # fmt: skip


def settle(vault: Vault, referral: str) -> None:
    """Somebody has seen to it."""
    with vault.transaction() as db:
        silences.settled(db, referral)


def _name(book: DirectoryBook, org: str) -> str:
    listing = listing_of(book, org)
    return agencies.name_in(listing) if listing else "?"
