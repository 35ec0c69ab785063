"""The referral at a glance: how far it is, to whom, what it carries, what came back."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.consents import PLAIN_ITEMS, Consent
from desktop.domain.following import Next, followed
from desktop.domain.referrals import Draft, Tracking
from desktop.services import referrals
from desktop.services.youths import YouthFile
from i18n import formats, tr
from sync.protocol.states import TaskStatus, has_ended
from ui.referrals import steps, words
from ui.referrals.facts import FactsPart
from ui.referrals.progress import AnswerPart, ProgressPart
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Pill, repaint, wrapped


class ReferralCard(Card):
    """Shows the draft if there is one, else the newest referral."""

    compose_wanted = Signal(object)
    preview_wanted = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Lay out an empty card."""
        super().__init__(tr("Referral form"))
        self.setObjectName("referral-card")
        self._tasks = tasks
        self._file: YouthFile | None = None
        self.state = Pill()
        self.header.addWidget(self.state)
        self.empty = wrapped("", tone="text2")
        self.progress, self.facts, self.answer = ProgressPart(), FactsPart(tasks), AnswerPart()
        self.earlier = wrapped("", "caption", "text3")
        self.preview_button = Button(tr("Preview"), "primary", "send")
        self.compose_button = Button(" ", "primary")
        self.tell_button = Button(tr("Tell them more…"), "primary", "message-circle")
        self.leave_button = Button(tr("Leave it"), "quiet", "check")
        self._lay_out()
        self.leave_button.clicked.connect(self._on_leave)
        self.tell_button.clicked.connect(self._on_tell)
        self.compose_button.clicked.connect(self._on_compose)
        self.preview_button.clicked.connect(self._on_preview)

    def _lay_out(self) -> None:
        self.body.setSpacing(6)
        self.add(self.empty, self.progress, self.facts, self.answer)
        ways = QHBoxLayout()
        named = {
            "referral-leave-untold": self.leave_button,
            "referral-tell-more": self.tell_button,
            "referral-preview": self.preview_button,
            "referral-compose": self.compose_button,
        }
        for name, button in named.items():
            button.setObjectName(name)
            ways.addWidget(button, 1)
        self.body.addLayout(ways)
        self.add(self.earlier)

    def show_file(self, file: YouthFile) -> None:
        """Show how the referral of one young person stands."""
        self._file = file
        is_empty = file.draft is None and not file.trackings
        self.state.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self.progress.setVisible(not is_empty)
        self.facts.setVisible(not is_empty)
        self.answer.clear()
        for button in (self.tell_button, self.leave_button):
            button.hide()
        if file.draft is not None:
            self._show_draft(file, file.draft)
        elif file.trackings:
            self._show_tracking(file.trackings[0])
        else:
            self.empty.setText(tr("Nothing written yet. You can write it without a line."))
            self._offer(tr("Write a referral"), "primary", can_preview=False)
        self._show_earlier(file.trackings if file.draft else file.trackings[1:])

    def _show_draft(self, file: YouthFile, draft: Draft) -> None:
        now = self._tasks.moment().now
        is_ready = any(_covers(consent, draft, now) for consent in file.consents)
        self.state.show_words(*_draft_state(is_ready=is_ready))
        self.progress.show_progress(steps.of_draft(has_consent=is_ready))
        self.facts.show_draft(draft)
        self._offer(tr("Edit"), "plain", can_preview=is_ready)

    def _show_tracking(self, tracking: Tracking) -> None:
        now = self._tasks.moment().now
        must_look = followed(tracking, now).next is Next.LOOK
        said = tr("Needs you") if must_look else words.now(tracking)
        self.state.show_words(said, "danger" if must_look else _tone(tracking))
        self.progress.show_progress(steps.of_tracking(tracking))
        self.facts.show_tracking(tracking)
        self.answer.show_tracking(tracking, now)
        self._offer(tr("Write another referral"), "quiet", can_preview=False)
        # What was sealed to a key that is no longer in use is shown and sealed once more.
        is_retired = must_look and tracking.problem == words.KEY_RETIRED
        is_untold = must_look and tracking.is_untold
        named = {is_retired: tr("Send again…"), is_untold: tr("Make a new referral from it…")}
        self.tell_button.say(named.get(True, tr("Tell them more…")))
        self.tell_button.setVisible(is_retired or is_untold or bool(tracking.asks()))
        self.leave_button.setVisible(is_untold)
        self.compose_button.setVisible(not is_untold)

    def _offer(self, compose: str, kind: str, *, can_preview: bool) -> None:
        self.compose_button.show()
        self.compose_button.say(compose)
        repaint(self.compose_button, kind=kind)
        self.preview_button.setVisible(can_preview)

    def _show_earlier(self, trackings: tuple[Tracking, ...]) -> None:
        lines = tuple(
            " · ".join(
                (formats.short_day(t.referral.written_at), t.agency_name, words.standing(t))
            )
            for t in trackings[:3]
        )
        self.earlier.setText("\n".join((tr("Earlier referrals"), *lines)))
        self.earlier.setVisible(bool(lines))

    @Slot()
    def _on_tell(self) -> None:
        """Begin with what they were told; what is added needs a consent like all else."""
        if self._file is None or not self._file.trackings:
            return
        file, moment = self._file, self._tasks.moment()
        referral = file.trackings[0].referral.id
        self._tasks.run(
            lambda vault: referrals.begin_answer(vault, referral, moment),
            lambda draft: self.compose_wanted.emit(replace(file, draft=draft)),
        )

    @Slot()
    def _on_leave(self) -> None:
        if self._file is not None and self._file.trackings:
            file, referral = self._file, self._file.trackings[0].referral.id
            self._tasks.run(
                lambda vault: referrals.leave_untold(vault, referral),
                lambda left: self.show_file(replace(file, trackings=(left, *file.trackings[1:]))),
            )

    @Slot()
    def _on_compose(self) -> None:
        self.compose_wanted.emit(self._file)

    @Slot()
    def _on_preview(self) -> None:
        self.preview_wanted.emit(self._file)


def _covers(consent: Consent, draft: Draft, now: datetime) -> bool:
    """Say whether what needs no yes of its own may leave; the preview shows what stays."""
    items = frozenset(item for item, said in draft.words.items() if said.strip())
    plain = items & PLAIN_ITEMS
    return draft.agency is not None and consent.covers(draft.agency, plain, now)


def _draft_state(*, is_ready: bool) -> tuple[str, str]:
    return (tr("Ready to send"), "ok") if is_ready else (tr("Draft"), "neutral")


def _tone(tracking: Tracking) -> str:
    if tracking.status in (TaskStatus.REJECTED, TaskStatus.FAILED):
        return "danger"
    if tracking.status is TaskStatus.REQUESTED:
        return "warn"
    if has_ended(tracking.status) and tracking.status is not TaskStatus.COMPLETED:
        return "neutral"
    return "ok"
