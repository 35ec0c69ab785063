"""Faults tried in every workflow, in processes whose disk and memory fail when told."""

import random
from collections.abc import Callable, Iterable
from functools import partial

from prove import controls, failing, keyflows, lineflows, workflows
from prove.proof import Proof, tell
from prove.trials import Fault, Kill, problem
from prove.workflows import Workflow

_OWN = workflows.WORKFLOWS
_KEYS = keyflows.FIRST + keyflows.HEADERS + keyflows.SLOTS + keyflows.EPOCHS + keyflows.MIGRATIONS
ALL = {w.name: w for w in _OWN + _KEYS + lineflows.LINE + lineflows.BACKUPS + controls.ALL}
EVERY = tuple(w.name for w in _OWN + _KEYS + lineflows.LINE + lineflows.BACKUPS)
_AT_ONCE = 20
"""Faults that one process tries before it is given others."""

FaultsOf = Callable[[Workflow], list[Fault | Kill]]


def tried(name: str, faults_of: FaultsOf, count: int, flows: tuple[str, ...], control: str):
    """Try `count` of all faults, evenly chosen, in these workflows; and the control's, all."""
    chosen = _spaced(flows, max(2, count // 8))
    with failing.workers(len(chosen)) as pool:
        every = pool.map(partial(_listed, faults_of), chosen)
        cases = [
            (flow, fault) for flow, faults in zip(chosen, every, strict=True) for fault in faults
        ]
        caught = pool.submit(_is_caught, faults_of, control)
        pieces = list(_pieces(_spaced(cases, count)))
        broken = [problem for problems in pool.map(_problems, pieces) for problem in problems]
        tell(name, broken)
        return Proof(sum(len(faults) for _, faults in pieces), len(broken), caught.result())


def _listed(faults_of, flow):
    return faults_of(ALL[flow])


def _spaced(things, count):
    """Return that many of them, from first to last, evenly spread."""
    if count >= len(things):
        return list(things)
    return [things[at * len(things) // count] for at in range(count)]


def _pieces(cases) -> Iterable[tuple[str, list]]:
    by_flow: dict[str, list] = {}
    for flow, fault in cases:
        by_flow.setdefault(flow, []).append(fault)
    for flow, faults in by_flow.items():
        for at in range(0, len(faults), _AT_ONCE):
            yield flow, faults[at : at + _AT_ONCE]


def _problems(piece) -> list[str]:
    flow, faults = piece
    found = [(fault, problem(ALL[flow], fault)) for fault in faults]
    return [f"{flow}: {fault}: {what}" for fault, what in found if what]


def _is_caught(faults_of, control) -> bool:
    faults = faults_of(ALL[control])
    random.Random(control).shuffle(faults)  # where it shows is not at the beginning
    # What is killed at a call is killed there however busy the machine is: those come first.
    faults.sort(key=lambda fault: isinstance(fault, Kill))
    return any(problem(ALL[control], fault) for fault in faults)
