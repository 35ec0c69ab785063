"""How long people were told that something is kept, and what that leaves of the policy (D-132).

A consent text says it in words and in days. Whoever agreed agreed to that: what they were told is
not undone by a later text, so the shortest that anybody still here was told holds for all.
"""

from desktop.consent_errors import LongerThanTold
from desktop.domain.consent_texts import KEPT_DAYS
from desktop.domain.retention import TOLD, Policy
from desktop.domain.text_versions import ORIGINAL, Texts, said
from desktop.services import text_versions
from desktop.vault import consent_texts as rows
from desktop.vault import retention
from desktop.vault.database import Db


def policy(db: Db) -> Policy:
    """Return what holds: what the organisation chose, and no longer than people were told."""
    chosen = retention.policy(db)
    return chosen.within(most(db, chosen.longest))


def most(db: Db, wanted: int) -> int:
    """Return for how many of these days something may be kept."""
    if rows.newest(db) is None:
        return min(wanted, TOLD)
    told = [days_of(text_versions.shown(db).texts)]
    told += [TOLD] if rows.was_programs_own_agreed(db) else []
    told += [days for form in rows.agreed(db) if (days := days_of(rows.texts(db, form))) < wanted]
    return min(wanted, *told)


def days_of(texts: Texts | None) -> int:
    """Return how many days a text says; without one, the program's own is meant.

    A text of before texts had to say it in days says no more than the program's own.
    """
    days = said(texts[ORIGINAL], KEPT_DAYS) if texts else ""
    return int(days) if days.isdecimal() else TOLD


def refuse_longer(db: Db, chosen: Policy) -> None:
    """Raise `LongerThanTold` where a policy keeps something longer than people were told."""
    told = most(db, chosen.longest)
    if told < chosen.longest:
        raise LongerThanTold(days=told)
