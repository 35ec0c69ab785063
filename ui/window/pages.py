"""What is shown of one young person. Until somebody is chosen, none of it is there."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.domain.ids import YouthId
from desktop.services.youths import YouthFile
from ui.tasks import Tasks
from ui.widgets.tabbing import in_tab_order
from ui.window.board import Board

if TYPE_CHECKING:  # a night begins with nobody chosen, and needs none of these yet
    from ui.consents.card import ConsentCard
    from ui.keeping.forget_door import ForgetDoor
    from ui.notes.page import NotePage
    from ui.referrals.card import ReferralCard


class Pages(QObject):
    """Makes the note and the cards beside it for the first file, and passes on what they say."""

    note_saved, judged = Signal(object), Signal(object)
    stayed, handover_wanted = Signal(object, object), Signal(object)
    report_wanted, keep_wanted, request_wanted = Signal(), Signal(object), Signal()
    withdrawn, forget_wanted, all_consents_wanted = Signal(object), Signal(), Signal()
    compose_wanted, preview_wanted = Signal(object), Signal(object)
    made, shown, gone = Signal(object), Signal(object), Signal(object)

    def __init__(self, tasks: Tasks, board: Board) -> None:
        """Make nothing yet; `board` has room for all of it."""
        super().__init__()
        self._tasks, self._board = tasks, board
        self._file: YouthFile | None = None
        self._is_to_write = self._is_begun = self._is_made = False
        self._to_make: Iterator[Callable[[], object]] = iter(
            (_load, lambda: self.note, lambda: self.consent, lambda: self.referral, self._order)
        )

    @cached_property
    def note(self) -> "NotePage":
        """The note, in the middle."""
        from ui.notes.page import NotePage

        page = NotePage(self._tasks)
        page.note_saved.connect(self.note_saved)
        page.judged.connect(self.judged)
        page.stayed.connect(self.stayed)
        page.header.alias_button.clicked.connect(self._board.alias_wanted)
        self._board.middle.addWidget(page)
        self.made.emit(page)
        return page

    @cached_property
    def consent(self) -> "ConsentCard":
        """What was agreed to, beside the note."""
        from ui.consents.card import ConsentCard

        card = ConsentCard(self._tasks)
        card.handover_wanted.connect(self.handover_wanted)
        card.report_wanted.connect(self.report_wanted)
        card.keep_wanted.connect(self.keep_wanted)
        card.withdrawn.connect(self.withdrawn)
        card.all_button.clicked.connect(self.all_consents_wanted)
        card.request_button.clicked.connect(self.request_wanted)
        self._board.side.add_card(card, 0)
        self._board.side.compacted.connect(card.set_compact)
        card.set_compact(self._board.side.is_compact)
        return card

    @cached_property
    def referral(self) -> "ReferralCard":
        """The referral, under the consent."""
        from ui.referrals.card import ReferralCard

        card = ReferralCard(self._tasks)
        card.compose_wanted.connect(self.compose_wanted)
        card.preview_wanted.connect(self.preview_wanted)
        card.ending.ended.connect(self.withdrawn)
        self._board.side.add_card(card, 1)
        return card

    @cached_property
    def forget(self) -> "ForgetDoor":
        """What somebody may ask for, under all that is kept about them."""
        from ui.keeping.forget_door import ForgetDoor

        door = ForgetDoor()
        door.wanted.connect(self.forget_wanted)
        self._board.side.add_card(door, 2)
        return door

    @property
    def file(self) -> YouthFile | None:
        """Whose page is in front, if anybody's."""
        return self._file

    def let_go(self, youth: YouthId) -> None:
        """Keep nothing of a young person on the page: it is about to be destroyed."""
        self.gone.emit(youth)
        if self._is_made:
            self.note.let_go(youth)
        if self._file is not None and self._file.youth.id == youth:
            self._file = None
            self._board.middle.setCurrentIndex(0)
            for name in ("consent", "referral", "forget"):
                if name in vars(self):
                    getattr(self, name).hide()

    def make(self) -> None:
        """Begin to make what is not there, one thing at a time: keys and paint come between."""
        if not self._is_begun:
            self._is_begun = True
            QTimer.singleShot(0, self._make_next)

    def show_file(self, file: YouthFile) -> None:
        """Show the file of one young person, as soon as all is made."""
        self._file = file
        if not self._is_made:
            self.make()
            return
        self.note.show_file(file)
        self.note.owed.ask()
        self.consent.show_file(file)
        self.referral.show_file(file)
        for part in (self.consent, self.referral, self.forget):
            part.show()
        self._board.middle.setCurrentWidget(self.note)
        self.shown.emit(file)
        if self._is_to_write:
            self._is_to_write = False
            self.note.editor.setFocus()

    @Slot()
    def write(self) -> None:
        """Put the caret into the note that is shown; where there is none yet, into the next."""
        if self._is_made:
            self.note.editor.setFocus()
        else:
            self.write_next()

    @Slot()
    def write_next(self) -> None:
        """Put the caret into the note that is shown next."""
        self._is_to_write = True

    def save_now(self) -> None:
        """Save without waiting."""
        if self._is_made:
            self.note.save_now()

    def rescue(self) -> None:
        """At lock: keep every word."""
        if self._is_made:
            self.note.rescue()

    @Slot()
    def _make_next(self) -> None:
        if (make := next(self._to_make, None)) is not None:
            make()
            QTimer.singleShot(0, self._make_next)
            return
        self._is_made = True
        if self._file is not None:
            self.show_file(self._file)

    def _order(self) -> None:
        people, note = self._board.rail.people.view, self.note
        in_tab_order(people, note, self.consent, self.referral, self.forget)


def _load() -> None:
    """Reading the note's modules takes as long as making it: a step of its own."""
    import ui.notes.page  # noqa: F401
