"""The way to all consents of somebody, and to asking again before one runs out."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.consents import Consent
from desktop.domain.ids import YouthId
from desktop.services.youths import YouthFile
from i18n import tr
from ui.window.window import Window

if TYPE_CHECKING:  # made when it is first needed
    from ui.consents.living_sheet import LivingSheet


class LivingDoor(QObject):
    """Opens it by the card, by the palette, by F4; asks again once the page is there."""

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window = window
        self._to_ask: Consent | None = None
        window.drawer_wanted.connect(self._on_drawer)
        window.pages.all_consents_wanted.connect(self.open)
        window.pages.shown.connect(self._on_file)
        window.pages.gone.connect(self._on_gone)
        window.consent_again_wanted.connect(self.ask_again)
        # On the board, so that it rests while the laptop is in a young person's hands.
        QShortcut(QKeySequence("F4"), window.board, self.open)

    @cached_property
    def sheet(self) -> "LivingSheet":
        """All of them."""
        from ui.consents.living_sheet import LivingSheet

        sheet = LivingSheet(self._window.tasks, self._window)
        sheet.withdrawn.connect(self._window.pages.withdrawn)
        sheet.again_wanted.connect(self.ask_again)
        sheet.slip_wanted.connect(self._on_slip_wanted)
        sheet.outbox_wanted.connect(self._window.status.waiting_button.click)
        return sheet

    @Slot()
    def open(self) -> None:
        """Show those of whoever's page is open; once more while it is there: close it."""
        file = self._window.pages.file
        if file is None:
            self._window.toast.say(tr("Choose the young person first, then open it again."))
        elif "sheet" in vars(self) and self.sheet.isVisible():
            self.sheet.leave()
        else:
            self._window.pages.save_now()  # commits what is being composed
            self.sheet.begin(file.youth)

    @Slot(object, object)
    def ask_again(self, youth: YouthId, consent: Consent) -> None:
        """Open somebody's page with the form to ask again."""
        self._to_ask = consent
        self._window.found.emit(youth, None)

    @Slot(object)
    def _on_slip_wanted(self, consent: Consent) -> None:
        self.sheet.leave()
        # Of several languages the one that came last.
        self._window.slip_wanted.emit(consent, consent.notice.language.rpartition("+")[2])

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        if "sheet" in vars(self):
            self.sheet.refresh()  # a round may have brought who has erased
        if self._to_ask is not None and self._to_ask.youth == file.youth.id:
            from ui.consents.again import again

            consent, self._to_ask = self._to_ask, None
            self._window.ask_for_pin(file, again(file, consent))

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "consents":
            self.open()

    @Slot(object)
    def _on_gone(self, youth: YouthId) -> None:
        if self._to_ask is not None and self._to_ask.youth == youth:
            self._to_ask = None
        if "sheet" in vars(self):
            self.sheet.let_go(youth)
