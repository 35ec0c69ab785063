"""A child process that says what it has done, and is killed without warning (kill -9)."""

import os
import signal
import time
import traceback
from collections.abc import Callable

Say = Callable[[bytes], None]


def said_before_death(
    work: Callable[[Say], None],
    lines: int,
    pause: float,
    cut_power: Callable[[], None] | None = None,
) -> list[bytes]:
    """Let a child do `work`; kill it `pause` seconds after its so-manieth line.

    Returns everything it said, what was still in the pipe too: it was said before the kill.
    With `cut_power` that is called first, and the child may end by what it finds then.
    """
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        _work(work, told)
    os.close(told)
    with os.fdopen(heard, "rb") as pipe:
        said = [line for line in (pipe.readline() for _ in range(lines)) if line]
        time.sleep(pause)
        is_cut = cut_power is not None and len(said) == lines
        if is_cut:
            cut_power()
        os.kill(child, signal.SIGKILL)
        said += pipe.read().splitlines(keepends=True)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and not is_cut:
        raise RuntimeError("the child ended before it was killed")
    return [line.rstrip(b"\n") for line in said if line.endswith(b"\n")]


def _work(work, told):
    try:
        work(lambda line: os.write(told, line + b"\n"))
    finally:  # a fork must never run on into its parent's code
        traceback.print_exc()
        os._exit(1)
