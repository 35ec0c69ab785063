"""What must not be overlooked about one case: a line each, in its place on the page."""

from datetime import datetime

from desktop.domain.inbox import Received
from i18n import ntr, tr
from ui.inbox import untaken_words, words
from ui.people import keep_reason_words
from ui.widgets.card import Notice


class CaseNotices:
    """Shown while there is something to say."""

    def __init__(self) -> None:
        """Say nothing yet."""
        self.guardian = Notice("shield-alert", "", "danger")
        self.law = Notice("siren", "", "danger")
        self.gone, self.elsewhere = Notice("eraser", "", "neutral"), Notice("users", "", "info")
        self.owed, self.waiting = Notice("clock", "", "warn"), Notice("send", "", "neutral")
        self.untaken = Notice("circle-alert", "", "danger")
        self.undone = Notice("circle-alert", "", "danger")
        for name, notice in {
            "guardian": self.guardian, "law": self.law, "untaken": self.untaken,
            "undone": self.undone, "gone": self.gone, "elsewhere": self.elsewhere,
        }.items():  # fmt: skip
            notice.setObjectName(f"inbox-{name}")

    def show_case(self, case: Received, now: datetime) -> None:
        """Say what is to be said of this case; what came of a press stays."""
        keep = case.glimpse is not None and case.glimpse.keep_from_guardian
        why = keep_reason_words(case.glimpse.keep_reason) if case.glimpse else ""
        _say(self.guardian, "shield-alert", _guardian_words(why) if keep else "", "danger")
        _say(self.law, "siren", words.law(case), "danger")
        _say(self.gone, "eraser", words.gone(case), "neutral")
        _say(self.elsewhere, "users", words.forestalled(case), "info")
        _say(self.owed, "clock", words.owed(case, now), "warn")
        _say(self.untaken, "circle-alert", untaken_words.untaken(case), "danger")
        _say(self.waiting, "send", _waiting_words(case.waiting), "neutral")

    def say_undone(self, words: str) -> None:
        """Say that nothing came of what was pressed, and why; with "" that nothing is wrong."""
        _say(self.undone, "circle-alert", words, "danger")


def _say(notice: Notice, icon: str, words: str, tone: str) -> None:
    notice.setVisible(bool(words))
    if words:
        notice.show_words(icon, words, tone)


def _guardian_words(why: str) -> str:
    words = tr("Do not tell the guardian. Call, write and visit only as was agreed.")
    return f"{words} ({why})" if why else words


def _waiting_words(waiting: int) -> str:
    return (
        ntr(
            "{n} thing about it waits here to go. How the line is stands at the top.",
            "{n} things about it wait here to go. How the line is stands at the top.",
            waiting,
        )
        if waiting
        else ""
    )
