"""Every list of the program, as its page asks for it: the name, and what the vault is asked."""

from datetime import timedelta

from desktop.domain.filters import Filters
from desktop.domain.likeness import Sought
from desktop.domain.nights import Month
from desktop.domain.outreach import KOREA
from desktop.domain.screening import Risk
from desktop.services import (
    access_record,
    agencies,
    exchange,
    following,
    growing,
    likeness,
    nights,
    outreach,
    promises,
    retention,
    safety,
    search,
    supervision,
    versions,
    youths,
)

MONTHS_AGO = timedelta(days=400)


class Asked:
    """What every list is asked about: somebody who was met often, their note, their night."""

    def __init__(self, vault):
        """Choose them."""
        with vault.reading() as db:
            self.youth = db.execute(
                "SELECT youth FROM meeting GROUP BY youth ORDER BY count(*) DESC LIMIT 1"
            ).fetchone()[0]
            self.note, self.night = db.execute(
                "SELECT n.id, m.outreach FROM note n JOIN meeting m ON m.id = n.meeting"
                " WHERE n.youth = ? ORDER BY n.n DESC LIMIT 1", (self.youth,)
            ).fetchone()  # fmt: skip
            self.alias = db.execute(
                "SELECT alias FROM youth WHERE id = ?", (self.youth,)
            ).fetchone()[0]


def lists(of, moment):
    """Return each list's name and how it is asked for; `moment` gives the time, with fresh ids."""
    now = moment().now
    past = (now - MONTHS_AGO).astimezone(KOREA)
    since = now - timedelta(days=60)
    return {
        "tonight": lambda v: outreach.tonight(v),
        "person": lambda v: youths.open_file(v, of.youth, None, moment()),
        "people-by-alias": lambda v: search.people(v, of.alias[:1]),
        "people-alike": lambda v: likeness.met_before(v, Sought(of.alias), 4),
        "palette": lambda v: search.everything(v, of.alias, moment()),
        "palette-filtered": lambda v: search.everything(
            v, "", moment(), filters=Filters(since=since, risk=Risk.HIGH)
        ),
        "month-of-nights": lambda v: nights.month(v, nights.this_month(now), now),
        "month-long-ago": lambda v: nights.month(v, Month(past.year, past.month), now),
        "review-of-a-night": lambda v: nights.review(v, of.night, moment()),
        "promises": lambda v: promises.lists(v, "ko", moment()),
        "promises-counted": lambda v: promises.counts(v, now),
        "promises-of-a-person": lambda v: promises.of_youth(v, of.youth, "ko", now),
        "supervisor": lambda v: supervision.waiting(v, moment()),
        "referrals": lambda v: following.ways(v, moment()),
        "referrals-late": lambda v: following.late(v, now),
        "outbox": lambda v: exchange.outbox(v),
        "looks": lambda v: access_record.page(v, None, moment()),
        "looks-at-a-person": lambda v: access_record.page(v, of.youth, moment()),
        "versions": lambda v: versions.of(v, of.note, moment()),
        "safety-plans": lambda v: safety.plans(v, of.youth, moment()),
        "directory": lambda v: agencies.directory(v, now),
        "ending": lambda v: retention.upcoming(v, now),
        "expiring": lambda v: growing.expire(v, moment()),
    }
