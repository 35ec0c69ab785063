"""How one open request is answered."""

from datetime import datetime

from desktop.domain.own_data import Outcome, Request
from i18n import formats, tr
from ui.own_data.lines import outcome_words
from ui.own_data.saying import SayingPart, Wording
from ui.request_words import days_words, wish_words
from ui.widgets.labels import text, wrapped
from ui.widgets.segmented import Choice

_ANSWERS = (Outcome.DONE, Outcome.PARTLY, Outcome.REFUSED)


class AnsweringPart(SayingPart):
    """Says how it was answered, by the code of the outcome, and in which words."""

    request: Request | None = None

    def __init__(self) -> None:
        """Be about nothing yet."""
        wording = Wording(
            question=tr("How was it answered?"),
            label=tr("What was answered"),
            hint=tr("If anything was not done: why, and that they may object."),
            act=tr("Write the answer down"),
            choose_first=tr("First choose how it was answered."),
            write_first=tr("Write why, in a few words."),
        )
        title, about = text("", "body", weight="semibold"), wrapped("")
        choices = [Choice(each.value, outcome_words(each)) for each in _ANSWERS]
        super().__init__(wording, choices, [title, about])
        self.title, self.about = title, about
        self.words.edit.setObjectName("own-data-answer-words")
        self.act_button.setObjectName("own-data-answer")

    def rest(self) -> None:
        """Hold nothing any more."""
        super().rest()
        self.request = None

    def show_request(self, request: Request, now: datetime) -> None:
        """Show one; what is being typed about the same one stays."""
        if self.request is None or self.request.id != request.id:
            self.rest()
        self.request = request
        self.title.setText(f"{wish_words(request.wish)} · {days_words(request.days_left(now))}")
        asked = tr("Asked on {day}", day=formats.full_day(request.asked_at))
        self.about.setText(" · ".join(part for part in (asked, request.words) if part))
