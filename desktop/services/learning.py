"""How far somebody is with the first evening: kept in the vault, as it says how they work."""

from desktop.domain.learning import Learning, Lesson
from desktop.domain.moment import Moment
from desktop.vault import meta
from desktop.vault.database import Vault

_KEY, _SKIPPED = "first_evening", "skipped"


def kept(vault: Vault) -> Learning | None:
    """Return how far it is; None where it was never begun."""
    with vault.reading() as db:
        told = meta.kept(db, _KEY)
    if told is None:
        return None
    words = frozenset(told.split())
    # A program of another day may have known other lessons.
    done = frozenset(lesson for lesson in Lesson if lesson.value in words)
    return Learning(done, _SKIPPED in words)


def keep(vault: Vault, learning: Learning, moment: Moment) -> None:
    """Keep how far it is."""
    skipped = [_SKIPPED] if learning.is_skipped else []
    told = " ".join([*skipped, *sorted(learning.done)])
    with vault.transaction() as db:
        meta.keep(db, _KEY, told, moment.now)
