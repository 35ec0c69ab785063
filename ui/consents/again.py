"""Asking again, before a consent runs out, what it was given for."""

from dataclasses import replace

from desktop.domain.agencies import Category
from desktop.domain.consents import Consent
from desktop.domain.referrals import Draft
from desktop.services.youths import YouthFile
from ui.item_words import item


def again(file: YouthFile, consent: Consent) -> YouthFile:
    """Return the file with what was asked in the place of its draft, which is kept nowhere.

    Where the same agency is being written to, all that is written is asked about instead.
    """
    if file.draft is not None and file.draft.agency == consent.agency:
        return file
    words = {which: item(which) for which in consent.items}  # only which items is asked about
    return replace(file, draft=Draft(file.youth.id, consent.agency, _helps(file, consent), words))


def _helps(file: YouthFile, consent: Consent) -> frozenset[Category]:
    """Return the help that was agreed to; from before it was kept, what was asked for under it."""
    agreed = consent.record.categories if consent.record else frozenset()
    told = (each.referral for each in file.trackings if each.consent == consent.id)
    return agreed or frozenset(category for each in told for category in each.categories)
