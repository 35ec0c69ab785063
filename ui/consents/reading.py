"""The question read aloud to whoever would rather listen."""

from PySide6.QtCore import QObject, Slot

from ui.consents.frame import Head
from ui.consents.texts import Form, Screen
from ui.consents.voice import Voice


class Reading(QObject):
    """Offers it while a question is shown in a language that this computer can speak."""

    def __init__(self, head: Head) -> None:
        """Look for voices only once something is shown."""
        super().__init__(head)
        self._head, self.voice = head, Voice(self)
        self._shown: tuple[Form, tuple[str, ...]] | None = None
        head.aloud_wanted.connect(self._on_wanted)
        self.voice.found.connect(self._offer)
        self.voice.ended.connect(self._offer)

    def show(self, screen: Screen, form: Form, how: str) -> None:
        """A question is shown: whatever was being read before it is not read on.

        `how` says who listens, in the language of the form; "" where nobody does.
        """
        self._shown = form, (*screen.aloud(), *filter(None, (how,)))
        self.voice.hush()
        self._offer()

    @Slot()
    def stop(self) -> None:
        """Nothing is asked any more."""
        self._shown = None
        self.voice.hush()
        self._offer()

    @Slot()
    def _on_wanted(self) -> None:
        if self.voice.is_speaking:
            self.voice.hush()
        elif self._shown is not None:
            form, lines = self._shown
            self.voice.say(form.language, lines)
            self._offer()

    @Slot()
    def _offer(self) -> None:
        words, is_speaking = "", self.voice.is_speaking
        if self._shown is not None and self.voice.knows(self._shown[0].language):
            words = self._shown[0].word("hush" if is_speaking else "aloud")
        self._head.show_aloud(words, is_speaking=is_speaking)
