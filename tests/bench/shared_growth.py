"""A hub's database grown by copying what one real exchange left in it, under new ids.

Rows go in through the hub's own store, a few thousand messages at a time. Every copy has all
its rows: message, packet, delivery, consent, referral, what it stands on, what is planned.
"""

import re
import secrets

from bench.shared_items import words_of
from bench.shared_laptop import OF_EACH
from bench.shared_ours import WORLD, now

from desktop.domain.moment import CHANCE, fresh_id
from sync.server import tables
from sync.server.founding import open_hub
from sync.server.mailbox import box

_COPIED = ("message", "packet", "consent", "referral", "referral_basis", "reminder", "delivery")
_AT_ONCE = 200
"""Copies in one transaction."""


class Growth:
    """Makes a hub larger, while it does not run."""

    def __init__(self, ours):
        self._ours = ours
        self._rows, self._ids = {}, ()
        self.messages = 0

    def plant(self, laptop):
        """Exchange for real what is copied: a consent, and the referrals under it."""
        agency = self._ours.agency.org
        consent = laptop.consent(agency)
        for number in range(OF_EACH):
            laptop.refer(agency, consent, words_of(number))
        laptop.drain()

    def grow(self, messages):
        """Copy until the hub holds so many messages."""
        hub = open_hub(self._ours.home, WORLD, secrets.token_bytes)
        try:
            if not self._rows:
                with hub.store.reading() as db:
                    self._learn(db)
            each = len(self._rows["message"])
            while self.messages < messages:
                count = min(_AT_ONCE, -(-(messages - self.messages) // each))
                with hub.store.writing() as db:
                    self._copy(db, count)
                self.messages += count * each
        finally:
            hub.store.close()

    def _learn(self, db):
        known = {name: db.all(tables.metadata.tables[name]) for name in _COPIED}
        self._rows = {name: [dict(row) for row in rows] for name, rows in known.items()}
        self.messages = len(self._rows["message"])
        ids = {row["id"] for name in ("message", "consent", "referral") for row in known[name]}
        self._any = re.compile("|".join(sorted(ids)))
        self._ids = tuple(ids)

    def _copy(self, db, count):
        fresh = [{old: _fresh() for old in self._ids} for _ in range(count)]
        for name in _COPIED[:-1]:
            rows = (self._renamed(row, ids) for ids in fresh for row in self._rows[name])
            table = tables.metadata.tables[name]
            first = next(iter(table.primary_key.columns)).name
            # In the order of the key: the same rows, in fewer steps.
            db.add(table, *sorted(rows, key=lambda row: row[first]))
        for mailbox in {row["mailbox"] for row in self._rows["delivery"]}:
            rows = [row for row in self._rows["delivery"] if row["mailbox"] == mailbox]
            head = db.advance(mailbox, len(rows) * count) - len(rows) * count
            copies = [self._renamed(row, ids) for ids in fresh for row in rows]
            numbered = ({**row, "seq": head + n} for n, row in enumerate(copies, 1))
            db.add(tables.delivery, *numbered)

    def _renamed(self, row, ids):
        return {
            name: self._any.sub(lambda found: ids[found[0]], value)
            if isinstance(value, str)
            else value
            for name, value in row.items()
        }


def head(ours):
    """Return the epoch of the hub, and how far the agency's mailbox is filled."""
    hub = open_hub(ours.home, WORLD, secrets.token_bytes)
    try:
        with hub.store.reading() as db:
            return hub.epoch, db.one(tables.mailbox, id=box(ours.agency.org))["head"]
    finally:
        hub.store.close()


def _fresh():
    return str(fresh_id(now(), secrets.token_bytes(CHANCE)))
