"""Young people met before whose alias looks like what is being typed."""

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.youths import Youth
from desktop.services import search
from i18n import formats, tr
from ui.people import age_words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.labels import text

_PAUSE, _MOST = 150, 4


class KnownBefore(QWidget):
    """Offers them as buttons; only the answer to the newest question is shown."""

    chosen = Signal(object)
    changed = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Offer nobody."""
        super().__init__()
        self._tasks = tasks
        self._alias = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.buttons: tuple[Button, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(text(tr("Met before?"), "caption", "text2", "semibold"))
        self.hide()

    @Slot(str)
    def look_for(self, alias: str) -> None:
        """Look for an alias, or its initial consonants, when typing pauses."""
        self._alias = alias.strip()
        if self._alias:
            self._timer.start()
        else:
            self._timer.stop()
            self._show(())

    @Slot()
    def _ask(self) -> None:
        alias = self._alias
        self._tasks.run(
            lambda vault: search.people(vault, alias, _MOST),
            lambda youths: self._answer(alias, youths),
        )

    def _answer(self, alias: str, youths: tuple[Youth, ...]) -> None:
        if alias == self._alias:
            self._show(youths)

    def _show(self, youths: tuple[Youth, ...]) -> None:
        for button in self.buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self.buttons = tuple(self._button(youth) for youth in youths)
        for button in self.buttons:
            self._column.addWidget(button)
        self.setVisible(bool(youths))
        self.changed.emit()

    def _button(self, youth: Youth) -> Button:
        day = formats.short_day(youth.met_first)
        words = tr(
            "{alias} · {age} · first met {day}",
            alias=youth.alias,
            age=age_words(youth.age),
            day=day,
        )
        button = Button(words, "soft", "user-round-check").sized("small")
        button.setObjectName("met_before")
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(partial(self._choose, youth))
        return button

    def _choose(self, youth: Youth) -> None:
        self.chosen.emit(youth)
