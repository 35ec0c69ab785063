"""Choosing an agency: search, narrow by kind of help, read what they do."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.domain.agencies import Agency, Category
from desktop.domain.finding_help import Now, fits
from desktop.domain.ids import AgencyId
from desktop.services.agencies import Directory
from i18n import tr
from ui import style
from ui.referrals import words
from ui.referrals.agencies import AgenciesModel, AgencyRow
from ui.referrals.detail import AgencyDetail
from ui.referrals.finding import found
from ui.referrals.needing import Needing
from ui.widgets.buttons import icon_button
from ui.widgets.ground import Ground
from ui.widgets.labels import wrapped
from ui.widgets.still_list import StillList


class _Rows(StillList):
    """Keeps the chosen row in sight when what lies below takes room away."""

    def __init__(self, model: AgenciesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(AgencyRow(self))
        Ground(self)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Agencies"))
        self.setObjectName("agency-list")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class Picker(QWidget):
    """Emits the agency a person chose."""

    chosen = Signal(object)

    def __init__(self, *, is_book: bool = False) -> None:
        """Lay out an empty list; a book shows the telephone number of one agency large."""
        super().__init__()
        self._all: tuple[Agency, ...] = ()
        self._now: Now | None = None
        self.agency: Agency | None = None
        self.search, self.help = _search(), _helps()
        self._model = AgenciesModel()
        self.list = _Rows(self._model)
        self.none = wrapped(tr("No agency fits. Try fewer letters."), "body", "text2")
        self.detail = AgencyDetail(is_large=is_book)
        self.needing = Needing()
        self.needing.hide()
        self.narrow = icon_button("list-checks", tr("Narrow the list (Alt+F)"), self.switch)
        self.narrow.setObjectName("agency-narrow")
        QShortcut(QKeySequence("Alt+F"), self, self.switch)
        self._lay_out()
        self.needing.changed.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self.help.currentIndexChanged.connect(self._narrow)
        self.list.row_chosen.connect(self._on_row_chosen)

    def show_directory(self, directory: Directory, chosen: AgencyId | None) -> None:
        """Show all agencies, one of them chosen already."""
        self._all, self._now = directory.agencies, directory.now
        self.needing.offer(self._all)
        self.agency = next((each for each in self._all if each.id == chosen), None)
        self._narrow()
        self._show_detail()

    def forget_search(self) -> None:
        """Show every agency again: the words were about another referral."""
        self.search.clear()
        self.help.setCurrentIndex(0)
        self.needing.clear()

    @Slot()
    def switch(self) -> None:
        """Show what the list may be narrowed to, or narrow it no more."""
        is_shown = self.needing.isHidden()
        self.needing.setVisible(is_shown)
        if not is_shown:
            self.needing.clear()
        (self.needing.age if is_shown else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, agency: AgencyId) -> None:
        """Choose as a person would."""
        self.forget_search()
        for each in self._all:
            if each.id == agency:
                self.list.setCurrentIndex(self._model.place(each))

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.search, 3)
        tools.addWidget(self.help, 2)
        tools.addWidget(self.narrow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.needing)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        self.list.setMinimumHeight(140)

    @Slot()
    def _narrow(self) -> None:
        category, now = self.help.currentData(), self._now
        need = self.needing.need(category)
        fitting = tuple(
            agency
            for agency in found(self._all, self.search.text(), category)
            if now is None or fits(agency, need, now)
        )
        self._model.show(fitting)
        self.none.setVisible(not fitting)
        if self.agency is not None and self.agency in fitting:
            self.list.setCurrentIndex(self._model.place(self.agency))

    @Slot(QModelIndex)
    def _on_row_chosen(self, row: QModelIndex) -> None:
        agency = self._model.agency(row)
        if agency is None or agency == self.agency:
            return
        self.agency = agency
        self._show_detail()
        self.chosen.emit(agency)

    def _show_detail(self) -> None:
        self.detail.show_agency(self.agency, self._now)


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
