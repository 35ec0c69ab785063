"""Agencies that work with the real inbox: whoever asked, hub and desk agree, whatever happens.

Three laptops ask, two desks decide, write back and help to the end, over lines that lose and say
twice. Vaults die at any statement, clocks are wrong, and laptops, desks and hub are put back to an
earlier day, weeks ago too. Then the line is good, and all must say the same of each case: where it
stands, what was agreed, that words are gone where a consent was taken back, and who owes what.
Controls: hub and desks that are each broken in one way, caught by their own finding.
"""

import random
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from prove.inboxes import Town, desks_template
from prove.instead import instead
from prove.light import light
from prove.proof import Proof, scratch, spread
from prove.unfaithful import closes_no_duty

from desktop.services import inbox_ends
from desktop.vault import answers, sending
from sync.server import purging, referrals
from sync.server.refusals import Conflict

NAME = "exchange-desks"
FULL = 10_000
SCHEDULES_A_PIECE = 25
STEPS = 16
_TRIES = 150
"""Schedules in which a control must be caught."""
_DAY = 86_400


def run(count: int) -> Proof:
    """Play that many schedules; then each broken variant until it is caught."""
    with scratch("desks") as place:
        kept = desks_template(Path(place) / "kept")
        # In processes in which no vault was opened before: see `light`.
        broken = spread(partial(schedules, kept), count, SCHEDULES_A_PIECE, NAME, "spawn")
        tried = min(len(VARIANTS), max(1, count // 20))
        missed = spread(partial(_controls, kept), tried, 1, f"{NAME} control", "spawn")
    return Proof(count, len(broken), not missed)


def schedules(kept: Path, name: str, count: int) -> list[str]:
    """Play schedules; return what did not hold. The same name plays the same schedules."""
    return list(_told(kept, name, count))


def _told(kept, name, count):
    with light():
        for number in range(count):
            for problem in _played_once(kept, f"{name}/{number}"):
                yield f"{number}: {problem}"


def _played_once(kept, seed):
    chance, town = random.Random(seed), Town(kept)
    try:
        for _ in range(STEPS):
            _WAYS[chance.choices(range(len(_WAYS)), _WEIGHTS)[0]](town, chance)
        return list(dict.fromkeys(town.settle()))
    finally:
        town.destroy()


def _controls(kept: Path, name: str, _count: int) -> list[str]:
    variant, words = list(VARIANTS.items())[int(name.rpartition(" ")[2])]
    with variant(), closing(_told(kept, variant.__name__, _TRIES)) as told:
        if any(words in problem for problem in told):
            return []
    return [f"not caught: {variant.__name__}"]


def _luck(chance):
    return chance.getrandbits(32)


def _refers(town, chance):
    chance.choice(town.laptops).refer(chance.randrange(2), _luck(chance))


def _refers_again(town, chance):
    chance.choice(town.laptops).refer_again(_luck(chance))


def _withdraws(town, chance):
    chance.choice(town.laptops).withdraw(_luck(chance))


def _withdraws_for_a_colleague(town, chance):
    town.withdraw_elsewhere(chance.randrange(len(town.laptops)), _luck(chance))


def _calls_off(town, chance):
    chance.choice(town.laptops).call_off(_luck(chance))


def _calls_off_what_a_desk_works_on(town, chance):
    """The desk may decide before it hears, or have decided."""
    agency, laptop = chance.randrange(len(town.desks)), chance.choice(town.laptops)
    laptop.refer(agency, _luck(chance))
    town.in_peace(chance)
    town.desks[agency].act(_luck(chance))
    if chance.random() < 0.5:
        town.desks[agency].speak(_luck(chance))
    if laptop.released:
        laptop.stop(list(laptop.released)[-1], _luck(chance))
    laptop.speak(_luck(chance))


def _speaks(town, chance):
    chance.choice(town.laptops).speak(_luck(chance))


def _a_desk_speaks(town, chance):
    chance.choice(town.desks).speak(_luck(chance))


def _a_desk_works(town, chance):
    chance.choice(town.desks).act(_luck(chance))


def _a_desk_helps_to_the_end(town, chance):
    chance.choice(town.desks).bring_to_its_end(_luck(chance))


def _all_speak_in_peace(town, chance):
    town.in_peace(chance)


def _an_old_question_arrives(town, chance):
    town.deliver_late(_luck(chance))


def _time_passes(town, chance):
    town.pass_time(chance.choice((1, 60, 4_000, _DAY, 31 * _DAY)))


def _a_clock_is_wrong(town, chance):
    chance.choice(town.everybody).turn_clock(chance.choice((-365, -1, 0, 0, 1, 365)))


def _a_vault_is_kept(town, chance):
    chance.choice(town.everybody).keep()


def _a_vault_is_put_back(town, chance):
    kept = [each for each in town.everybody if each.kept]
    if kept:
        chance.choice(kept).put_back()


def _the_hub_is_kept(town, _chance):
    town.keep_hub()


def _the_hub_is_put_back(town, _chance):
    if town.kept_hub:
        town.put_hub_back()


def _a_case_is_worked_on(town, chance):
    agency = chance.randrange(len(town.desks))
    chance.choice(town.laptops).refer(agency, _luck(chance))
    town.in_peace(chance)
    for _ in range(2):
        town.desks[agency].act(_luck(chance))
    town.desks[agency].speak(_luck(chance))


def _the_hub_forgets_what_was_decided(town, chance):
    """Cases that came, and were over, since the day to which the hub is put back."""
    agency = chance.randrange(len(town.desks))
    town.keep_hub()
    for _ in range(2):
        chance.choice(town.laptops).refer(agency, _luck(chance))
    town.in_peace(chance)
    town.desks[agency].bring_to_its_end(_luck(chance))
    town.in_peace(chance)
    town.put_hub_back()
    for _ in range(2):
        town.desks[agency].round()


def _somebody_comes_back_weeks_later(town, chance):
    """A vault is put back to a day before what ended since, of which the hub keeps little."""
    who = chance.choice(town.everybody)
    who.keep()
    chance.choice(town.laptops).withdraw(_luck(chance))
    town.in_peace(chance)
    for seconds in (60, 31 * _DAY):
        town.pass_time(seconds)
    who.put_back()


_OFTEN = {
    _refers: 6, _refers_again: 2, _withdraws: 3, _withdraws_for_a_colleague: 1, _speaks: 6,
    _calls_off: 2, _calls_off_what_a_desk_works_on: 2,
    _a_desk_speaks: 6, _a_desk_works: 10, _a_desk_helps_to_the_end: 2, _all_speak_in_peace: 4,
    _an_old_question_arrives: 2, _time_passes: 2, _a_clock_is_wrong: 1, _a_vault_is_kept: 2,
    _a_vault_is_put_back: 2, _the_hub_is_kept: 1, _the_hub_is_put_back: 1,
    _a_case_is_worked_on: 4, _the_hub_forgets_what_was_decided: 1,
    _somebody_comes_back_weeks_later: 1,
}  # fmt: skip
_WAYS, _WEIGHTS = tuple(_OFTEN), tuple(_OFTEN.values())


def words_stay():
    """A desk that calls a case gone, and destroys nothing of it."""
    return instead(inbox_ends, "destroy", lambda db, ref, why, who, moment: None)


@contextmanager
def steps_overtake():
    """A desk whose next step overtakes one that was put off, and a hub that refuses it then."""
    before, _, after = sending._NEXT.partition(" AND NOT (o.kind IN ('task.status'")
    hasty = before + after[after.rindex(" AND") :]
    with instead(sending, "_NEXT", hasty), instead(referrals, "Early", Conflict):
        yield


@contextmanager
def ends_are_forgotten():
    """A hub that keeps no longer what ended than what was told."""
    purging.span_removal.cache_clear()
    with instead(purging, "_STAYS", ()):
        yield
    purging.span_removal.cache_clear()


def calls_it_not_taken():
    """A desk that shows a person whatever the hub refuses."""
    return instead(inbox_ends, "is_no_news", lambda db, refused, reason: False)


def no_appointment():
    """A laptop that passes over appointments."""
    return instead(answers, "appointed", lambda db, referral, message, appointment: None)


VARIANTS = {
    closes_no_duty: "a duty to destroy stays open",
    words_stay: "words stay at a desk after a withdrawal",
    calls_it_not_taken: "called not taken, and whoever asked has it",
    no_appointment: "they do not agree about an appointment",
    ends_are_forgotten: "words stay at a desk after a withdrawal",
    steps_overtake: "a decision came too late",
}
"""Each with words of the finding by which it must be caught. Those caught soonest come first: a
short run tries only some."""
