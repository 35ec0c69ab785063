"""kill -9 at every call to the disk, a write half done, and at random moments besides (R-04)."""

import random

from prove.every import tried
from prove.failing import DISK, Manner
from prove.proof import Proof
from prove.trials import Fault, Kill, calls_of

FULL = 500


def killed(name: str, count: int, flows, control: str) -> Proof:
    """Kill these workflows that often; what is there afterwards must be old or new."""
    return tried(name, faults, count, tuple(flow.name for flow in flows), control)


def faults(workflow) -> list[Fault | Kill]:
    """Return every call at which it can be killed, and as many moments as make it `FULL`."""
    at_calls = [Fault(DISK, k, Manner.KILL) for k in range(1, calls_of(workflow, DISK) + 1)]
    chance = random.Random(workflow.name)
    return at_calls + [Kill(chance.random()) for _ in range(FULL - len(at_calls))]
