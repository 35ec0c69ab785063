"""Asking again, before a consent runs out, what it was given for."""

from dataclasses import replace

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
    told = (each.referral for each in file.trackings if each.consent == consent.id)
    helps = frozenset(category for each in told for category in each.categories)
    words = {which: item(which) for which in consent.items}  # only which items is asked about
    return replace(file, draft=Draft(file.youth.id, consent.agency, helps, words))
