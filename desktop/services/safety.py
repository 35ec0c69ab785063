"""A young person's safety plan: written together, kept in every version, read in need."""

from collections.abc import Mapping
from datetime import timedelta

from desktop.domain.ids import PlanId, YouthId
from desktop.domain.looks import Kind, Sight, at_record
from desktop.domain.moment import Moment
from desktop.domain.safety import PAUSE, PLAN_LIMIT, Plan, Step
from desktop.domain.text import Checked, checked, masked
from desktop.services import looks
from desktop.vault import safety
from desktop.vault.database import Vault

_SHOWN = 50

Words = Mapping[Step, str]


def plans(vault: Vault, youth: YouthId, moment: Moment) -> tuple[Plan, ...]:
    """Return somebody's plans, the one that counts first: a look."""
    return looks.shown(vault, lambda db: safety.every(db, youth, _SHOWN), _sights, moment)


def keep(vault: Vault, youth: YouthId, words: Words, moment: Moment) -> Plan | None:
    """Keep what is written; after a pause as a new version. Nothing written yet: None.

    ResidentNumberFound and TextTooLong leave what was kept before untouched.
    """
    return _keep(vault, youth, {step: checked(text, PLAN_LIMIT) for step, text in words.items()},
                 moment)  # fmt: skip


def rescue(vault: Vault, youth: YouthId, words: Words, moment: Moment) -> Plan | None:
    """Keep the words at the last moment: a resident number is blotted out."""
    return _keep(vault, youth, {step: masked(text) for step, text in words.items()}, moment)


def _keep(
    vault: Vault, youth: YouthId, words: Mapping[Step, Checked], moment: Moment
) -> Plan | None:
    said = {step: text for step, text in words.items() if text.strip()}
    with vault.transaction() as db:
        before = safety.newest(db, youth)
        if before is None and not said:
            return None
        if before is not None and dict(before.words) == said:
            return before
        if not safety.is_known(db, youth):  # destroyed meanwhile, with everything about them
            return None
        who = looks.reader(db, vault).who
        plan = Plan(_id(before, who, moment), youth, who, moment.now, said)
        safety.keep(db, plan, moment.now)
        return plan


def _id(before: Plan | None, who: str, moment: Moment) -> PlanId:
    # After a clock went back nothing says how long the pause was: no words are written over.
    if before and before.who == who and timedelta() <= moment.now - before.kept_at < PAUSE:
        return before.id
    return PlanId(moment.id("plan"))


def _sights(found: tuple[Plan, ...]) -> tuple[Sight, ...]:
    return tuple(at_record(Kind.PLAN, plan.id, plan.youth) for plan in found[:1])
