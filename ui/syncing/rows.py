"""The rows of what waits, and of what proved nothing."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.exchange import Waiting
from i18n import formats, tr
from sync.protocol.messages import Kind
from ui.syncing.came_words import Came, unproven_words
from ui.syncing.words import LineWords, needs_a_person, what_waits, why_it_waits
from ui.widgets.card import Card
from ui.widgets.labels import Icon, Pill, text, wrapped

_ICONS = {
    Kind.CONSENT_GIVEN: "shield-check",
    Kind.CONSENT_WITHDRAWN: "undo-2",
    Kind.REFERRAL_REQUEST: "send",
    Kind.REFERRAL_CANCEL: "x",
}


def waiting_row(waiting: Waiting, line: LineWords) -> Card:
    """Show one message, why it has not gone, and whether somebody is needed."""
    needs = needs_a_person(waiting)
    state = Pill(*((tr("Needs you"), "danger") if needs else (tr("Waiting"), "warn")))
    at = text(formats.day_and_clock(waiting.queued_at), "caption", "text3")
    icon = _ICONS.get(waiting.kind, "inbox")
    return _row((icon, what_waits(waiting)), why_it_waits(waiting, line), at, state)


def unproven_row(came: Came) -> QWidget:
    """Show what came and was not believed."""
    what, step = unproven_words(came)
    return _row(("shield-alert", what), step, Pill(tr("Needs you"), "danger"))


def _row(title: tuple[str, str], why: str, *beside: QWidget) -> Card:
    card = Card(margin=14)
    card.setProperty("card", "sunken")
    icon, words = title
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(Icon(icon, "text2"))
    head.addWidget(wrapped(words, "body", "text", "semibold"), 1)
    for part in beside:
        head.addWidget(part)
    card.body.setSpacing(4)
    card.body.addLayout(head)
    card.add(wrapped(why, "caption", "text2"))
    card.setAccessibleName(f"{words}. {why}")
    return card
