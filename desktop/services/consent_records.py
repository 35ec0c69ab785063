"""What the program itself knows of an asking: who asks, who is responsible, what it replaces."""

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.consent_errors import (
    GuardianNotToBeTold,
    NotEntrusted,
    NotTheSameAsking,
    RecordIncomplete,
)
from desktop.domain.consent_records import Record, Responsible
from desktop.domain.consents import Article, Consent
from desktop.domain.ids import AgencyId
from desktop.domain.youths import Youth
from desktop.errors import NotEnrolled
from desktop.services import agencies, enrolment, entrustments, looks, members
from desktop.vault import consents
from desktop.vault.database import Db, Vault
from sync.client.directory import listing_of

_ANSWERED_WITHIN = timedelta(hours=1)
"""A question put on the last day may be answered after midnight; nothing is sent by it then."""


def who_asks(vault: Vault) -> str:
    """Return what a record calls whoever asks here: a witness must be somebody else."""
    name = members.label(vault)
    if name:
        return name
    with vault.reading() as db:
        return looks.reader(db, vault).who


def whole(db: Db, consent: Consent, name: str, now: datetime) -> Consent:
    """Return the consent with its record: whoever asks is called `name` where nobody said so.

    Raises `RecordIncomplete` for a witness who is whoever asks, and where anything is missing that
    the law wants kept. Before an organisation is joined nobody is responsible yet, and nothing is
    sent under such a record (`is_sound`).
    """
    record = consent.record or Record()
    is_asked = Article.IDENTIFIERS in consent.answers
    entrusted = entrustments.basis(db, now - _ANSWERED_WITHIN) if is_asked else ""
    record = replace(
        record, asked_by=record.asked_by or name, responsible=_responsible(db), entrusted=entrusted
    )
    if record.responsible is not None and not record.is_whole:
        raise RecordIncomplete
    return replace(consent, record=record)


def is_sound(consent: Consent) -> bool:
    """Say whether something may rest on it: its record is whole, or older than records are."""
    return consent.record is None or consent.record.is_whole


def refuse_unlawful(db: Db, consent: Consent, youth: Youth, now: datetime) -> None:
    """Raise what forbids keeping these answers.

    `GuardianNotToBeTold`, `NotEntrusted`, `NotTheSameAsking`.
    """
    if consent.guardian is not None and youth.keep_from_guardian:
        raise GuardianNotToBeTold
    is_asked = Article.IDENTIFIERS in consent.answers
    if is_asked and not entrustments.is_on(db, now - _ANSWERED_WITHIN):
        raise NotEntrusted
    supersedes = consent.record.supersedes if consent.record else None
    if supersedes is not None:
        earlier = {each.id: each for each in consents.of_youth(db, consent.youth)}
        if supersedes not in earlier or earlier[supersedes].agency != consent.agency:
            raise NotTheSameAsking


def _responsible(db: Db) -> Responsible | None:
    try:
        own, book = enrolment.current(db).org, agencies.book(db)
    except NotEnrolled:
        return None  # nothing can be sent yet, and so nothing is told to anybody
    listing, says = listing_of(book, own), agencies.listed(db, AgencyId(own))
    name = agencies.name_in(listing) if listing else own
    return Responsible(own, name, *((says.phone, says.address) if says else ("", "")))
