"""What has ended goes by itself, once that was shown for some days (PIPA 21).

What cannot be undone waits for two clocks, ours and the hub's, and for nothing to be owed.
"""

from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice

from desktop.domain.endings import dated
from desktop.domain.ids import YouthId
from desktop.domain.moment import Moment
from desktop.domain.retention import Expiry, Ground, Since
from desktop.services import told
from desktop.services.destruction import logged
from desktop.vault import endings, foretold, holdings, mailbox
from desktop.vault import retention as retention_rows
from desktop.vault.database import Db, Vault
from desktop.vault.purge import Purging

SHOWN = timedelta(days=5)
"""So long at least somebody could see it first: a record made while a clock was wrong has already
ended when it is made. It is also the time within which 표준 개인정보 보호지침, 10(1), wants what
ended destroyed (known at second hand)."""
_FORETOLD, _IN_AN_HOUR, _AT_ONCE = 2000, 24, 1
"""How many are shown; how many go at one look; how many in one transaction: nobody asked for it
now, so whoever saves waits for one, which takes 0.2 to 0.4 s among 100,000 notes."""


def expire(vault: Vault, moment: Moment, spared: YouthId | None = None) -> int:
    """Destroy what has ended and was shown long enough; return how many things they were.

    `spared` waits: somebody may be writing about them now. `retention.sweep` has to follow.
    """
    with vault.reading() as db:
        now = mailbox.proven_time(db, moment.now)
        if now is None:
            return 0
        since = {each: foretold.since(db, each) for each in _ending(db, now)}
    new = [each for each, at in since.items() if at is None]
    if new:
        with vault.transaction() as db:
            foretold.begin(db, new, now)
    due = [
        each
        for each, at in since.items()
        if at is not None and at + SHOWN <= now and each.due <= now and each.youth != spared
    ]
    gone = 0
    for at in range(0, min(len(due), _IN_AN_HOUR), _AT_ONCE):
        own = Moment(moment.now, moment.id(f"destruction {at}"))
        gone += _destroyed(vault, due[at : at + _AT_ONCE], own)
    return gone


def _ending(db: Db, now: datetime) -> tuple[Expiry, ...]:
    """Return what ends soon, or has, and may go by itself, the first first."""
    policy = told.policy(db)
    until = now + max(SHOWN, timedelta(days=policy.notice))
    with closing(endings.ending(db, policy, until)) as ends:
        return tuple(islice((each for each in ends if _may_go(each)), _FORETOLD))


def _may_go(each: Expiry) -> bool:
    # Jottings and what somebody asked to have erased go sooner: `growing` and `fulfil`.
    goes_sooner = each.since in {Since.WISH, Since.JOTTING}
    return not (each.owed or goes_sooner or each.waits_for_a_person)


def _destroyed(vault: Vault, due: list[Expiry], moment: Moment) -> int:
    """Destroy those of them that still end then: in between somebody may have been met."""
    with vault.transaction() as db:
        policy, kept = told.policy(db), retention_rows.kept_longer(db)
        people = holdings.of(db, {each.youth for each in due}, kept)
        still = {end for held in people for end in dated(held, policy, kept)}.intersection(due)
        purging = Purging(db, moment.now)
        for each in still:
            purging.destroy(each.target)
        logged(db, vault, purging, (Ground.EXPIRED, moment))
    return len(still)
