"""Random histories of consents, and what may leave by them, said once more in other words.

The real tables, views and triggers in memory, without a journal, so that a history takes a
millisecond: askings, refusals, changes that take an earlier one's place, withdrawals, expiries,
and a clock that is set forward and back by up to a year between any two of them.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from builders import NOON, a_consent, a_guardian, a_youth
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.agencies import Category
from desktop.domain.consent_records import Record, Responsible
from desktop.domain.consents import Answer, Article, Consent, Item
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment, Held
from desktop.domain.ids import AgencyId, YouthId
from desktop.domain.moment import Moment
from desktop.domain.youths import Age
from desktop.errors import ConsentMissing
from desktop.services import covering, referrals
from desktop.vault import consents, entrustments, sending, youths
from desktop.vault.columns import stamp
from desktop.vault.migrate import migrate
from i18n.formats import SEOUL

AGENCIES = (AgencyId("shelter"), AgencyId("clinic"))
YEAR = 365 * 24 * 3600
_AGES = (
    Age.stated(13), Age.stated(14), Age.estimated(14), Age.estimated(15), Age.unknown(),
    Age.between(13, 15), *[Age.stated(17)] * 24,
)  # fmt: skip
_ALONE = frozenset((Age.stated(14), Age.estimated(15), Age.stated(17)))
"""Those at which a yes without a guardian counts."""
_HELP, _OTHER = frozenset({Category.PROTECT}), frozenset({Category.WORK})
_SENSITIVE = {Item.SITUATION, Item.HEALTH}
_ROW = (
    "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at, state)"
    " VALUES ('m', 2, ?, 'r', ?, ?, ?, x'00', ?, 'waiting')"
)
_WAITS = (
    "WITH o AS (SELECT 'm' AS id, 'referral.request' AS kind, 'r' AS ref, ?2 AS consent,"
    " ?3 AS to_org, ?4 AS items, '' AS last_problem) SELECT 1 FROM o WHERE"
)


class Tables:
    """The vault's tables in memory: whatever runs SQL there, and journals nothing."""

    def __init__(self):
        self.raw = sqlcipher.connect(":memory:", isolation_level=None)
        migrate(self.raw)
        self.raw.execute("DROP TRIGGER an_entrustment_is_kept")
        self.execute, self.executemany = self.raw.execute, self.raw.executemany

    def wrote(self, *_):
        """Journal nothing."""

    def script(self, kind, name):
        """Return how a view or a trigger was made."""
        said = self.execute(
            "SELECT sql FROM sqlite_master WHERE type = ? AND name = ?", (kind, name)
        ).fetchone()
        return said[0]


@dataclass
class History:
    """One evening after another with two young people, as it was really lived."""

    db: Tables
    chance: object
    now: object = NOON
    kept: list[Consent] = field(default_factory=list)
    """In the order of keeping."""
    spoiled: dict = field(default_factory=dict)
    """Consent to the items that a broken program marked as not allowed."""
    entrusted: Held | None = None
    ages: dict = field(default_factory=dict)

    def live(self):
        """Live a few events."""
        self.db.execute("DELETE FROM entrustment")  # every history begins without any
        pair = [self._met() for _ in range(2)]
        for _ in range(self.chance.randint(1, 8)):
            self._pass_time()
            if self.chance.random() < 0.35:
                self._entrust()
            if self.kept and self.chance.random() < 0.3:
                self._withdraw()
            else:
                self._ask(self.chance.choice(pair[:1] * 4 + pair[1:]))
        self._pass_time()

    def _met(self):
        youth = YouthId(UUID(int=self.chance.getrandbits(128)))
        self.ages[youth] = self.chance.choice(_AGES)
        youths.add(self.db, a_youth(id=youth, age=self.ages[youth]))
        return youth

    def _entrust(self):
        """A supervisor records that a law entrusts them for a while, or takes it back."""
        today = self.now.date()
        days = self.chance.choice((1, 900, 900, None, None, None))
        last_day = None if days is None else today + timedelta(days=days)
        paper = Entrustment(EntrustedBy.LOCAL, ARTICLE, "12", today, last_day)
        is_over = self.chance.random() < 0.25
        self.entrusted = Held(paper, "김", self.now, is_taken_back=is_over)
        entrustments.add(self.db, self.entrusted)

    def is_entrusted(self, at):
        """Say in other words whether a number may be told then."""
        held = self.entrusted
        if held is None or held.is_taken_back:
            return False
        last = held.entrustment.last_day
        return last is None or at.astimezone(SEOUL).date() <= last

    def _pass_time(self):
        # Mostly forward; sometimes somebody sets the clock.
        seconds = self.chance.choice(
            (0, 1, 60, 3_600, 86_400, 86_400 * 30, -1, -3_600, -86_400, YEAR, -YEAR)
        )
        self.now += timedelta(seconds=seconds)

    def _ask(self, youth):
        answers = {
            article: self._answer(article) for article in Article if self.chance.random() < 0.85
        }
        earlier = [each for each in self.kept if each.youth == youth]
        agency = self.chance.choice(AGENCIES)
        same = [each.id for each in earlier if each.agency == agency]
        replaced = self.chance.choice(same) if same and self.chance.random() < 0.3 else None
        asked = a_consent(
            youth=youth,
            agency=agency,
            items=frozenset(self.chance.sample(sorted(Item), self.chance.randint(1, len(Item)))),
            answers=answers,
            asked_at=self.now,
            valid_until=self.now + timedelta(seconds=self.chance.choice((0, 3_600, YEAR, YEAR))),
            guardian=a_guardian() if self.chance.random() < 0.4 else None,
            # The first may have been kept before there were records.
            record=self._record(replaced) if self._is_recorded() else None,
        )
        consents.add(self.db, asked)
        self.kept.append(asked)
        self._spoil(asked)

    def _record(self, replaced):
        # Asked before an organisation was joined, nobody is named as responsible.
        who = None if self.chance.random() < 0.1 else Responsible("org", "센터", "")
        helps = self.chance.choice((*[_HELP] * 10, _HELP | _OTHER, frozenset(), _OTHER))
        return Record(asked_by="김", responsible=who, supersedes=replaced, categories=helps)

    def _answer(self, article):
        yes = 2 if article is Article.SENSITIVE else 4 if article is Article.IDENTIFIERS else 12
        return self.chance.choice([Answer.GIVEN] * yes + list(Answer))

    def _is_recorded(self):
        return bool(self.kept) or self.chance.random() < 0.7

    def _spoil(self, asked):
        """Put what a broken program might have reckoned into the column that says `allowed`."""
        chosen = self.chance.random()
        if chosen > 0.5:
            return
        is_allowed = int(chosen < 0.35)
        spoiled = frozenset(each for each in sorted(asked.items) if self.chance.random() < 0.5)
        for each in spoiled:
            key = (str(asked.id), each.value)
            self.db.execute("DELETE FROM consent_item WHERE (consent, item) = (?, ?)", key)
            self.db.execute("INSERT INTO consent_item VALUES (?, ?, ?)", (*key, is_allowed))
        if not is_allowed:
            self.spoiled[asked.id] = spoiled

    def _withdraw(self):
        at = self.chance.randrange(len(self.kept))
        if self.kept[at].withdrawn_at is None:
            consents.end(self.db, self.kept[at].id, self.now)
            self.kept[at] = replace(self.kept[at], withdrawn_at=self.now)

    def by_answers(self, which, at):
        """Return what one asking allows by itself: PIPA 15, 17, 23, 24, and its time."""
        asked = self.kept[which]
        yes = {article for article, answer in asked.answers.items() if answer is Answer.GIVEN}
        if asked.withdrawn_at is not None or not asked.asked_at <= at < asked.valid_until:
            return set()
        if not {Article.COLLECT, Article.PROVIDE} <= yes:
            return set()
        unsaid = set() if Article.SENSITIVE in yes else _SENSITIVE
        unsaid = unsaid if Article.IDENTIFIERS in yes else unsaid | {Item.IDENTIFIER}
        return set(asked.items) - unsaid

    def allowed(self, which, at):
        """Return the intersection of what every applicable answer allows."""
        asked, allowed = self.kept[which], self.by_answers(which, at)
        if asked.guardian is None and self.ages[asked.youth] not in _ALONE:
            return set()
        allowed -= set() if self.is_entrusted(at) else {Item.IDENTIFIER}
        for later in self.kept[which + 1 :]:
            if (later.youth, later.agency) != (asked.youth, asked.agency):
                continue
            noes = {a for a, said in later.answers.items() if said is not Answer.GIVEN}
            if later.withdrawn_at is not None or noes & {Article.COLLECT, Article.PROVIDE}:
                return set()
            if Article.SENSITIVE in noes:
                allowed -= _SENSITIVE
            if Article.IDENTIFIERS in noes:
                allowed -= {Item.IDENTIFIER}
            if later.record and later.record.supersedes == asked.id:
                return set()
        return allowed


def broken(history):
    """Name every gate that lets through more, or less, than the answers allow."""
    at, chance = history.now, history.chance
    for which, asked in enumerate(history.kept):
        allowed = history.allowed(which, at)
        in_vault = allowed - history.spoiled.get(asked.id, frozenset())
        for items in _probes(allowed, chance):
            for agency in AGENCIES:
                may = bool(items) and agency == asked.agency and items <= in_vault
                if _passes(history.db, asked, agency, items, at) != may:
                    yield "the trigger"
                # Nothing is no item; a row that tells nothing is the trigger's to refuse.
                if _leaves(history.db, asked, agency, items, at) != (may or not items):
                    yield "the sender"
                by_itself = history.by_answers(which, at)
                may = bool(items) and agency == asked.agency and items <= by_itself
                if asked.covers(agency, frozenset(items), at) != may:
                    yield "covers"
    yield from _chosen(history, at)


def _chosen(history, at):
    """A preview chooses the newest consent that allows anything, with all that it allows."""
    for youth in {each.youth for each in history.kept}:
        read = consents.of_youth(history.db, youth)
        if [each.id for each in read] != [
            each.id for each in reversed(history.kept) if each.youth == youth
        ]:
            yield "the order"
        for agency in AGENCIES:
            expected = next(
                (
                    (asked.id, allowed)
                    for which, asked in reversed(tuple(enumerate(history.kept)))
                    if (asked.youth, asked.agency) == (youth, agency)
                    and (asked.record is None or asked.record.responsible)
                    and _is_agreed(asked.record)
                    and (allowed := history.allowed(which, at))
                ),
                None,
            )
            moment = Moment(at, UUID(int=0))
            told = referrals._may_tell(history.db, frozenset(Item), moment)
            try:
                telling = covering.Telling(agency, "", told, _HELP, history.ages[youth])
                found, items = covering.newest(read, telling, at)
                said = (found.id, set(items))
            except ConsentMissing:
                said = None
            if said != expected:
                yield "the preview"


def _is_agreed(record):
    return record is None or record.categories in (frozenset(), _HELP, _HELP | _OTHER)


def _probes(allowed, chance):
    """Everything allowed, one more than that, each that is not allowed alone, and nothing."""
    beyond = sorted(set(Item) - allowed)
    yield set(allowed)
    yield set()
    if beyond:
        yield allowed | {chance.choice(beyond)}
        yield from ({each} for each in beyond)


def _passes(db, asked, agency, items, at):
    kind = "referral.request"
    said = json.dumps(sorted(items))
    try:
        db.execute(_ROW, (kind, str(asked.id), agency, said, stamp(at)))
    except sqlcipher.IntegrityError:
        return False
    db.execute("DELETE FROM outbox WHERE id = 'm'")
    return True


def _leaves(db, asked, agency, items, at):
    """Say whether the sender, which asks again at each sending, would let such a row go."""
    told = (stamp(at), str(asked.id), agency, json.dumps(sorted(items)))
    return db.execute(_WAITS + sending._MAY_LEAVE, told).fetchone() is not None
