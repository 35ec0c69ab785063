"""What can be done about one that was sent: tell more, begin anew, leave what came too late."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.following import Following, Next
from desktop.domain.referrals import ENDED_ELSEWHERE, GUARDIAN_UNSAID, Draft, Tracking
from i18n import tr
from sync.protocol.states import CONSENT_WITHDRAWN, Delivery, has_ended
from ui.referrals import words
from ui.widgets.buttons import Button
from ui.widgets.twice import OnePress

_SENT_ANEW = frozenset({words.KEY_RETIRED, GUARDIAN_UNSAID})

_TAKEN_BACK = frozenset({CONSENT_WITHDRAWN, ENDED_ELSEWHERE})


class SentButtons(QWidget):
    """Where a draft about something else would go for it, telling is asked about twice."""

    tell_wanted, anew_wanted, leave_wanted = Signal(), Signal(), Signal()

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.tell_button = Button(tr("Tell them more…"), "primary", "message-circle")
        self.leave_button = Button(tr("Leave it"), "quiet", "check")
        self._in_its_place: tuple[object, Draft] | None = None
        self._asked: tuple[object, Draft] | None = None
        self._words, self._press = "", OnePress(self.tell_button)
        self._is_anew = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        named = {"leave-untold": self.leave_button, "tell-more": self.tell_button}
        for name, button in named.items():
            button.setObjectName(f"referral-{name}")
            row.addWidget(button, 1)
        self.tell_button.clicked.connect(self._on_tell)
        self.leave_button.clicked.connect(self.leave_wanted)

    def show_tracking(self, tracking: Tracking, following: Following, draft: Draft | None) -> None:
        """Offer what leads on; `draft` is what is being written for the same young person."""
        must_look = following.next is Next.LOOK
        # What was sealed to a key that is no longer in use, or does not say what a guardian must
        # not be told, is shown and sealed once more.
        is_open = not has_ended(tracking.status)
        is_sent_anew = must_look and is_open and tracking.problem in _SENT_ANEW
        is_untold = must_look and tracking.is_untold
        is_told = is_sent_anew or is_untold or bool(tracking.asks())
        self._is_anew = not is_told and _leads_on(tracking, following)
        named = {is_sent_anew: tr("Send again…"), is_untold: _anew(None)}
        self._words = _anew(draft) if self._is_anew else named.get(True, tr("Tell them more…"))
        # What is made anew fills only what is empty in a draft.
        told = tracking.referral
        about = (told.agency, told.id if tracking.asks() else None)
        is_other = draft is not None and (draft.agency, draft.answers) != about
        is_replaced = is_other and not self._is_anew
        self._in_its_place = (tracking.referral.id, draft) if draft and is_replaced else None
        self._say()
        self.tell_button.setVisible(is_told or self._is_anew)
        self.leave_button.setVisible(is_untold)
        self.setVisible(not self.tell_button.isHidden())

    def _say(self) -> None:
        is_asked = self._in_its_place is not None and self._asked == self._in_its_place
        self.tell_button.say(tr("Replace the draft? Press again") if is_asked else self._words)

    @Slot()
    def _on_tell(self) -> None:
        # There is one draft for each young person: the other one would be gone without a word.
        if self._in_its_place is not None and self._asked != self._in_its_place:
            self._asked = self._in_its_place
            self._press.begin()
            self._say()
        elif not self._press.isActive():
            self._asked = None
            (self.anew_wanted if self._is_anew else self.tell_wanted).emit()


def _leads_on(tracking: Tracking, following: Following) -> bool:
    """Say whether what was told is wanted again: for another agency, or put right."""
    is_left = tracking.is_let_rest and tracking.delivery is Delivery.QUEUED
    is_refused = is_left or following.next is Next.LOOK
    if is_refused and not has_ended(tracking.status):
        return bool(tracking.problem) and tracking.problem not in _TAKEN_BACK
    return following.next in (Next.CHOOSE_ANOTHER, Next.COORDINATE)


def _anew(draft: Draft | None) -> str:
    return tr("Fill the draft from it…") if draft else tr("Make a new referral from it…")
