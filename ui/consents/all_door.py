"""How many consents of somebody are in force, on the card about the one that counts."""

from datetime import datetime

from desktop.domain.living import living
from desktop.services.youths import YouthFile
from i18n import ntr, tr
from ui.widgets.buttons import Button


class AllDoor(Button):
    """Leads to all of them; hidden where nobody was ever asked."""

    def __init__(self) -> None:
        """Be hidden."""
        super().__init__(" ", "quiet")
        self.sized("small").setObjectName("consent-all")
        self.hide()

    def show_file(self, file: YouthFile, now: datetime) -> None:
        """Count those of one young person."""
        count = sum(each.end is None for each in living(file.consents, now, file.youth.age))
        words = ntr("{n} in force", "{n} in force", count) if count else tr("None in force")
        self.setText(words)
        self.setAccessibleName(f"{tr('All consents')}: {words}")
        self.setToolTip(tr("All consents (F4)"))
        self.setVisible(bool(file.consents))
