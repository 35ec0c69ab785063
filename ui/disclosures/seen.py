"""Exactly what is signed and sent, read back from the bytes; the same on both laptops."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.consents import Item
from desktop.domain.disclosures import Ground
from i18n import language, tr
from sync.protocol.words import SixWords
from ui import style
from ui.disclosures import words
from ui.widgets.card import Card
from ui.widgets.labels import IconLabel, Rule, wrapped


def parts(
    ground: Ground, agency: str, reason: str, told: tuple[tuple[Item, str], ...]
) -> tuple[QWidget, ...]:
    """Return a row for everything that leaves."""
    rows: list[QWidget] = [
        _said(tr("To"), agency),
        Rule(),
        _said(tr("Law"), f"{words.ground(ground)} · {ground.article}"),
        Rule(),
        _said(tr("Reason"), reason),
    ]
    for item, said in told:
        rows += [Rule(), _said(words.item(item), said)]
    rows += [Rule(), _said(tr("Guardian"), tr("Must not be told"))]
    return tuple(rows)


def asker(asked_from: SixWords) -> QWidget:
    """Say from which laptop it is asked: both screens show the same six words."""
    shown = asked_from.en if language() == "en" else asked_from.ko
    return _said(tr("Asked from"), " · ".join(shown))


def hidden() -> tuple[QWidget, ...]:
    """Say who learns of it, and who does not."""
    return (
        IconLabel("eye-off", tr("Only the receiver and the supervisor see who reports."), "text2"),
        IconLabel("ban", tr("Nobody contacts the guardian on this path."), "text2"),
    )


def fill(card: Card, widgets: tuple[QWidget, ...]) -> None:
    """Put these into a card in place of what was there."""
    while item := card.body.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    card.add(*widgets)


def _said(name: str, said: str) -> QWidget:
    row = QWidget()
    label, value = wrapped(name, "caption", "text3"), wrapped(said, "body", "text", "medium")
    label.setFixedWidth(style.scaled(136))
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    value.setAccessibleName(f"{name}: {said}")
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(value, 1)
    return row
