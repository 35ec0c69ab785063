"""What a damaged vault still holds, what it does not, which backups help, and what comes next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from desktop.domain.backups import named
from i18n import formats, ntr, tr
from ui.unlock.salvage_list import StatementList
from ui.unlock.salvage_words import NAMES, end_words, missing_words, unknown_words
from ui.unlock.stage import Stage
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Notice
from ui.widgets.labels import text, wrapped

if TYPE_CHECKING:
    from desktop.services.salvage import Salvaged


class SalvagedPage(Stage):
    """Read only. Emits `new_wanted` when what was read is to go into a new vault."""

    new_wanted = Signal()
    backup_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, found: "Salvaged") -> None:
        """Say what was read."""
        super().__init__(
            tr("What can be saved"),
            tr("This was read from a copy. The damaged files are kept as they are."),
        )
        self.missing: StatementList | None = None
        self.add(_read_card(found))
        self._say_missing(found)
        if found.backups and not found.is_complete:
            self._offer_backup(_backups_card(found))
        self._offer_new(found)
        back = Button(tr("Back"), "quiet", "arrow-left", pressed=self.back_wanted.emit)
        back.setObjectName("salvaged-back")
        self.foot.addWidget(back)
        self.foot.addStretch()

    def _say_missing(self, found: "Salvaged") -> None:
        if found.is_complete:
            self.add(Notice("circle-check", tr("Nothing is missing."), "ok"))
            return
        rows = tuple(f"{words}\n{_help(held_by)}" for words, held_by in _lost(found))
        card = Card(tr("What is missing"))
        if found.missing:
            card.add(wrapped(_missing_count(len(found.missing))))
        if rows:
            self.missing = StatementList(tr("What is missing"), rows)
            card.add(self.missing)
        if not found.is_end_known:
            card.add(wrapped(end_words() if rows else _only_end_words(), tone="warn_text"))
        self.add(card)

    def _offer_backup(self, card: Card) -> None:
        words = tr("Put the newest whole backup beside it…")
        self.backup_button = Button(words, "plain", "history", pressed=self.backup_wanted.emit)
        self.backup_button.setObjectName("salvaged-backup")
        card.add(self.backup_button)
        self.add(card)

    def _offer_new(self, found: "Salvaged") -> None:
        self.new_button = Button(
            tr("Make a new vault from what could be read"), "primary", pressed=self.new_wanted.emit
        )
        self.new_button.sized("large").setObjectName("salvaged-new")
        self.add(self.new_button)
        if not _known(found):
            self.new_button.hide()
        else:
            words = tr("It stands beside the damaged one, with a passphrase and a recovery code "
                       "of its own. Nothing is replaced.")  # fmt: skip
            self.add(wrapped(words, "caption", "text3"))
        self.setFocusProxy(self.missing or self.new_button)


def _known(found: "Salvaged") -> dict[str, int]:
    return {subject: found.found[subject] for subject in NAMES if found.found.get(subject)}


def _read_card(found: "Salvaged") -> Card:
    card, grid = Card(tr("What can be read")), QGridLayout()
    known = _known(found)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    half = (len(known) + 1) // 2
    for at, (subject, count) in enumerate(known.items()):
        row, column = at % half, at // half * 2
        number = text(formats.number(count), weight="semibold")
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(text(tr(NAMES[subject]), tone="text2"), row, column)
        grid.addWidget(number, row, column + 1)
    card.body.addLayout(grid)
    if not known:
        card.add(wrapped(tr("Nothing could be read.")))
    return card


def _lost(found: "Salvaged") -> tuple[tuple[str, tuple[str, ...]], ...]:
    named_ones = [(missing_words(each), each.held_by) for each in found.missing]
    return (*named_ones, *((unknown_words(each), each.held_by) for each in found.unknown))


def _only_end_words() -> str:
    return tr("What was written last may be missing: how much that is cannot be said.")


def _backups_card(found: "Salvaged") -> Card:
    card = Card(tr("Backups"))
    helping = [words for backup in found.backups if (words := _holds(found, backup))]
    for words in helping or [tr("No backup on this laptop holds what is missing.")]:
        card.add(wrapped(words))
    return card


def _missing_count(count: int) -> str:
    return ntr(
        "{n} record cannot be read as it was written last.",
        "{n} records cannot be read as they were written last.",
        count,
    )


def _holds(found: "Salvaged", backup: str) -> str:
    count = sum(backup in each.held_by for each in found.missing)
    if any(backup in each.held_by for each in found.unknown):
        return _later_words(count, _when(backup))
    return _held_words(count, _when(backup)) if count else ""


def _later_words(count: int, when: str) -> str:
    """Say what a backup holds that was made after something nobody can name."""
    if not count:
        return tr("The backup of {when} holds all that was written until then.", when=when)
    return ntr(
        "The backup of {when} holds all that was written until then, and {n} of these records.",
        "The backup of {when} holds all that was written until then, and {n} of these records.",
        count, when=when,
    )  # fmt: skip


def _held_words(count: int, when: str) -> str:
    return ntr(
        "The backup of {when} holds {n} of these records.",
        "The backup of {when} holds {n} of these records.",
        count, when=when,
    )  # fmt: skip


def _help(held_by: tuple[str, ...]) -> str:
    if not held_by:
        return tr("No backup holds it.")
    return tr("The backup of {when} holds it.", when=_when(held_by[0]))


def _when(backup: str) -> str:
    made = named(backup)
    return formats.day_and_clock(made.made_at) if made else backup
