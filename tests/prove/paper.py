"""A night kept on paper beside the program, under a clock that jumps: both must tell the same."""

from datetime import timedelta
from uuid import uuid4

from builders import NOON, a_moment
from vaults_for_tests import a_vault

from desktop.domain.outreach import Tally
from desktop.services import counting, outreach
from desktop.services.outreach import Plan
from desktop.services.standing import standing
from desktop.vault import nights
from desktop.vault import outreach as rows

TALLIES = (Tally.GREETING, Tally.MEAL, Tally.FARE)
ACTS = ("undo", "pause", "resume", "end", "begin", "look")


class Paper:
    """What a person would have written down, and the vault that should say the same."""

    def __init__(self, folder):
        self.vault, self._counting = a_vault(folder), counting.Steps()
        self._passed = timedelta()
        self._sheets, self._times, self._steps = {}, {}, []
        self._night, self._is_resting = None, False
        self.do("begin", 0)

    def do(self, act, minutes, tally=None, by=0):
        """Let so many minutes pass, or turn the clock back; then do one thing and compare."""
        self._passed += timedelta(minutes=minutes)
        moment, night = a_moment(NOON + self._passed), self._night
        if act != "undo" or self._steps:  # whatever asks for the night closes one that has passed
            self._roll(moment)
        if act == "count":
            self._count(moment, tally, by)
        elif act == "end":
            outreach.end(self.vault, night.id if night else uuid4(), moment)
            self._night = None
        else:
            getattr(self, f"_{act}")(moment)
        if self._night is not None:
            self._times.setdefault(self._night.id, []).append(moment.now)
        self._compare(moment)

    def close(self):
        """Read every row against the journal, and close."""
        self.vault.verify()
        self.vault.close()

    def _roll(self, moment):
        if self._night is not None and _evening(moment.now) > _evening(self._night.started_at):
            self._night = None

    def _count(self, moment, tally, by):
        step = self._counting.count(self.vault, tally, by, moment)
        self._is_resting = self._is_resting and by < 0
        if self._night is None:
            assert step is None
            return
        sheet = self._sheets[self._night.id]
        before = sheet.get(tally, 0)
        sheet[tally] = max(0, before + by)
        moved = sheet[tally] - before
        assert (step.night, step.number, step.moved) == (self._night.id, sheet[tally], moved)
        if moved:
            self._steps.append((self._night.id, tally, moved))

    def _undo(self, moment):
        step = self._counting.take_back(self.vault, moment)
        night, tally, moved = self._steps.pop() if self._steps else (None, None, 0)
        if night is None or self._night is None or night != self._night.id:
            assert step is None
            self._steps.clear()
            return
        self._sheets[night][tally] -= moved
        assert (step.tally, step.number) == (tally, self._sheets[night][tally])

    def _pause(self, moment):
        outreach.pause(self.vault, moment)
        self._is_resting = True

    def _resume(self, moment):
        outreach.resume(self.vault, moment)
        self._is_resting = False

    def _begin(self, moment):
        self._night = outreach.begin(self.vault, Plan("역"), moment)
        self._sheets[self._night.id], self._is_resting = {}, False

    def _look(self, moment):
        shown = standing(self.vault, moment).tonight
        assert (shown and shown.outreach.id) == (self._night and self._night.id)

    def _compare(self, moment):
        with self.vault.reading() as db:
            for key, sheet in self._sheets.items():
                night, tallies = rows.one(db, key), rows.tallies(db, key)
                assert _some(tallies) == _some(sheet)
                _adds_up(night, moment.now)
                is_now = self._night is not None and self._night.id == key
                assert not is_now or night.is_paused == self._is_resting
                if nights.was_forgotten(db, key):
                    assert night.ended_at <= max([night.started_at, *self._times[key]])
                    assert night.started_at <= night.ended_at < night.rolls_at()
                elif not is_now:
                    assert night.ended_at is not None


def _evening(at):
    """Return the date in Korea, six hours ago."""
    return (at + timedelta(hours=9 - 6)).date()


def _adds_up(night, now):
    until = night.ended_at or max(now, night.latest())
    rested = [pause.length(until) for pause in night.pauses]
    assert all(rest >= timedelta() for rest in rested)
    assert night.length(now) >= timedelta()
    assert night.length(now) + sum(rested, timedelta()) == until - night.started_at


def _some(tallies):
    return {tally: number for tally, number in tallies.items() if number}
