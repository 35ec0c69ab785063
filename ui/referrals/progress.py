"""The row of steps with their times, and what the agency said back."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.following import Following, Next
from desktop.domain.referrals import Erasure, Reply, Tracking, Word
from i18n import formats, tr
from sync.protocol.bodies import Meeting
from sync.protocol.states import TaskStatus
from ui import meeting_words
from ui.referrals import following_words, words
from ui.referrals.steps import Progress
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import text, wrapped
from ui.widgets.stepper import Stepper

_ERASURE_TONES = {Erasure.OWED: "warn", Erasure.DESTROYED: "ok", Erasure.RETAINED: "warn"}


class ProgressPart(QWidget):
    """Steps, and under each the time it was proven."""

    def __init__(self) -> None:
        """Lay out five empty times."""
        super().__init__()
        self.stepper = Stepper(tr("Progress of the referral"))
        self.times = tuple(text("", "caption", "text3") for _ in range(5))
        row = QHBoxLayout()
        row.setSpacing(0)
        for label in self.times:
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            label.setMinimumWidth(1)
            row.addWidget(label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stepper)
        column.addLayout(row)

    def show_progress(self, progress: Progress) -> None:
        """Show where it is."""
        self.stepper.show_steps(progress.names, progress.at, stopped=progress.is_stopped)
        for label, time in zip(self.times, progress.times, strict=True):
            label.setText(time)
            label.setVisible(any(progress.times))


class AnswerPart(QWidget):
    """The reply in words, what needs a person, and what became of the data after a withdrawal."""

    told = Signal()
    """The young person, of what a law makes the agency keep."""

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self.problem = Notice("triangle-alert", "", "warn")
        self.next = Notice("hourglass", "", "neutral")
        self.next.setObjectName("referral-next")
        self.erasure = Notice("eraser", "", "ok")
        self.told_button = Button(tr("Told them"), "plain", "check").sized("small")
        self.told_button.setObjectName("referral-kept-told")
        self.told_button.clicked.connect(self.told)
        self.reply_name = text("", "caption", "text3", "semibold")
        self.reply = wrapped("", "body", "text")
        self.reply.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.reply.setObjectName("referral-reply")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        for part in (self.problem, self.next, self.erasure, self.reply_name, self.reply):
            column.addWidget(part)
        below = column.indexOf(self.erasure) + 1
        column.insertWidget(below, self.told_button, 0, Qt.AlignmentFlag.AlignRight)

    def clear(self) -> None:
        """Say nothing."""
        self.hide()

    def show_tracking(
        self, tracking: Tracking, following: Following, now: datetime, phone: str = ""
    ) -> None:
        """Say what came back, and what to try next; `phone` is the agency's."""
        problem = _problem(tracking, following)
        is_owed = tracking.erasure is Erasure.OWED
        is_next_said = self._show_next(tracking, following, now, phone)
        is_next_said = is_next_said and (is_owed or not problem)
        said = words.erasure(tracking)
        erasure = " ".join(part for part in (said, words.kept(tracking.problem)) if part)
        self.problem.setVisible(bool(problem))
        self.problem.show_words("triangle-alert", problem, "warn")
        self.erasure.setVisible(bool(erasure))
        is_to_tell = following.next is Next.LOOK and tracking.erasure is Erasure.RETAINED
        self.told_button.setVisible(is_to_tell)
        is_refused = is_owed and tracking.word is Word.REFUSED
        tone = "danger" if is_refused else _ERASURE_TONES.get(tracking.erasure, "neutral")
        self.erasure.show_words("eraser", erasure, tone)
        self.next.setVisible(is_next_said)
        self._show_replies(tracking.replies, following)
        self.setVisible(bool(problem or erasure or tracking.replies or is_next_said))

    def _show_next(
        self, tracking: Tracking, following: Following, now: datetime, phone: str
    ) -> bool:
        is_owed = tracking.erasure is Erasure.OWED
        is_in_hands = tracking.status is not TaskStatus.REQUESTED and not is_owed
        if following.next is Next.WAIT and is_in_hands:
            return False  # it is in somebody's hands: their words matter more
        is_said = tracking.erasure in (Erasure.OWED, Erasure.RETAINED)
        if is_said and following.next in (Next.LOOK, Next.REACH_HUB):
            return False  # the line about the erasure says it
        said = following_words.advice(following, tracking, phone)
        quiet = following_words.quiet(following, now) if following.is_late else ""
        line = " · ".join(part for part in (said, quiet) if part)
        icon, tone = following_words.icon(following), following_words.tone(following)
        self.next.show_words(icon, line, tone)
        return bool(line)

    def _show_replies(self, replies: tuple[Reply, ...], following: Following) -> None:
        replies = tuple(reply for reply in replies if _lines(reply, following))
        said = bool(replies)
        self.reply_name.setVisible(said)
        self.reply.setVisible(said)
        if said:
            latest = max(reply.at for reply in replies)
            at = formats.day_and_clock(latest)
            self.reply_name.setText(tr("The agency's answer · {time}", time=at))
            lines = (line for reply in replies for line in _lines(reply, following))
            self.reply.setText("\n".join(lines))


def _lines(reply: Reply, following: Following) -> tuple[str, ...]:
    """Return its words, and what it says of an appointment unless the line above says that."""
    said = reply.appointment
    is_above = (
        said is not None
        and said.meeting is Meeting.BOOKED
        and (following.next in (Next.MEET, Next.TELL_MORE) and said.at == following.by)
    )
    met = meeting_words.line(said) if said is not None and not is_above else ""
    return tuple(line for line in (reply.text, met) if line)


def _problem(tracking: Tracking, following: Following) -> str:
    if following.next is Next.LOOK and tracking.is_untold:
        return words.untold(tracking)
    if following.next is Next.LOOK and tracking.problem and tracking.erasure is not Erasure.OWED:
        return words.problem(tracking.problem)
    # "Handed over" names it as well: so it stays written that this part was not.
    left = words.problem(tracking.problem) if tracking.is_let_rest else ""
    said = [left]
    if tracking.is_unhelped:
        unhelped = "" if tracking.is_unwanted else _unhelped(tracking, following)
        said = [words.reason(tracking.status_reason), unhelped, left]
    return " ".join(part for part in said if part)


def _unhelped(tracking: Tracking, following: Following) -> str:
    if following.next is Next.CHOOSE_ANOTHER:
        if any(reply.text for reply in tracking.replies):
            return tr(
                "The agency could not take it on. Read its answer, or choose another agency."
            )
        return tr("The agency could not take it on. You can choose another agency.")
    return tr("The agency could not take it on.")
