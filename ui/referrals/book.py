"""The directory, to be read without writing a referral: who helps, and their number, large."""

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import AgencyId
from desktop.services import agencies
from desktop.services.agencies import Directory
from i18n import tr
from ui import style
from ui.referrals.picker import Picker
from ui.tasks import Tasks
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet

_HIGH = 520


class AgenciesSheet(Sheet):
    """Every agency of the network, also without a line."""

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("Agencies"), tr("Close"), width=760)
        self.setObjectName("agencies-sheet")
        self._tasks = tasks
        self.picker = Picker(is_book=True)
        self.picker.setMinimumHeight(style.scaled(_HIGH))
        self.none = wrapped(
            tr("The directory comes when this laptop has joined a network."), "body", "text3"
        )
        self.picker.chosen.connect(lambda _: self.fit())
        self.body.addWidget(self.none)
        self.body.addWidget(self.picker)

    def begin(self, agency: AgencyId | None) -> None:
        """Ask for the directory; then show it, with one agency of it chosen."""
        now = self._tasks.moment().now
        self._tasks.run(
            lambda vault: agencies.directory(vault, now),
            lambda directory: self._show(directory, agency),
        )

    def _show(self, directory: Directory, agency: AgencyId | None) -> None:
        self.picker.forget_search()
        self.picker.show_directory(directory, agency)
        self.none.setVisible(not directory.agencies)
        self.picker.setVisible(bool(directory.agencies))
        self.open(self.picker.search if directory.agencies else self.close_button)
