"""Choosing an agency: search, narrow by kind of help, read what they do."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.domain.agencies import Agency, Category
from desktop.domain.ids import AgencyId
from i18n import tr
from ui import style
from ui.referrals import words
from ui.referrals.agencies import AgenciesModel, AgencyRow, ages_words
from ui.referrals.finding import found
from ui.widgets.card import Card
from ui.widgets.labels import text, wrapped


class _Rows(QListView):
    """Keeps the chosen row in sight when what lies below takes room away."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class Picker(QWidget):
    """Emits the agency a person chose."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Lay out an empty list."""
        super().__init__()
        self._all: tuple[Agency, ...] = ()
        self.agency: Agency | None = None
        self.search, self.help = _search(), _helps()
        self._model = AgenciesModel()
        self.list = _Rows()
        self.list.setModel(self._model)
        self.list.setItemDelegate(AgencyRow(self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Agencies"))
        self.list.setObjectName("agency-list")
        self.none = wrapped(tr("No agency fits. Try fewer letters."), "body", "text2")
        self.detail = Card(margin=16)
        self.detail_name = text("", weight="semibold")
        self.detail_words = wrapped("", "caption", "text2")
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.help.currentIndexChanged.connect(self._narrow)
        self.list.selectionModel().currentChanged.connect(self._on_current)

    def show_agencies(self, agencies: tuple[Agency, ...], chosen: AgencyId | None) -> None:
        """Show all agencies, one of them chosen already."""
        self._all = agencies
        self.agency = next((each for each in agencies if each.id == chosen), None)
        self._narrow()
        self._show_detail()

    def forget_search(self) -> None:
        """Show every agency again: the words were about another referral."""
        self.search.clear()
        self.help.setCurrentIndex(0)

    def choose(self, agency: AgencyId) -> None:
        """Choose as a person would."""
        self.forget_search()
        for each in self._all:
            if each.id == agency:
                self.list.setCurrentIndex(self._model.place(each))

    def _lay_out(self) -> None:
        self.detail.body.setSpacing(4)
        self.detail.add(self.detail_name, self.detail_words)
        tools = QHBoxLayout()
        tools.addWidget(self.search, 3)
        tools.addWidget(self.help, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        self.list.setMinimumHeight(140)

    @Slot()
    def _narrow(self) -> None:
        fitting = found(self._all, self.search.text(), self.help.currentData())
        self._model.show(fitting)
        self.none.setVisible(not fitting)
        if self.agency is not None and self.agency in fitting:
            self.list.setCurrentIndex(self._model.place(self.agency))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _: QModelIndex) -> None:
        agency = self._model.agency(now)
        if agency is None or agency == self.agency:
            return
        self.agency = agency
        self._show_detail()
        self.chosen.emit(agency)

    def _show_detail(self) -> None:
        self.detail.setVisible(self.agency is not None)
        if self.agency is None:
            return
        each = self.agency
        self.detail_name.setText(each.name)
        services = ", ".join(service.name for service in each.services)
        lines = (
            each.description,
            tr("Does: {services}", services=services) if services else "",
            tr("Open: {hours}", hours=each.hours) if each.hours else "",
            tr("For: {ages}", ages=ages_words(each)) if ages_words(each) else "",
            " · ".join(part for part in (each.phone, each.address) if part),
        )
        self.detail_words.setText("\n".join(line for line in lines if line))


def _search() -> QLineEdit:
    search = QLineEdit()
    search.setPlaceholderText(tr("Find by name, kind or help"))
    search.setAccessibleName(tr("Find an agency"))
    search.setObjectName("agency-search")
    search.setClearButtonEnabled(True)
    search.addAction(style.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    return search


def _helps() -> QComboBox:
    helps = QComboBox()
    helps.setAccessibleName(tr("Kind of help"))
    helps.setObjectName("agency-help")
    helps.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    helps.setMinimumContentsLength(8)
    helps.addItem(tr("Every kind of help"), None)
    for category in Category:
        helps.addItem(words.category(category), category)
    return helps
