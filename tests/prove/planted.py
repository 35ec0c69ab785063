"""A whole evening through the services, with words in it that must be found nowhere."""

import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from invented import note, sentence, word
from prove.evening import Clock
from prove.lines import GoodLine
from prove.network import World
from prove.released import answered
from vaults_for_tests import PASSPHRASE, a_keychain, code, vmk

import desktop.settings
from desktop.domain.agencies import Category
from desktop.domain.consents import Answer, Article, Guardian, Item, Verification
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment, Held
from desktop.domain.ids import JudgementId
from desktop.domain.referrals import Draft
from desktop.domain.safety import Step
from desktop.domain.screening import Judgement, Risk
from desktop.domain.youths import Age
from desktop.errors import WrongPassphrase
from desktop.logs import Log
from desktop.services import (
    consents,
    enrolment,
    exchange,
    members,
    notes,
    outreach,
    referrals,
    safety,
    screening,
    search,
    withdrawals,
    youths,
)  # fmt: skip
from desktop.vault import entrustments


@dataclass
class Planted:
    """One evening in its own folder. `needles` is what was planted, by what it is."""

    kept: Path
    place: Path
    seed: str
    needles: dict[str, str | bytes] = field(default_factory=dict)
    disk: Path | None = None
    """Where vault, hub, logs and settings are to be; None: beside everything else."""

    def live(self) -> None:
        """Unlock, write, ask, refer, hear back, search, withdraw; the vault stays open."""
        self.chance = random.Random(self.seed)
        self.moments = Clock(self.chance)
        self._settle_in()
        self.world = self._a_world()
        self._unlock()
        desktop.settings.save(self.own / "settings" / "settings.json", desktop.settings.Settings())
        self._plant_keys()
        self._fail_loudly()
        for _ in range(6):
            self._meet()
        outreach.count(self.world.vault, next(iter(outreach.Tally)), 1, self.moments())
        self._talk()

    @property
    def own(self) -> Path:
        """Return the folder of everything that laptop and hub write."""
        return self.disk or self.place

    def _a_world(self):
        return World(None, self.place / "world", GoodLine)

    def _settle_in(self):
        """Copy the network; what laptop and hub write goes where it can be searched."""
        world = shutil.copytree(self.kept, self.place / "world")
        if self.disk is not None:
            for name in ("vault", "hub"):
                shutil.copytree(world / name, self.disk / name)
                shutil.rmtree(world / name)
                (world / name).symlink_to(self.disk / name)

    def _plant(self, what: str, text: str) -> str:
        self.needles[f"{what} {len(self.needles)}"] = text
        return text

    def _fail_loudly(self):
        """Let something fail whose message holds words, as a bug's would, and log it."""
        log = Log(self.own / "logs", self.world.clock)
        log.failed(ValueError(self._plant("message of a failure", sentence(self.chance))))
        log.say("synced", sent=3)

    def _unlock(self):
        """Through the door, the first time with a wrong passphrase."""
        self.world.vault.close()
        door = {"world": "practice", "keychain": a_keychain(), "now": self.world.clock()}
        wrong = self._plant("wrong passphrase", sentence(self.chance))
        with suppress(WrongPassphrase):
            members.unlock(self.world.place / "vault", wrong, **door)
        door["now"] += timedelta(minutes=10)
        self.world.vault = members.unlock(self.world.place / "vault", PASSPHRASE, **door).vault

    def _plant_keys(self):
        vault = self.world.vault
        with vault.reading() as db:
            record = enrolment.current(db)
        keys = vault._session.keys
        self.needles |= {
            "passphrase": PASSPHRASE, "recovery code": code(), "vault key": vmk(),
            "database key": keys.database[:32], "chain key": keys.chain, "anchor key": keys.anchor,
            "device key": record.sign_key, "device sealing key": record.seal_key[:64],
            "organisation key": next(iter(record.org_keys.values()))[:64],
            "device secret": next(iter(a_keychain().kept.values())),
        }  # fmt: skip

    def _meet(self):
        vault, moments = self.world.vault, self.moments
        alias = self._plant("alias", word(self.chance, 8))
        met = youths.meet(vault, youths.NewYouth(alias, Age.stated(13)), "", moments())
        text = self._plant("note", word(self.chance, 12)) + " " + note(self.chance)
        for length in (20, 80, len(text)):
            saved = notes.save(vault, met.youth.id, met.meeting.id, text[:length], moments())
        if self.chance.random() < 0.5:
            notes.sign(vault, saved.id, moments())
            notes.add(vault, saved.id, self._plant("addendum", sentence(self.chance)), moments())
            half = self._plant("half an addendum", sentence(self.chance))
            notes.set_adding_aside(vault, saved.id, half, moments())
        words = {Step.OWN: self._plant("safety plan", sentence(self.chance))}
        safety.keep(vault, met.youth.id, words, moments())
        moment, grounds = moments(), self._plant("grounds", sentence(self.chance))
        judgement = Judgement(
            JudgementId(moment.fresh), met.youth.id, Risk.LOW, grounds, moment.now
        )
        screening.judge(vault, judgement, moment)
        search.everything(vault, text[:6], moments())
        search.everything(vault, alias, moments())
        self._refer(met.youth.id)

    def _refer(self, youth):
        vault, moments = self.world.vault, self.moments
        agency = self.chance.choice(self.world.agencies).org
        guardian = Guardian(
            self._plant("guardian", word(self.chance, 9)), "이모",
            self._plant("contact", f"0{self.chance.randrange(10**12, 10**13)}"),
            Verification.PHONE_CALL,
        )  # fmt: skip
        paper = Entrustment(EntrustedBy.LOCAL, ARTICLE, "12", moments().now.date())
        with vault.transaction() as db:
            entrustments.add(db, Held(paper, "김", moments().now))
        asked = answered(
            youth, agency, frozenset(Item), moments(), guardian=guardian,
            answers=dict.fromkeys(Article, Answer.GIVEN),
        )  # fmt: skip
        asked = consents.record(vault, asked, moments())
        plain = asked.items - {Item.IDENTIFIER}
        words = {item: self._plant("words", sentence(self.chance)) for item in plain}
        number = f"passport M{self.chance.randrange(10**7, 10**8)}"
        words[Item.IDENTIFIER] = self._plant("number", number)
        draft = Draft(youth, asked.agency, frozenset({Category.COUNSEL}), words)
        referrals.keep_draft(vault, draft, moments())
        shown = referrals.preview(vault, draft, moments())
        referrals.release(vault, shown, moments(), self.chance.randbytes)
        self.asked = asked

    def _talk(self):
        """Send, let the agencies answer in planted words, take back one consent, and say so."""
        for agency in self.world.agencies:
            agency._reply = self._plant("reply", sentence(self.chance))
        for round_number in range(4):
            self.world.pass_time(100)
            exchange.exchange(self.world.vault, self.world.line, self.world.clock())
            if round_number == 2:
                self._take_back()
            for agency in self.world.agencies:
                agency.round()
                agency.round()

    def _take_back(self):
        moment = replace(self.moments(), now=self.world.clock())
        withdrawals.withdraw(self.world.vault, self.asked.id, moment)
