"""Young people met before who may be whoever is being typed, and why. A person decides."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.likeness import Likeness, Sign, Sought
from desktop.domain.youths import Youth
from desktop.services import likeness
from i18n import formats, later, tr
from ui.people import age_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import wrapped

_PAUSE, _MOST = 150, 4
_SIGNS: Final = {
    Sign.ALIAS: later("same alias"),
    Sign.SLIP: later("one letter off"),
    Sign.AGE: later("the age fits"),
    Sign.PLACE: later("same place"),
    Sign.ABOUT: later("same description"),
}


class KnownBefore(QWidget):
    """Offers them as buttons; only the answer to the newest question is shown."""

    chosen = Signal(object)
    changed = Signal()
    warned = Signal()
    """Somebody new is kept only if it is asked for once more."""

    def __init__(self, tasks: Tasks) -> None:
        """Offer nobody."""
        super().__init__()
        self._tasks = tasks
        self._sought = Sought("")
        self._warned_of = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.buttons: tuple[Button, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._head = wrapped(tr("Met before?"), "caption", "text2", "semibold")
        self._column.addWidget(self._head)
        self.hide()

    @Slot(str)
    def look_for(self, alias: str) -> None:
        """Look for an alias, or its initial consonants, when typing pauses."""
        self.look_like(Sought(alias))

    def look_like(self, sought: Sought) -> None:
        """Look for whoever is called so, when typing pauses; the rest says why it may be them."""
        self._sought = sought
        self._head.setText(tr("Met before?"))
        if sought.alias.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._show(())

    def begin_anew(self) -> None:
        """Offer nobody, and let a warning that was answered count for nobody else."""
        self._warned_of = ""
        self._timer.stop()
        self._sought = Sought("")
        self._show(())

    def before_new(self, sought: Sought, keep: Callable[[], None]) -> None:
        """Keep somebody new; where they may be known, only when it is asked for once more."""
        if not sought.alias or sought.alias == self._warned_of:
            self._warned_of = ""
            keep()
            return
        self._sought = sought
        self._timer.stop()
        self._tasks.run(
            lambda vault: likeness.met_before(vault, sought, _MOST),
            lambda found: self._weigh(sought, found, keep),
        )

    def _weigh(
        self, sought: Sought, found: tuple[Likeness, ...], keep: Callable[[], None]
    ) -> None:
        if not any(like.is_strong for like in found):
            keep()
            return
        self._warned_of = sought.alias
        self._head.setText(
            tr("This may be somebody met before. Choose them, or keep somebody new once more.")
        )
        self._show(found)
        self.warned.emit()

    @Slot()
    def _ask(self) -> None:
        sought = self._sought
        self._tasks.run(
            lambda vault: likeness.met_before(vault, sought, _MOST),
            lambda found: self._answer(sought, found),
        )

    def _answer(self, sought: Sought, found: tuple[Likeness, ...]) -> None:
        if sought == self._sought:
            self._show(found)

    def _show(self, found: tuple[Likeness, ...]) -> None:
        for button in self.buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self.buttons = tuple(self._button(like) for like in found)
        for button in self.buttons:
            self._column.addWidget(button)
        self.setVisible(bool(found))
        self.changed.emit()

    def _button(self, like: Likeness) -> Button:
        youth = like.youth
        words = tr(
            "{alias} · {age} · first met {day}",
            alias=youth.alias,
            age=age_words(youth.age),
            day=formats.short_day(youth.met_first),
        )
        why = ", ".join(tr(_SIGNS[sign]) for sign in like.signs)
        button = Button(f"{words} · {why}" if why else words, "soft", "user-round-check")
        button.sized("small").setObjectName("met_before")
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(partial(self._choose, youth))
        return button

    def _choose(self, youth: Youth) -> None:
        self._warned_of = ""
        self.chosen.emit(youth)
