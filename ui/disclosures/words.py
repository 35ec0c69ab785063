"""The words of reports without a consent: calm, short, the call first."""

from desktop.domain.consents import Item
from desktop.domain.disclosures import Ground
from i18n import tr
from ui import item_words


def ground(which: Ground) -> str:
    """Name a ground."""
    return {
        Ground.ABUSE: tr("Suspected child abuse (under 18)"),
        Ground.LIFE: tr("Life or body in urgent danger"),
    }[which]


def about(which: Ground) -> str:
    """Say when a ground is one."""
    return {
        Ground.ABUSE: tr("Duty to report. To police or the city, county or district office only."),
        Ground.LIFE: tr(
            "First call 119 or 112. To police, a public hospital or the local government only."
        ),
    }[which]


def call_first(which: Ground | None) -> str:
    """Say whom to call, before anything is written or signed."""
    if which is Ground.LIFE:
        return tr("First call 119 or 112. Do not wait for this record or for a signature.")
    if which is None:
        return tr(
            "First call 112, or 119 where a life is in danger. Do not wait for this record or for"
            " a signature."
        )
    return tr("First call 112. Do not wait for this record or for a signature.")


def item(which: Item) -> str:
    """Name what is told: as in a referral, but for what somebody saw and heard."""
    seen = {
        Item.REACH: tr("Where they are now"),
        Item.SITUATION: tr("What you saw and heard"),
        Item.HEALTH: tr("Injuries and health"),
    }
    return seen.get(which) or item_words.item(which)
