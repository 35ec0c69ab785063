"""Where nights were; under the list, the nights at the place that is chosen."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.days import begins, day_of
from desktop.domain.places import NightThere
from desktop.services import places
from desktop.services.places import Places
from i18n import formats, tr
from ui.tasks import Tasks
from ui.widgets.labels import text, wrapped
from ui.widgets.rows import Cells, Columns, RowList
from ui.widgets.sheet import Sheet

_HIGH = 320


class PlacesSheet(Sheet):
    """Enter on a place goes to its nights, Enter on a night opens that night."""

    night_chosen = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Places"), tr("Close"), width=720)
        self.setObjectName("places-sheet")
        self._tasks = tasks
        self._places = Places((), has_more=False)
        self._nights: tuple[NightThere, ...] = ()
        self._shown = ""
        told = tr("As they were written down for each night. No coordinates are kept.")
        self.lead = wrapped(told, "caption", "text2")
        self.empty = wrapped(tr("No night has been out yet."), "body", "text3")
        heads = (tr("Place"), tr("Nights"), tr("Met"), tr("Last night"))
        self.list = _rows(tr("Places, that of the newest night first"), heads)
        self.list.setObjectName("place-list")
        self.there = text("", "body", weight="semibold")
        self.nights = _rows(tr("Nights at this place"), (tr("Date"), tr("Met")))
        self.nights.setObjectName("place-nights")
        for part in (self.lead, self.empty, self.list, self.there, self.nights):
            self.body.addWidget(part)
        self.body.addStretch()
        self.list.selectionModel().currentChanged.connect(self._on_place)
        self.list.activated.connect(self._on_activated)
        self.nights.activated.connect(self._on_night)

    def begin(self) -> None:
        """Ask where nights were, then show it."""
        self._tasks.run(places.every, self._show)

    def _show(self, found: Places) -> None:
        self._places = found
        self._shown = found.places[0].name if found.places else ""
        self.list.show_rows(
            tuple(
                (
                    each.name, formats.number(each.nights), formats.number(each.met),
                    formats.full_day(begins(day_of(each.last))),
                )
                for each in found.places
            )
        )  # fmt: skip
        for part in (self.lead, self.list, self.there, self.nights):
            part.setVisible(bool(found.places))
        self.empty.setVisible(not found.places)
        self._show_nights(self._shown, found.there)
        if not self.isVisible():
            self.open(self.list if found.places else self.close_button)
        self.fit()

    @Slot(QModelIndex, QModelIndex)
    def _on_place(self, now: QModelIndex, _before: QModelIndex) -> None:
        name = self._places.places[now.row()].name if now.isValid() else self._shown
        if name == self._shown:
            return  # its nights came with the list
        self._shown = name
        self._tasks.run(
            lambda vault: places.nights_at(vault, name),
            lambda found: self._on_nights(name, found),
        )

    def _on_nights(self, name: str, found: tuple[NightThere, ...]) -> None:
        if name == self._shown:  # else another was chosen meanwhile
            self._show_nights(name, found)
            self.fit()

    def _show_nights(self, name: str, found: tuple[NightThere, ...]) -> None:
        self._nights = found
        self.there.setText(name)
        self.nights.show_rows(tuple((_night(each), formats.number(each.met)) for each in found))

    @Slot(QModelIndex)
    def _on_activated(self, _: QModelIndex) -> None:
        self.nights.setFocus()

    @Slot(QModelIndex)
    def _on_night(self, index: QModelIndex) -> None:
        self.leave()
        self.night_chosen.emit(self._nights[index.row()].id)


def _night(night: NightThere) -> str:
    at = begins(day_of(night.at))
    return tr("{weekday}, {day}", weekday=formats.weekday(at), day=formats.full_day(at))


def _rows(name: str, heads: Cells) -> RowList:
    columns = Columns(len(heads), heads, words=1, stretched=0, between=", ")
    return RowList(name, columns, _HIGH)
