"""The first evening in the window: it hears what is really done, and never stands in the way."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.learning import Learning, Lesson
from desktop.services import learning
from desktop.services.youths import YouthFile
from i18n import tr
from ui.window.strips import under_header
from ui.window.window import Window

if TYPE_CHECKING:  # made when somebody learns
    from ui.learning.strip import LearningStrip
    from ui.widgets.pointing import Pointing


class LearningDoor(QObject):
    """Begins by itself in a first practice; by F1 or the palette at any time."""

    changed = Signal()

    def __init__(self, window: Window) -> None:
        """Listen to the window, and live as long as it does."""
        super().__init__(window)
        self._window, self._tasks = window, window.tasks
        self._learning: Learning | None = None
        window.drawer_wanted.connect(self._on_drawer)
        QShortcut(QKeySequence("F1"), window.board, self.begin)
        self._listen()
        window.tasks.run(learning.kept, self._on_kept)

    @cached_property
    def strip(self) -> "LearningStrip":
        """The line under the header."""
        from ui.learning.strip import LearningStrip

        strip = LearningStrip()
        strip.show_wanted.connect(self.point)
        strip.skipped.connect(self.skip)
        under_header(self._window.board, strip, 2)
        return strip

    @cached_property
    def pointing(self) -> "Pointing":
        """The ring around the real thing."""
        from ui.widgets.pointing import Pointing

        return Pointing(self._window)

    @property
    def lesson(self) -> Lesson | None:
        """What is shown."""
        return self._learning.next if self._learning else None

    def offer(self) -> None:
        """Begin where it was never begun: what was skipped or finished stays so."""
        self._tasks.run(learning.kept, self._on_offered)

    @Slot()
    def begin(self) -> None:
        """Show it, from where it was; once all of it is done, from the beginning."""
        before = self._learning or Learning()
        done = before.done if len(before.done) < len(Lesson) else frozenset()
        self._keep(Learning(done))
        self.strip.show_button.setFocus()

    @Slot()
    def skip(self) -> None:
        """Put it away and remember that."""
        if self._learning is not None:
            self._keep(self._learning.skipped())
            self._window.toast.say(tr("F1 brings it back."))

    @Slot()
    def point(self) -> None:
        """Point at what is meant; where that cannot be seen yet, at what leads to it."""
        for target in self._targets():
            if self.pointing.point_at(target):
                return

    def rescue(self) -> None:
        """At lock: locking was the last step."""
        if self.lesson is Lesson.LOCK:
            self._did(Lesson.LOCK)

    def _listen(self) -> None:
        window = self._window
        window.rail.outreach_begun.connect(lambda: self._did(Lesson.NIGHT))
        window.pages.note_saved.connect(lambda _: self._did(Lesson.NOTE))
        window.found.connect(self._on_found)
        window.handed_back.connect(self._on_handed_back)
        window.released.connect(lambda: self._did(Lesson.SEND))
        window.pages.shown.connect(self._on_file)

    @Slot()
    def _on_found(self) -> None:
        palette = vars(self._window).get("palette_sheet")
        if palette is not None and palette.query.text().strip():
            self._did(Lesson.FIND)

    @Slot(object)
    def _on_handed_back(self, consent: object) -> None:
        if consent is not None:
            self._did(Lesson.CONSENT)

    @Slot(object)
    def _on_file(self, file: YouthFile) -> None:
        has_sent = self._learning is not None and Lesson.SEND in self._learning.done
        if has_sent and any(tracking.replies for tracking in file.trackings):
            self._did(Lesson.ANSWER)

    @Slot(str)
    def _on_drawer(self, key: str) -> None:
        if key == "learning":
            self.begin()

    def _on_kept(self, kept: Learning | None) -> None:
        if kept is not None and self._learning is None:
            self._show(kept)

    def _on_offered(self, kept: Learning | None) -> None:
        if kept is None and self._learning is None:
            self._keep(Learning())

    def _did(self, lesson: Lesson) -> None:
        now = self._learning
        if now is not None and now.next is not None and lesson not in now.done:
            self._keep(now.did(lesson))

    def _keep(self, now: Learning) -> None:
        moment = self._tasks.moment()
        self._tasks.run(lambda vault: learning.keep(vault, now, moment), lambda _: None)
        self._show(now)

    def _show(self, now: Learning) -> None:
        self._learning = now
        if now.next is not None or "strip" in vars(self):
            self.strip.show_lesson(now.next)
        if "pointing" in vars(self):
            self.pointing.hide()
        self.changed.emit()

    def _targets(self) -> tuple[QWidget, ...]:
        window, header = self._window, self._window.header
        people = (window.rail.people.view, header.new_button)
        made = vars(window.pages)
        beside = tuple(made[name] for name in ("referral",) if name in made)
        match self.lesson:
            case Lesson.NIGHT:
                return (window.rail.form.place.edit, window.rail.card)
            case Lesson.NOTE:
                note = (made["note"].editor,) if "note" in made else ()
                return (*note, header.new_button)
            case Lesson.FIND:
                return (header.search_button,)
            case Lesson.CONSENT:
                return (*(made[name] for name in ("consent",) if name in made), *people)
            case Lesson.SEND | Lesson.ANSWER:
                return (*beside, *people)
            case _:
                return (header.lock_button,)
