"""Which consents of the cases that came in have ended, as whoever asked has told us."""

from desktop.domain.inbox import Gone
from desktop.vault import inbox
from desktop.vault.database import Db
from desktop.vault.steps import Step

ENDED = "ended:"
"""A step that begins so names a consent that whoever asked has told us ended. No page shows it."""


def is_withdrawn(db: Db, org: str, consent: str) -> bool:
    """Say whether this organisation has told us that this consent ended.

    A case that was withdrawn before its consent was named: any that it stood on may be the one.
    """
    row = db.execute(
        "SELECT 1 FROM received r WHERE r.from_org = ?1 AND r.gone = ?2 AND iif("
        " EXISTS (SELECT 1 FROM received_step s WHERE s.received = r.id AND s.step GLOB ?4),"
        " EXISTS (SELECT 1 FROM received_step s WHERE s.received = r.id AND s.step = ?3 || ?5),"
        " EXISTS (SELECT 1 FROM json_each(r.consents) c WHERE c.value = ?5))",
        (org, Gone.WITHDRAWN.value, ENDED, f"{ENDED}*", consent),
    ).fetchone()
    return row is not None


def ended(db: Db, ref: str, consent: str, step: Step) -> None:
    """Remember which consent ended, before the case is called withdrawn for it."""
    known, over = inbox.case(db, ref), {consent}
    if known is not None and known.gone is Gone.WITHDRAWN and not _names_its_end(db, ref):
        over |= known.consents
    for each in sorted(over):
        inbox.taken(db, ref, Step(f"{ENDED}{each}", step.at, step.proof))


def _names_its_end(db: Db, ref: str) -> bool:
    row = db.execute(
        "SELECT 1 FROM received_step WHERE received = ? AND step GLOB ?", (ref, f"{ENDED}*")
    ).fetchone()
    return row is not None
