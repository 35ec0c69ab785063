"""The referral at a glance: how far it is, to whom, what it carries, what came back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.consents import PLAIN_ITEMS, Consent
from desktop.domain.following import Following, Next
from desktop.domain.ids import ReferralId
from desktop.domain.living import living
from desktop.domain.moment import Moment
from desktop.domain.referrals import Draft, Tracking
from desktop.services import begun_anew, kept_parts, referrals
from desktop.services.youths import YouthFile
from i18n import tr
from sync.protocol.states import TaskStatus, has_ended
from ui.referrals import steps, words
from ui.referrals.begun import BegunPart, WhichPart
from ui.referrals.draft_buttons import DraftButtons
from ui.referrals.ending import EndingPart
from ui.referrals.facts import FactsPart
from ui.referrals.others import OthersPart
from ui.referrals.progress import AnswerPart, ProgressPart
from ui.referrals.sent_buttons import SentButtons
from ui.referrals.which import changed, first_of, standing
from ui.tasks import Tasks
from ui.widgets.card import Card
from ui.widgets.labels import Pill, wrapped

if TYPE_CHECKING:
    from ui.tasks import OpenVault

    Begin = Callable[[OpenVault, ReferralId, Moment], Draft]
    Deed = Callable[[OpenVault, ReferralId, Moment], Tracking]
    """What is done about one referral; how it stands then comes back."""


class ReferralCard(Card):
    """Shows a referral, and above it the draft if there is one; of all others a line each."""

    compose_wanted = Signal(object)
    preview_wanted = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        """Lay out an empty card."""
        super().__init__(tr("Referral form"))
        self.setObjectName("referral-card")
        self._tasks = tasks
        self._file: YouthFile | None = None
        self.shown: ReferralId | None = None
        self.state = Pill()
        self.header.addWidget(self.state)
        self.empty = wrapped("", tone="text2")
        self.begun, self.which, self.others = BegunPart(tasks), WhichPart(), OthersPart()
        self.progress, self.facts, self.answer = ProgressPart(), FactsPart(tasks), AnswerPart()
        self.sent, self.mine, self.ending = SentButtons(), DraftButtons(), EndingPart(tasks)
        self.tell_button, self.leave_button = self.sent.tell_button, self.sent.leave_button
        self.preview_button = self.mine.preview_button
        self.compose_button = self.mine.compose_button
        self._lay_out()
        self.sent.leave_wanted.connect(partial(self._do, _leave_untold))
        self.ending.pressed.connect(self.setFocus)  # its button goes, as in `_do`
        self.answer.told.connect(partial(self._do, kept_parts.told))
        self.sent.tell_wanted.connect(partial(self._begin, referrals.begin_answer))
        self.sent.anew_wanted.connect(partial(self._begin, begun_anew.begin))
        self.compose_button.clicked.connect(self._on_compose)
        self.preview_button.clicked.connect(self._on_preview)
        self.others.chosen.connect(self.show_one)

    def _lay_out(self) -> None:
        self.body.setSpacing(6)
        self._above, self._below = QHBoxLayout(), QHBoxLayout()
        self._above.addWidget(self.begun, 1)
        self.add(self.empty)
        self.body.addLayout(self._above)
        self.add(self.which, self.progress, self.facts, self.answer)
        for part in (self.sent, self.mine):
            self._below.addWidget(part, 1)
        self.body.addLayout(self._below)
        self.add(self.ending, self.others)

    def show_file(self, file: YouthFile) -> None:
        """Show how the referrals of one young person stand."""
        before, self._file = self._file, file
        self.shown = first_of(file, before, self.shown, self._tasks.moment().now)
        if before is None or before.youth.id != file.youth.id:
            self.others.fold()
        self._show(file)

    @Slot(object)
    def show_one(self, referral: ReferralId) -> None:
        """Show one of the referrals, if it is about whoever is on the page."""
        if self._file and any(each.referral.id == referral for each in self._file.trackings):
            self.shown = referral
            self._show(self._file)

    def in_front(self) -> tuple[int, ...]:
        """Return the heights at which to look, the one last that matters most: their answer."""
        parts = (self.which, self.progress, self.facts, self.answer, self.sent)
        places = [part.geometry() for part in parts if not part.isHidden()]
        answer = () if self.answer.isHidden() else (self.answer.y(),)
        return (places[0].top(), places[-1].bottom(), *answer) if places else ()

    def _show(self, file: YouthFile) -> None:
        now = self._tasks.moment().now
        every = standing(file, now)
        shown = next((each for each in every if each[0].referral.id == self.shown), None)
        is_empty = file.draft is None and shown is None
        for part in (self.state, self.progress, self.facts):
            part.setHidden(is_empty)
        self.empty.setVisible(is_empty)
        self.begun.setVisible(file.draft is not None and shown is not None)
        self.which.setVisible(shown is not None and (file.draft is not None or len(every) > 1))
        self.answer.clear()
        self.sent.setHidden(shown is None or self.sent.isHidden())
        self.ending.show_standing(shown)
        if shown is not None:
            self._show_tracking(*shown, now)
        if file.draft is not None:
            self._show_draft(file, file.draft, now)
        if is_empty:
            self.empty.setText(tr("Nothing written yet. You can write it without a line."))
            self._offer(tr("Write a referral"), "primary", can_preview=False)
        self.others.show_standing(tuple(each for each in every if each is not shown))

    def _show_draft(self, file: YouthFile, draft: Draft, now: datetime) -> None:
        consent = _consent_for(file, draft, now)
        is_ready = consent is not None
        self.state.show_words(*_draft_state(is_ready=is_ready))
        if self.shown is None:
            self.progress.show_progress(steps.of_draft(has_consent=is_ready))
            self.facts.show_draft(draft, consent)
        else:
            self.begun.show_draft(draft)
        self._offer(tr("Edit"), "plain", can_preview=is_ready)

    def _show_tracking(self, tracking: Tracking, following: Following, now: datetime) -> None:
        draft = self._file.draft if self._file else None
        must_look = following.next is Next.LOOK
        said = tr("Needs you") if must_look else words.now(tracking)
        for pill in (self.state, self.which.state):
            pill.show_words(said, "danger" if must_look else _tone(tracking))
        self.which.show_tracking(tracking, is_below=draft is not None)
        self.progress.show_progress(steps.of_tracking(tracking))
        self.facts.show_tracking(tracking, _consent_of(self._file, tracking))
        phone = self._file.phones.get(tracking.referral.agency, "") if self._file else ""
        self.answer.show_tracking(tracking, following, now, phone)
        self.sent.show_tracking(tracking, following, draft)
        self._offer(tr("Write another referral"), "quiet", can_preview=False)
        self.mine.setHidden(must_look and tracking.is_untold)

    def _offer(self, compose: str, kind: str, *, can_preview: bool) -> None:
        is_above = not self.begun.isHidden()
        self.mine.offer(compose, kind, can_preview=can_preview, is_beside=is_above)
        (self._above if is_above else self._below).addWidget(self.mine, 0 if is_above else 1)
        mine = (self.preview_button, self.compose_button)
        theirs = (self.leave_button, self.tell_button)
        for one, after in pairwise((*mine, *theirs) if is_above else (*theirs, *mine)):
            QWidget.setTabOrder(one, after)

    def _begin(self, begin: "Begin") -> None:
        """Begin with what they were told; what is added needs a consent like all else."""
        file, referral, moment = self._file, self.shown, self._tasks.moment()
        if file is not None and referral is not None:
            self._tasks.run(
                lambda vault: begin(vault, referral, moment),
                lambda draft: self.compose_wanted.emit(replace(file, draft=draft)),
            )

    def _do(self, deed: "Deed") -> None:
        referral, moment = self.shown, self._tasks.moment()
        self.setFocus()  # its button goes: a second Space is not for the next one (D-174)
        if referral is not None:
            self._tasks.run(lambda vault: deed(vault, referral, moment), self._show_now)

    def _show_now(self, tracking: Tracking) -> None:
        if self._file is not None and self._file.youth.id == tracking.referral.youth:
            self.show_file(changed(self._file, tracking))

    @Slot()
    def _on_compose(self) -> None:
        self.compose_wanted.emit(self._file)

    @Slot()
    def _on_preview(self) -> None:
        self.preview_wanted.emit(self._file)


def _leave_untold(vault: "OpenVault", referral: ReferralId, _: Moment) -> Tracking:
    return referrals.leave_untold(vault, referral)


def _consent_of(file: YouthFile | None, tracking: Tracking) -> Consent | None:
    consents = () if file is None else file.consents
    return next((each for each in consents if each.id == tracking.consent), None)


def _consent_for(file: YouthFile, draft: Draft, now: datetime) -> Consent | None:
    """Return under which what needs no yes of its own may leave; the preview shows what stays."""
    plain = PLAIN_ITEMS.intersection(item for item, said in draft.words.items() if said.strip())
    covering = (
        each.consent
        for each in living(file.consents, now, file.youth.age)
        if each.consent.agency == draft.agency
        and each.consent.is_for(draft.categories)
        and plain
        and plain <= each.items
    )
    return next(covering, None)


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
