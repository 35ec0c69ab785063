"""What an evening really put on the wire, opened with the agencies' keys, against the answers.

Each trial is one random evening: young people are asked, or their guardians where they may be
under 14, say yes, no and later, change their mind, are referred, take it back; time passes, rounds
are run. Every message that left is kept. A sealed packet is opened with its agency's own key: it
holds exactly words whose items every answer given until then allows, for that agency; nothing else
is sealed to an agency, and whatever is not sealed holds no word at all.
A number leaves only while a supervisor's record says that a law entrusts the organisation with it,
which some evenings have, and some lose.
Control: a program for which the sensitive part needs no yes of its own.
"""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from builders import a_guardian, on_a_night
from invented import alias, sentence
from prove import gatelines, gates
from prove.evening import Clock
from prove.lines import GoodLine
from prove.network import World, template
from prove.proof import Proof, scratch, spread
from prove.released import answered

from desktop.consent_errors import GuardianNotToBeTold, NotEntrusted
from desktop.domain.agencies import Category
from desktop.domain.consents import ASKED, Answer, Article, Consent, Item
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment, Held
from desktop.domain.referrals import Draft
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age
from desktop.errors import ConsentMissing, GuardianNeeded, PreviewChanged
from desktop.services import (
    consents,
    enrolment,
    exchange,
    guardians,
    referrals,
    withdrawals,
    youths,
)
from desktop.vault import entrustments as rows
from sync.client.sealing import header_of, open_sealed
from sync.protocol.bodies import Packet
from sync.protocol.codec import packed, read_json
from sync.protocol.messages import Kind

NAME = "consent-wire"
FULL = 1_000
TRIALS_A_WORLD = 10
SEALED = {Kind.REFERRAL_REQUEST, Kind.REFERRAL_AMEND}
OPEN = {Kind.CONSENT_GIVEN, Kind.CONSENT_WITHDRAWN}
"""What else a counselor's evening says: digests, codes and days."""
AGES = (
    *((Age.stated(each), False) for each in range(14, 20)),
    (Age.stated(12), True), (Age.estimated(14), True), (Age.unknown(), True),
)  # fmt: skip
"""And whether they may be under 14."""


def run(count: int) -> Proof:
    """Live that many evenings."""
    with scratch("wire") as place:
        kept = template(Path(place) / "kept")
        broken = spread(partial(trials, kept), count, TRIALS_A_WORLD, NAME)
        found = trials(kept, "control", 30, is_careless=True)
        caught = any("not agreed" in problem for problem in found)
    return Proof(count, len(broken), caught)


def trials(kept: Path, seed: str, count: int, is_careless: bool = False) -> Iterator[str]:
    """Live evenings in one world; tell what left that should not have."""
    with scratch("wire") as place, ExitStack() as careless:
        world = World(kept, Path(place) / "world", GoodLine, agencies=2)
        careless.callback(world.destroy)
        if is_careless:
            careless.enter_context(_without_23(world.vault))
        for number in range(count):
            evening = Evening(world, random.Random(f"{seed}/{number}"))
            yield from (f"evening {number}: {problem}" for problem in evening.broken())


def _without_23(vault):
    db = vault._connection
    db.set_authorizer(None)
    made = db.execute("SELECT sql FROM sqlite_master WHERE name = 'tellable'").fetchone()[0]
    (_, there, instead) = gatelines.SQL["23 for what is sensitive"]
    db.execute("DROP VIEW tellable")
    db.execute(made.replace(there, instead))
    return gatelines.taken_out(None, "allowed: 23")


@dataclass
class Evening:
    """One evening's answers and words, and everything that left."""

    world: World
    chance: random.Random
    asked: list[Consent] = field(default_factory=list)
    words: dict = field(default_factory=dict)
    """By referral: what was written, by item."""
    kept_from: dict = field(default_factory=dict)
    left: list = field(default_factory=list)
    """What left, when, after how many askings, and whose guardian was not told by then."""
    may_be_under: set = field(default_factory=set)
    entrusted: list = field(default_factory=list)
    """What a supervisor recorded, in this order."""

    def broken(self) -> Iterator[str]:
        """Live it, then read the wire."""
        self.moments = Clock(self.chance)
        on_a_night(self.world.vault, self._now())
        _entrust(self)
        young = [self._met() for _ in range(self.chance.randint(1, 3))]
        for _ in range(self.chance.randint(3, 9)):
            self.world.pass_time(self.chance.choice((1, 30, 300)))
            step = self.chance.choice((self._ask, self._ask, self._refer, self._refer, self._end))
            step(self.chance.choice(young))
            if self.chance.random() < 0.1:
                _entrust(self)
            if self.chance.random() < 0.1:
                self._keep_from(self.chance.choice(young))
            if self.chance.random() < 0.5:
                self._round()
        self._round()
        yield from self._read()

    def _met(self):
        self.world.pass_time(1)
        age, is_young = self.chance.choice(AGES)
        who = youths.NewYouth(alias(self.chance), age)
        youth = youths.meet(self.world.vault, who, "", self._now()).youth.id
        self.may_be_under |= {youth} if is_young else set()
        if self.chance.random() < 0.4:
            self._keep_from(youth)
        return youth

    def _keep_from(self, youth):
        """Write down that their guardian must not be told, perhaps while something waits."""
        if youth not in self.kept_from:
            reason = self.chance.choice(list(KeepReason))
            guardians.keep_from(self.world.vault, youth, reason, "", self._now())
            self.kept_from[youth] = reason.value

    def _ask(self, youth):
        agency = self.chance.choice(self.world.agencies).org
        items = frozenset(self.chance.sample(sorted(Item), self.chance.randint(1, len(Item))))
        moment = self._now()
        yes = [Answer.GIVEN] * 9 + list(Answer)
        is_off = self.entrusted[-1].is_taken_back and self.chance.random() < 0.9
        articles = ASKED if is_off else Article
        asked = answered(
            youth, agency, items, moment,
            answers={article: self.chance.choice(yes) for article in articles},
            valid_until=moment.now + timedelta(seconds=self.chance.choice((60, *[10**6] * 3))),
            guardian=a_guardian() if self._is_answered_for(youth) else None,
        )  # fmt: skip
        try:
            self.asked.append(consents.record(self.world.vault, asked, self._now()))
        except NotEntrusted:
            if not self.entrusted[-1].is_taken_back:
                raise
            return
        except (GuardianNeeded, GuardianNotToBeTold):
            return
        self.world.pass_time(2)

    def _is_answered_for(self, youth):
        return youth in self.may_be_under and self.chance.random() < 0.8

    def _refer(self, youth):
        agency = self.chance.choice(self.world.agencies).org
        if self.asked and self.chance.random() < 0.8:
            about = self.chance.choice(self.asked)
            youth, agency = about.youth, about.agency
        chosen = self.chance.sample(sorted(Item), self.chance.randint(1, len(Item)))
        words = {item: sentence(self.chance) for item in chosen}
        if Item.IDENTIFIER in words:
            words[Item.IDENTIFIER] = f"passport M{self.chance.randrange(10**7, 10**8)}"
        draft = Draft(youth, agency, frozenset({Category.COUNSEL}), words)
        try:
            shown = referrals.preview(self.world.vault, draft, self._now())
            done = referrals.release(self.world.vault, shown, self._now(), self.chance.randbytes)
        except (ConsentMissing, PreviewChanged):
            return
        self.words[str(done.referral.id)] = words

    def _end(self, youth):
        standing = [a for a in self.asked if a.youth == youth and a.withdrawn_at is None]
        if standing:
            ended = self.chance.choice(standing)
            withdrawals.withdraw(self.world.vault, ended.id, self._now())
            self.asked[self.asked.index(ended)] = replace(ended, withdrawn_at=self.world.clock())

    def _round(self):
        world, left, askings, kept = self.world, self.left, self.asked, self.kept_from

        class Listening:
            """Keeps a copy of whatever the laptop says."""

            def __getattr__(self, name):
                return getattr(world.line, name)

            def exchange(self, asked, now):
                left.extend((item, now, len(askings), dict(kept)) for item in asked.items)
                return world.line.exchange(asked, now)

        exchange.exchange(world.vault, Listening(), world.clock())

    def _read(self) -> Iterator[str]:
        with self.world.vault.reading() as db:
            sender = enrolment.current(db).keys.sign.public
        for message, at, kept, kept_from in self.left:
            header, raw = header_of(message), packed(message)
            if any(text.encode() in raw for said in self.words.values() for text in said.values()):
                yield f"{header.kind}: words in clear"
            if header.kind in SEALED and header.ref in self.words:
                yield from self._opened(message, header, (at, kept, kept_from), sender)
            elif header.kind not in OPEN:
                yield f"{header.kind}: nobody asked for this"

    def _opened(self, message, header, then, sender) -> Iterator[str]:
        at, kept, kept_from = then
        agency = next(a for a in self.world.network.agencies if a.identity.org == header.to_org)
        keys = agency.identity.private_keys
        packet = read_json(Packet, open_sealed(message, header.to_org, keys, sender))
        asked, agreed = _agreed([_as_of(each, at) for each in self.asked[:kept]], header, at)
        if asked.withdrawn_at is not None:
            yield "left after it was taken back"
        if asked.youth in self.may_be_under and asked.guardian is None:
            yield "nobody but the child agreed"
        held = [each for each in self.entrusted if each.at <= at][-1]
        if Item.IDENTIFIER in packet.words and held.is_taken_back:
            yield "not agreed to: a number, and no law entrusts anybody with it"
        if not set(packet.words) <= {item.value for item in agreed}:
            yield f"not agreed to: {sorted(set(packet.words) - set(agreed))}"
        written = self.words[header.ref]
        if packet.words != {i.value: written[i] for i in written if i.value in packet.words}:
            yield "not what was written"
        if sorted(packet.words) != sorted(header.item_codes):
            yield "not the items it says outside"
        reason = kept_from.get(asked.youth)
        if (packet.keep_from_guardian, packet.keep_reason or None) != (reason is not None, reason):
            yield "the guardian might be told"

    def _now(self):
        self.moments.now = self.world.clock()
        return replace(self.moments(), now=self.world.clock())


def _entrust(evening):
    """Let a supervisor record that a law entrusts them, or that it ended."""
    now, is_over = evening.world.clock(), evening.chance.random() < 0.25
    paper = Entrustment(EntrustedBy.MINISTRY, ARTICLE, "12", now.date())
    evening.entrusted.append(Held(paper, "김", now, is_taken_back=is_over))
    with evening.world.vault.transaction() as db:
        rows.add(db, evening.entrusted[-1])
        if len(evening.entrusted) == 1:  # what earlier evenings hold back is not of this one
            db.execute("DELETE FROM outbox WHERE state = 'waiting'")


def _agreed(before, header, at):
    """Return what a packet names as its consent, and what every answer until then allows."""
    which = next(n for n, each in enumerate(before) if str(each.id) == header.consent_id)
    asked = before[which]
    agreed = gates.allowed_by(asked, header.to_org, at)
    for later in before[which + 1 :]:
        if (later.youth, later.agency) == (asked.youth, asked.agency):
            agreed -= later.ended_items()
    return asked, agreed


def _as_of(asked, at):
    """Return the answers as they stood when something left: taken back later is no matter."""
    is_ended = asked.withdrawn_at is not None and asked.withdrawn_at < at
    return asked if is_ended else replace(asked, withdrawn_at=None)
