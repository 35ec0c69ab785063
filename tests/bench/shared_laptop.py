"""A counselor's laptop as it is: a vault that has joined a hub, and referrals of 4 KB in it."""

import random
import secrets
import time
from datetime import timedelta
from uuid import uuid4

from bench.shared_items import WORDS, words_of
from bench.shared_ours import now
from invented import alias
from prove.released import answered
from vaults_for_tests import a_vault

from desktop.domain.agencies import Category
from desktop.domain.moment import Moment
from desktop.domain.referrals import Draft
from desktop.domain.youths import Age
from desktop.services import consents, enrolment, exchange, outreach, referrals, youths
from desktop.services.enrolment import EnrolmentState, Invitation
from desktop.services.exchange import HubState
from sync.practice.centre import Centre
from sync.practice.desks import WORLD, Surroundings

OF_EACH = 20
"""Referrals under one consent."""


def moment():
    """Return this moment."""
    return Moment(now(), uuid4())


class Laptop:
    """A vault at work. Everything of it belongs to one thread."""

    def __init__(self, place, ours, url):
        self._vault = a_vault(place / "vault")
        self._agency = ours.agency.org
        self._join(ours, url)
        outreach.begin(self._vault, outreach.Plan("별빛공원"), moment())
        self._line = enrolment.hub(self._vault)
        self._written = 0
        self.round()

    def write(self, count):
        """Release so many referrals: each is sealed, signed, and in the vault for good."""
        for _ in range(count):
            if self._written % OF_EACH == 0:
                self._consent = self._asked()
            self._release(self._written)
            self._written += 1

    def round(self):
        """Make one round with the hub."""
        return exchange.exchange(self._vault, self._line, now(), stays_open=True)

    def drain(self, rest, longest):
        """Make rounds until nothing waits, resting after each that failed; return how many did.

        Stops after `longest` seconds all the same.
        """
        failures, until = 0, time.monotonic() + longest
        while time.monotonic() < until:
            done = self.round()
            if done.state is HubState.REACHED:
                if not done.waiting:
                    break
            else:
                failures += 1
                rest()
        return failures

    def close(self):
        self._line.close()
        self._vault.close()

    def _join(self, ours, url):
        around = Surroundings(url, ours.root, timedelta(0), now, secrets.token_bytes)
        centre = Centre(ours.centre, around)
        invitation, state = Invitation(ours.office.code(), ours.root), EnrolmentState.NONE
        while state is not EnrolmentState.ENROLLED:
            door = enrolment.unknown_hub(url, WORLD)
            state = enrolment.enrol(self._vault, door, invitation, moment(), secrets.token_bytes)
            centre.let_in_who_waits()

    def _asked(self):
        chance = random.Random(f"youth {self._written}")
        met = youths.meet(
            self._vault, youths.NewYouth(alias(chance), Age.stated(16)), "", moment()
        )
        asked = answered(met.youth.id, self._agency, frozenset(WORDS), moment())
        return consents.record(self._vault, asked, moment())

    def _release(self, number):
        consent = self._consent
        draft = Draft(
            consent.youth, consent.agency, frozenset({Category.COUNSEL}), words_of(number)
        )
        referrals.keep_draft(self._vault, draft, moment())
        shown = referrals.preview(self._vault, draft, moment())
        referrals.release(self._vault, shown, moment(), secrets.token_bytes)
