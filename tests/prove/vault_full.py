"""The disk fills up, at every step: what was typed is there, and a second try keeps it (R-06).

Half of the trials give a night so much room, in steps of 64 KiB up to 16 MiB; the others let the
k-th write find no room, for k from 1 to 500. A night of long notes goes on until the disk refuses.
Every refusal must be told as one, with everything acknowledged still there while the disk is full,
and the same words must go in once there is room. Control: a night that takes a refusal for done.
"""

import errno
from contextlib import closing
from functools import partial
from pathlib import Path

from invented import note, word
from prove import failing
from prove.evening import Night, begin, differences, found_in
from prove.failing import Call, Manner, told_by_child, watch
from prove.proof import Proof, scratch, tell
from vaults_for_tests import a_closed_vault, by_key

from desktop.errors import AppError, DiskFailed, DiskFull
from desktop.services import notes

NAME = "vault-full"
STEP, STEPS, WRITES = 64 << 10, 256, 500
FULL = STEPS + WRITES
_ENDLESS, _GO_ON = -1, 8
_ROOM_FOR_SHORT = 1 << 20
_LONG = 40_000
"""Characters of a note: so that a night fills 16 MiB."""


def run(count: int) -> Proof:
    """Fill the disk that often."""
    trials = [("room", n * STEP) for n in range(STEPS)] + [("write", k + 1) for k in range(WRITES)]
    chosen = [trials[at * len(trials) // count] for at in range(min(count, len(trials)))]
    with failing.workers(len(chosen)) as pool:
        caught = pool.submit(problems, "believes", ("room", 3 * STEP))
        found = pool.map(partial(problems, "honest"), chosen)
        broken = [
            f"{trial}: {what}"
            for trial, wrong in zip(chosen, found, strict=True)
            for what in wrong
        ]
        tell(NAME, broken)
        return Proof(len(chosen), len(broken), bool(caught.result()))


def problems(kind: str, trial: tuple[str, int]) -> list[str]:
    """Fill the disk once; return what was lost, or told otherwise than as a full disk."""
    with scratch("full") as place:
        folder = a_closed_vault(Path(place) / "vault")
        with closing(by_key(folder)) as vault:
            begin(vault, "full")
        said, ended_by = told_by_child(lambda _: _night(folder, kind, trial))
        if said is None:
            return [f"the night ended otherwise than by a full disk (signal {ended_by})"]
        truth, wrong = said
        try:
            with closing(by_key(folder)) as vault:
                vault.verify()
                return wrong + differences(truth, found_in(vault))
        except AppError as error:
            return [*wrong, f"afterwards: {type(error).__name__}"]


class LongNight(Night):
    """Somebody new each time, and a long note about them: nothing takes another's place."""

    def next(self):
        about = {key.removeprefix("note ") for key in self._truth if key.startswith("note ")}
        unwritten = sorted(self._met.keys() - about)
        return self._write_long(self._met[unwritten[0]]) if unwritten else self._meet()

    def _write_long(self, met):
        text = f"{word(self._chance, 4)} {note(self._chance, _LONG, _LONG)}"
        save = partial(notes.save, self._vault, met.youth.id, met.meeting.id, text)
        return f"note {met.youth.alias}", f"open {text}", lambda: save(self._clock())


def _night(folder, kind, trial):
    """In the child: go on until the disk is full, make room, and go on a little."""
    vault, truth = by_key(folder), {}
    is_long = trial[0] == "room" and trial[1] > _ROOM_FOR_SHORT
    night = (LongNight if is_long else Night)(vault, str(trial), truth)
    shim = watch(folder)
    _fill(shim, *trial)
    wrong, left = [], None
    while left is None or left:
        key, value, do = night.next()
        try:
            do()
        except DiskFailed:
            _make_room(shim)
            # It was kept, but the mark beside the vault had no room: only opening anew helps,
            # says the sentence, and then what was being done must be there.
            vault.close()
            return {**truth, key: value}, wrong
        except DiskFull:
            wrong += differences(truth, found_in(vault))
            _make_room(shim)
            left = _GO_ON
            if kind == "honest":
                do()
        truth[key] = value
        left = left if left is None else left - 1
    vault.close()
    return truth, wrong


def _fill(shim, what, size):
    if what == "room":
        shim.failing_room(size)
    else:
        shim.failing_arm(int(Call.WRITE), size, int(Manner.FROM_THEN_ON), errno.ENOSPC)


def _make_room(shim):
    shim.failing_room(_ENDLESS)
    shim.failing_arm(0, 0, 0, 0)
