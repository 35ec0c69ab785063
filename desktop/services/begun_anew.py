"""A new referral made from what one told that was refused, declined or never answered."""

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Draft, Tracking
from desktop.vault import drafts, referrals
from desktop.vault.database import Vault
from sync.protocol.states import has_ended

_PUT_RIGHT = frozenset(
    {
        "malformed", "bad-signature", "id-reused", "too-large", "conflict",
        "basis-not-allowed", "consent-unknown", "consent-expired", "consent-lapsed",
        "item-not-consented",
    }
)  # fmt: skip
"""Why it was refused or is held, where the same agency can be asked once it is put right."""


def begin(vault: Vault, referral: ReferralId, moment: Moment) -> Draft:
    """Keep a draft of what was told and return it.

    A draft that is there keeps all that stands in it: what is empty is filled. The agency stays
    chosen only where the same one can be told once something was put right (D-196).
    """
    with vault.transaction() as db:
        tracking = referrals.one(db, referral)
        if tracking is None:
            raise LookupError
        kept = drafts.of_youth(db, tracking.referral.youth)
        draft = _filled(kept or Draft(tracking.referral.youth), tracking)
        if draft != kept:
            drafts.keep(db, draft, moment.now)
    return draft


def _filled(kept: Draft, tracking: Tracking) -> Draft:
    told, is_begun = tracking.referral, bool(kept.categories)
    is_same = tracking.problem in _PUT_RIGHT and not has_ended(tracking.status)
    # A number is told to whom it was asked for, and to nobody else (PIPA 24).
    words = {item: said for item, said in told.words.items() if item is not Item.IDENTIFIER}
    return Draft(
        youth=kept.youth,
        agency=kept.agency or (told.agency if is_same else None),
        categories=kept.categories if is_begun else told.categories,
        words=words | {item: said for item, said in kept.words.items() if said.strip()},
        urgency=kept.urgency if is_begun else told.urgency,
        answers=kept.answers,
    )
