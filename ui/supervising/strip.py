"""Whether a supervisor has seen this case, on the young person's own page."""

from PySide6.QtCore import Signal

from desktop.services.supervision import Standing
from i18n import formats, tr
from ui.widgets.buttons import Button
from ui.widgets.card import Notice


class SupervisionStrip(Notice):
    """Hidden unless the case was judged high."""

    list_wanted = Signal()

    def __init__(self) -> None:
        """Be hidden."""
        super().__init__("eye-off", "", "danger")
        self.setObjectName("supervision-strip")
        self.row.setContentsMargins(14, 2, 8, 2)
        self.show_button = Button(tr("Show it"), "quiet", pressed=self.list_wanted.emit)
        self.show_button.sized("small").setObjectName("supervision-show")
        self.row.addWidget(self.show_button)
        self._has_room, self._is_said = True, False
        self.hide()

    def make_room(self, *, is_needed: bool) -> None:
        """Step aside while grounds are being written."""
        self._has_room = not is_needed
        self.setVisible(self._is_said and self._has_room)

    def show_standing(self, standing: Standing, *, is_high: bool) -> None:
        """Say that nobody has seen it, or who has."""
        self.show_button.setVisible(standing.is_waiting)
        seen = standing.seen
        if standing.is_waiting:
            self.show_words("eye-off", tr("No supervisor has seen this yet."), "danger")
        elif seen is not None:
            time = formats.day_and_clock(seen.seen_at)
            said = tr("{name} has seen this, {time}.", name=seen.seen_by, time=time)
            words = " · ".join(part for part in (said, seen.words) if part)
            self.show_words("eye", words, "neutral")
        self._is_said = standing.is_waiting or (is_high and seen is not None)
        self.setVisible(self._is_said and self._has_room)
