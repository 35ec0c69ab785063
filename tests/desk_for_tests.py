"""An agency's worker at the same program: a vault of its own, joined to the town's hub."""

from datetime import UTC, timedelta

import msgspec
from builders import a_moment
from network_of_one import Line
from prove.decrypted import frames, pages

from desktop.domain.consents import Item
from desktop.domain.inbox import Deed
from desktop.domain.referrals import Appointment
from desktop.services import enrolment, exchange, inbox
from desktop.services.inbox import Doing, Saying
from desktop.vault import directory
from desktop.vault import enrolment as enrolment_row
from desktop.vault.subjects import as_it_stands
from sync.client.enrolment import wrapped
from sync.client.hybrid import HYBRID, SealingPair
from sync.protocol.directory import SealingKey
from sync.server import devices as at_hub

WORDS = {
    Item.ALIAS: "하늘",
    Item.AGE: "만 16세",
    Item.LANGUAGE: "한국어",
    Item.NEED: "오늘 밤 안전하게 잘 곳",
    Item.REACH: "저녁 7시 뒤 문자로만",
    Item.SITUATION: "집을 나온 지 나흘째",
}
NEEDLES = ("하늘", "안전하게 잘 곳", "문자로만", "나흘째")


def retire_key(town, org):
    """Let the keepers list a second key of an organisation in place of its first; return it."""
    pair = SealingPair.make(town.hub.chance)
    new = SealingKey(2, HYBRID, pair.public)

    def listed(each):
        if each.org != org:
            return each
        old = (msgspec.structs.replace(key, is_retired=True) for key in each.sealing_keys)
        return msgspec.structs.replace(each, sealing_keys=(*old, new))

    town.hub.publish_listings(3, tuple(map(listed, town.hub.listings)))
    return pair


def give_key(town, pair, *writers):
    """Let the hub hold that second key for these devices of its organisation."""
    with town.hub.hub.store.writing() as db:
        for writer in writers:
            keys = writer.keys
            given = wrapped(2, pair.secret, keys.device, keys.seal.public)
            at_hub.give(db, writer.org, keys.device, given)


class DeskLine(Line):
    """The line of one party's device."""

    def __init__(self, town, writer):
        super().__init__(town)
        self.writer = writer

    def exchange(self, asked, now):
        town = self.town
        centre, town.centre = town.centre, self.writer
        try:
            return super().exchange(asked, now)
        finally:
            town.centre = centre

    def standing(self, now):
        return self.town.hub.standing(self.writer)


class AgencyDesk:
    """The shelter's worker, or a colleague on another of its devices."""

    def __init__(self, town, vault, writer=None):
        self.town, self.vault = town, vault
        self.writer = writer or town.shelter
        self.line = DeskLine(town, self.writer)
        self._join()

    def moment(self):
        self.town.hub.clock.turn(seconds=1)
        return a_moment(self.town.now)

    def round(self):
        return exchange.exchange(self.vault, self.line, self.town.now)

    def cases(self):
        return inbox.listing(self.vault)

    def case(self):
        """Return the newest case as it is opened by somebody."""
        return inbox.open_case(self.vault, self.cases()[0].id, self.moment())

    def peek(self):
        """Return the newest case without opening it."""
        return self.cases()[0]

    def do(self, deed, reason="", words="", ref=None):
        ref, doing = ref or self.cases()[0].id, Doing(deed, reason, words)
        inbox.do(self.vault, ref, doing, self.moment(), self.town.hub.chance)

    def say(self, words="", appointment=None, asks=(), ref=None):
        ref, saying = ref or self.cases()[0].id, Saying(words, appointment, frozenset(asks))
        inbox.say(self.vault, ref, saying, self.moment(), self.town.hub.chance)

    def accepts(self):
        self.round()
        self.case()
        self.do(Deed.ACCEPT)
        self.round()

    def waiting(self):
        """Return the kinds of everything that waits, in the order it goes."""
        with self.vault.reading() as db:
            rows = db.execute(
                "SELECT kind FROM outbox WHERE state = 'waiting' ORDER BY priority, n"
            ).fetchall()
        return [kind for (kind,) in rows]

    def _join(self):
        town, own = self.town, self.writer.own
        with town.vault.reading() as db:
            kept, book = enrolment.current(db), directory.kept(db)
            rows = db.execute("SELECT * FROM directory").fetchall()
        assert book is not None
        asked = own.own_request()
        mine = msgspec.structs.replace(
            kept,
            device=own.device, sign_key=own.device_sign, seal_key=own.device_seal, org=own.org,
            role=own.role, org_keys=own.private_keys,
            cert=own.approval(asked, own.role, town.now).cert,
        )  # fmt: skip
        with self.vault.transaction() as db:
            enrolment_row.keep(db, msgspec.json.encode(mine).decode())
            for row in rows:
                db.execute(f"INSERT INTO directory VALUES ({', '.join('?' * len(row))})", row)
                as_it_stands(db, "directory.kept", 1, 1)


def tomorrow(now, place="센터 2층 상담실"):
    return Appointment(now.astimezone(UTC).replace(microsecond=0) + timedelta(days=1), place)


def readable(vault, needles=NEEDLES):
    """Return which needles stand anywhere in the vault's files, decrypted page by page."""
    key, hits = vault.session.keys.database, set()
    for database in sorted(vault.folder.rglob("*.db")):
        read = [*pages(database, key), *frames(database.with_name(f"{database.name}-wal"), key)]
        hits |= {needle for needle in needles for page in read if needle.encode() in page}
    return hits


def rows_with(vault, needles=NEEDLES):
    """Return which needles stand in any row of any table."""
    hits = set()
    with vault.reading() as db:
        tables = db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT IN ('note_words', 'indexed_word')"
        ).fetchall()
        for (table,) in tables:
            for row in db.execute(f"SELECT * FROM {table}").fetchall():
                told = b"\0".join(
                    bytes(v) if isinstance(v, bytes) else str(v).encode() for v in row
                )
                hits |= {needle for needle in needles if needle.encode() in told}
    return hits
