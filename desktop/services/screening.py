"""Judging risk: the latest judgement counts, the earlier ones stay."""

from dataclasses import replace

from desktop.domain.moment import Moment
from desktop.domain.screening import Judgement
from desktop.vault import screening
from desktop.vault.database import Vault


def judge(vault: Vault, judgement: Judgement, moment: Moment) -> Judgement:
    """Keep a judgement, at the moment it is made, and return it."""
    judgement = replace(judgement, judged_at=moment.now)
    with vault.transaction() as db:
        screening.add(db, judgement)
    return judgement
