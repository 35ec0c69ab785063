"""Counting, undoing, resting and forgetting under a clock that jumps: nights stay apart."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from builders import NOON, a_moment
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from vaults_for_tests import a_vault

from desktop.domain.outreach import Tally
from desktop.services import counting, outreach
from desktop.services.outreach import Plan
from desktop.services.standing import standing
from desktop.vault import nights
from desktop.vault import outreach as rows

TALLIES = (Tally.GREETING, Tally.MEAL, Tally.FARE)
ACTS = st.one_of(
    st.tuples(st.just("count"), st.sampled_from(TALLIES), st.integers(-4, 4).filter(bool)),
    st.tuples(st.sampled_from(["undo", "pause", "resume", "end", "begin", "look"])),
)
# Minutes and hours forward, now and then back, and past six in the morning.
JUMPS = st.one_of(st.integers(0, 90), st.integers(-400, 0), st.integers(300, 3000))


@dataclass
class Told:
    """What a person would have on paper."""

    at: timedelta = timedelta()
    sheets: dict = field(default_factory=dict)
    now: object = None
    steps: list = field(default_factory=list)

    def rolled(self, moment):
        """Put the sheet away when its night has passed."""
        if self.now is not None and self.now.is_over(moment.now):
            self.now = None


def counted(told, vault, steps, moment, act):
    _, tally, by = act
    before = told.sheets[told.now.id].get(tally, 0) if told.now else 0
    step = steps.count(vault, tally, by, moment)
    if told.now is None:
        assert step is None
        return
    after = max(0, before + by)
    assert (step.night, step.number, step.moved) == (told.now.id, after, after - before)
    told.sheets[told.now.id][tally] = after
    if after != before:
        told.steps.append((told.now.id, tally, after - before))


def undone(told, vault, steps, moment):
    step = steps.take_back(vault, moment)
    last = told.steps.pop() if told.steps else None
    if last is None or told.now is None or last[0] != told.now.id:
        assert step is None
        told.steps.clear()
        return
    _, tally, moved = last
    told.sheets[told.now.id][tally] -= moved
    assert (step.tally, step.number) == (tally, told.sheets[told.now.id][tally])


def done(told, vault, steps, act, moment):
    night = told.now
    if act != ("undo",) or told.steps:  # whatever asks for the night closes one that has passed
        told.rolled(moment)
    match act:
        case ("count", _, _):
            counted(told, vault, steps, moment, act)
        case ("undo",):
            undone(told, vault, steps, moment)
        case ("pause",):
            outreach.pause(vault, moment)
        case ("resume",):
            outreach.resume(vault, moment)
        case ("end",):
            outreach.end(vault, night.id if night else uuid4(), moment)
            told.now = None
        case _:
            begun_or_seen(told, vault, act, moment)


def begun_or_seen(told, vault, act, moment):
    if act == ("begin",):
        told.now = outreach.begin(vault, Plan("역"), moment)
        told.sheets[told.now.id] = {}
    else:
        now = standing(vault, moment)
        assert (now.tonight and now.tonight.outreach.id) == (told.now and told.now.id)


def hold(told, vault, moment):
    with vault.reading() as db:
        for key, sheet in told.sheets.items():
            night, tallies = rows.one(db, key), rows.tallies(db, key)
            assert {tally: n for tally, n in tallies.items() if n} == {
                tally: n for tally, n in sheet.items() if n
            }
            until = night.ended_at or max(moment.now, night.latest())
            rested = sum((pause.length(until) for pause in night.pauses), timedelta())
            assert night.length(moment.now) + rested == until - night.started_at
            assert timedelta() <= night.length(moment.now)
            assert all(pause.length(until) >= timedelta() for pause in night.pauses)
            if nights.was_forgotten(db, key):
                assert night.started_at <= night.ended_at < night.rolls_at()
                assert night.ended_at <= max([night.started_at, *told.times[key]])
            elif told.now is None or told.now.id != key:
                assert night.ended_at is not None


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink one takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(ACTS, JUMPS), min_size=5, max_size=30))
def test_tallies_undo_pauses_and_rollover_agree_with_paper(acts):
    with TemporaryDirectory(prefix="n_") as place:
        vault, told, steps = a_vault(Path(place) / "vault"), Told(), counting.Steps()
        told.times = {}
        for act, minutes in [(("begin",), 0), *acts]:
            told.at += timedelta(minutes=minutes)
            moment = a_moment(NOON + told.at)
            done(told, vault, steps, act, moment)
            if told.now:
                told.times.setdefault(told.now.id, []).append(moment.now)
            hold(told, vault, moment)
        vault.verify()
        vault.close()
