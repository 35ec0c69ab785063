"""What somebody asked for about their own data, and how long there is for an answer."""

from desktop.domain.own_data import Wish
from i18n import ntr, tr


def wish_words(wish: Wish) -> str:
    """Say what is asked for."""
    return {
        Wish.SEE: tr("To see what is kept"),
        Wish.CORRECT: tr("To correct something"),
        Wish.STOP: tr("To stop using it"),
    }[wish]


def days_words(days_left: int) -> str:
    """Say how long there is for an answer; that it is late is said as calmly."""
    if days_left > 0:
        return ntr("{n} day left", "{n} days left", days_left)
    if days_left == 0:
        return tr("Today is the last day")
    return ntr("Due {n} day ago", "Due {n} days ago", -days_left)
