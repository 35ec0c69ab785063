"""A long list of cards: the first at once, the others one by one between two paintings."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

FIRST = 4
"""So many before anything is painted."""
_BETWEEN = 5
"""Milliseconds until the next, for paint and keys."""
T = TypeVar("T")


class Filling(Generic[T]):
    """Making twenty cards takes as long as a person notices; making one does not."""

    def __init__(
        self, parent: QObject, add: Callable[[T], None], done: Callable[[], None]
    ) -> None:
        """Call `add` for each, and `done` after the last."""
        self._add, self._done = add, done
        self._waiting: Iterator[T] = iter(())
        self._timer = QTimer(parent)
        self._timer.setInterval(_BETWEEN)
        self._timer.timeout.connect(self._next)

    def fill(self, cards: Iterable[T], at_once: int = FIRST) -> None:
        """Begin with these, each made when it is its turn; others that still waited are let go.

        Below what is read already one `at_once` is enough: the wheel goes on turning.
        """
        self._waiting = iter(cards)
        self._timer.start()
        for _ in range(at_once):
            self._next()

    def _next(self) -> None:
        if not self._timer.isActive():
            return
        for card in self._waiting:
            self._add(card)
            return
        self._timer.stop()
        self._done()
