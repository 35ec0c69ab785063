"""Before handing over: the text that holds is taken; it is said where it is not the own one."""

from desktop.services import text_versions
from i18n import tr
from ui.consents import texts
from ui.tasks import Tasks
from ui.widgets.card import Notice


class HeldNotice(Notice):
    """Is seen only where the organisation's own text lacks something."""

    def __init__(self, tasks: Tasks) -> None:
        """Say nothing yet."""
        told = tr("Your organization's text lacks something; the program's own is shown.")
        super().__init__("circle-alert", told, "warn")
        self._tasks = tasks
        self.hide()

    def take(self) -> None:
        """Let the hand-over show what holds now."""
        self._tasks.run(text_versions.holding, self._use)

    def _use(self, held: text_versions.Holding) -> None:
        texts.use(held.texts)
        self.setVisible(bool(held.faults))
