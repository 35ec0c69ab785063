"""Judging risk: the latest judgement counts, the earlier ones stay."""

from dataclasses import replace

from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.screening import Judgement, Unfinished
from desktop.vault import screening
from desktop.vault.database import Vault


def judge(vault: Vault, judgement: Judgement, moment: Moment) -> Judgement:
    """Keep a judgement, at the moment it is made, and return it."""
    judgement = replace(judgement, judged_at=moment.now)
    with vault.transaction() as db:
        screening.add(db, judgement)
        screening.drop_unfinished(db, judgement.youth)
    return judgement


def set_aside(vault: Vault, unfinished: Unfinished) -> None:
    """Keep grounds that are being written when the screen locks."""
    with vault.transaction() as db:
        screening.set_aside(db, unfinished)


def drop(vault: Vault, youth: YouthId) -> None:
    """Throw away what was being written: it was cancelled."""
    with vault.transaction() as db:
        screening.drop_unfinished(db, youth)
