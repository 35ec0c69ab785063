"""Whether the hub's clock is believed: a machine that has just started may say any time."""

from datetime import datetime, timedelta

STEADY_AFTER = timedelta(minutes=10)
"""A clock that has gone on for so long without going back has been set right by now."""
APART = timedelta(minutes=5)
"""The clocks of two machines with one database may differ by so much."""


class SteadyClock:
    """What one process has seen of the clock, turn by turn.

    To a clock that is behind for a moment everything seems to come from a future, to one that is
    ahead everything seems over. So what nobody could undo waits.
    """

    def __init__(self) -> None:
        """Begin without having seen it."""
        self._began: datetime | None = None
        self._before: datetime | None = None
        self._believed: datetime | None = None

    def turn(self, now: datetime) -> datetime | None:
        """Note the time of a turn; return the last one that was believed, None while this is not.

        The first that is believed vouches for its run, back to when the clock last went back.
        """
        if self._began is None or self._before is None or now < self._before:
            self._began = self._believed = now
        self._before = now
        if now - self._began < STEADY_AFTER:
            return None
        since, self._believed = self._believed, now
        return since
