"""The team's board: short notices that go by themselves."""

from datetime import datetime

from desktop.domain.moment import Moment
from desktop.domain.team import LONGEST_NOTICE, Notice
from desktop.domain.text import line
from desktop.errors import NotInTeam
from desktop.services import membership
from desktop.vault import team as rows
from desktop.vault.database import Vault


def post(own: Vault, team: Vault, text: str, until: datetime, moment: Moment) -> Notice:
    """Put a notice up, for a month at most, under the label of whoever has `own` unlocked.

    Raises `NothingWritten`, `TextTooLong`, `ResidentNumberFound`, `NotInTeam`.
    """
    me = membership.kept(own)
    written = line(text, "notice")
    with team.transaction() as db:
        labels = {member.id: member.label for member, _ in rows.members(db)}
        if me is None or me.id not in labels:
            raise NotInTeam
        last = min(until, moment.now + LONGEST_NOTICE)
        id = str(moment.id("notice"))
        notice = Notice(id, labels[me.id], moment.now, last, written)
        rows.post(db, notice)
    return notice


def notices(team: Vault, now: datetime) -> tuple[Notice, ...]:
    """Return what is up now, newest first."""
    with team.reading() as db:
        return tuple(notice for notice in rows.notices(db) if now < notice.until)


def take_down(team: Vault, notice: str, now: datetime) -> None:
    """Destroy a notice. Any member may."""
    with team.transaction() as db:
        rows.take_down(db, notice, now)


def sweep(team: Vault, now: datetime) -> None:
    """Destroy every notice whose time is over."""
    with team.reading() as db:
        over = [notice.id for notice in rows.notices(db) if notice.until <= now]
    for notice in over:
        take_down(team, notice, now)
