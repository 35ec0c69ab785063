"""Everything at once: three laptops, two agencies, one hub, and hypothesis choosing what happens.

Questions are lost, repeated and delivered late, answers are cut as well; laptops die at any
statement, the hub between its last one and COMMIT; clocks are a year off; laptop and hub are put
back to an earlier day. Afterwards the line is good again, and the invariants of protocol.md 5.6
must hold. It is played below HTTP: signed requests, their cuts and their clocks are proven by
`exchange-cuts`, `-line` and `-auth`. The controls are variants of
hub and client that are each broken in one way; every one must be caught by its own finding.
"""

from contextlib import contextmanager
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from prove import calling, meddling, moves, overtaking
from prove.instead import instead
from prove.light import light
from prove.proof import Proof, scratch, spread
from prove.variants import VARIANTS
from prove.village import Village, village_template

NAME = "exchange-machine"
FULL = 100_000
SCHEDULES_A_PIECE = 25
STEPS = 18
_TRIES = 12
"""Pieces of schedules in which a control must be caught."""

_WHO = st.integers(0, 2)
_AGENCY = st.integers(0, 1)
_LUCK = st.integers(0, 1 << 32)


def run(count: int, after: int = 0) -> Proof:
    """Play that many schedules after the first `after`; then each variant until it is caught.

    All of them take half a day, which may be done in parts.
    """
    with scratch("machine") as place:
        kept = village_template(Path(place) / "kept")
        # In processes in which no vault was opened before: see `light`.
        played = partial(_later, kept, after // SCHEDULES_A_PIECE)
        broken = spread(played, count, SCHEDULES_A_PIECE, NAME, "spawn")
        tried = min(len(VARIANTS), max(2, count // 20))
        missed = spread(partial(_controls, kept), tried, 1, f"{NAME} control", "spawn")
    return Proof(count, len(broken), not missed)


class NotHeld(AssertionError):
    """What a schedule found. Only this catches a control: an error of any other kind is none."""


def schedules(kept: Path, name: str, count: int) -> list[str]:
    """Play schedules; return what did not hold. The same name plays the same schedules."""
    problem = _problem(kept, name, count)
    return [f"{type(problem).__name__}: {problem}"] if problem else []


def _later(kept: Path, left_out: int, name: str, count: int) -> list[str]:
    later = f"{NAME} {left_out + int(name.rpartition(' ')[2])}"
    return [f"{later}: {problem}" for problem in schedules(kept, later, count)]


def _problem(kept: Path, name: str, count: int) -> Exception | None:
    class Machine(Schedule):
        template = kept

    chosen = settings(
        max_examples=count,
        stateful_step_count=STEPS,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
    )
    try:
        with light(), the_same_draws():
            run_state_machine_as_test(seed(name)(Machine), settings=chosen)
    except Exception as problem:  # noqa: BLE001  (whatever it is, it is what did not hold)
        return problem
    return None


@contextmanager
def the_same_draws():
    """Draw what the seed says: else every module of ours that is loaded lends its numbers.

    Then a piece would play one thing alone and another after others, and nobody find it again.
    """
    providers.CONSTANTS_CACHE.cache.clear()
    try:
        with instead(providers, "_get_local_constants", providers.Constants):
            yield
    finally:
        providers.CONSTANTS_CACHE.cache.clear()


def _controls(kept: Path, name: str, _count: int) -> list[str]:
    variant, words = list(VARIANTS.items())[int(name.rpartition(" ")[2])]
    with variant():
        for tried in range(_TRIES):
            problem = _problem(kept, f"{variant.__name__} {tried}", SCHEDULES_A_PIECE)
            if problem and not isinstance(problem, NotHeld):
                return [f"no control, but an error: {variant.__name__}: {problem!r}"]
            if words in str(problem):
                return []
    return [f"not caught: {variant.__name__}"]


class Schedule(RuleBasedStateMachine):
    """One evening of a village. Every rule may end with somebody's death."""

    template: Path

    def __init__(self):
        super().__init__()
        self.village = Village(self.template)

    def teardown(self):
        """Let everybody talk until nothing moves, and compare."""
        try:
            broken = self.village.settle()
        finally:
            self.village.destroy()
        if broken:
            raise NotHeld(list(dict.fromkeys(broken))[:9])

    @rule(who=_WHO, agency=_AGENCY, luck=_LUCK)
    def refers(self, who, agency, luck):
        self.village.laptops[who].refer(agency, luck)

    @rule(who=_WHO, luck=_LUCK)
    def refers_again(self, who, luck):
        self.village.laptops[who].refer_again(luck)

    @rule(who=_WHO, luck=_LUCK)
    def withdraws(self, who, luck):
        self.village.laptops[who].withdraw(luck)

    @rule(who=_WHO, luck=_LUCK)
    def withdraws_for_a_colleague(self, who, luck):
        self.village.withdraw_elsewhere(who, luck)

    @rule(who=_WHO, colleague=_WHO, agency=_AGENCY, luck=_LUCK)
    def is_withdrawn_before_it_left(self, who, colleague, agency, luck):
        overtaking.before_it_left(self.village, who, colleague, agency, luck)

    @rule(who=_WHO, agency=_AGENCY, luck=_LUCK)
    def is_withdrawn_on_its_way(self, who, agency, luck):
        overtaking.on_its_way(self.village, who, agency, luck)

    @rule(who=_WHO, agency=_AGENCY, luck=_LUCK)
    def is_withdrawn_after_it_came(self, who, agency, luck):
        overtaking.after_it_came(self.village, who, agency, luck)

    @rule(who=_WHO, agency=_AGENCY, luck=_LUCK)
    def is_asked_for_more(self, who, agency, luck):
        overtaking.is_asked_for_more(self.village, who, agency, luck)

    @rule(who=_WHO, luck=_LUCK)
    def calls_a_referral_off(self, who, luck):
        self.village.laptops[who].call_off(luck)

    @rule(who=_WHO, agency=_AGENCY, stage=st.sampled_from(calling.STAGES), luck=_LUCK)
    def is_called_off(self, who, agency, stage, luck):
        calling.off(self.village, (who, agency), stage, luck)

    @rule(agency=_AGENCY, luck=_LUCK)
    def an_agency_calls_off_what_it_was_asked(self, agency, luck):
        calling.off_by_its_agency(self.village, agency, luck)

    @rule(who=_WHO, luck=_LUCK)
    def speaks(self, who, luck):
        self.village.laptops[who].speak(luck)

    @rule(who=_WHO, luck=_LUCK)
    def speaks_again(self, who, luck):
        self.village.laptops[who].speak(luck)

    @rule(agency=_AGENCY, luck=_LUCK)
    def agency_works(self, agency, luck):
        self.village.agencies[agency].work(luck)

    @rule(luck=_LUCK)
    def another_packet_comes_for_the_same_referral(self, luck):
        meddling.brings_another_packet(self.village, luck)

    @rule(by=st.integers(0, 4), to=st.sampled_from(moves.STATES), luck=_LUCK)
    def somebody_moves_a_task(self, by, to, luck):
        meddling.moves_a_task(self.village, by, to, luck)

    @rule(who=_WHO, agency=_AGENCY, kind=st.sampled_from(meddling.POISON), luck=_LUCK)
    def a_poison_item_comes_along(self, who, agency, kind, luck):
        meddling.poisons(self.village, who, agency, kind, luck)

    @rule(luck=_LUCK)
    def an_old_question_arrives(self, luck):
        self.village.deliver_late(luck)

    @rule(seconds=st.sampled_from((1, 60, 4_000, 90_000)))
    def time_passes(self, seconds):
        self.village.pass_time(seconds)

    @rule(who=_WHO)
    def a_consent_runs_out_to_the_second(self, who):
        self.village.laptops[who].send_at_the_end()

    @rule(who=_WHO, days=st.sampled_from((-365, -1, 0, 0, 1, 365)))
    def a_clock_is_wrong(self, who, days):
        self.village.laptops[who].turn_clock(days)

    @rule(who=_WHO)
    def a_laptop_is_kept(self, who):
        self.village.laptops[who].keep()

    @precondition(lambda self: any(laptop.kept for laptop in self.village.laptops))
    @rule(who=_WHO)
    def a_laptop_is_put_back(self, who):
        self.village.laptops[who].put_back()

    @rule()
    def the_hub_is_kept(self):
        self.village.keep_hub()

    @rule(who=_WHO, agency=_AGENCY, luck=_LUCK)
    def the_hub_forgets_what_came_last(self, who, agency, luck):
        self.village.forget_the_newest(who, agency, luck)

    @precondition(lambda self: self.village.kept_hub)
    @rule()
    def the_hub_is_put_back(self):
        self.village.put_hub_back()
