"""An alias for somebody met without one, who that may be, and what became known of them since."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.outreach import KOREA
from desktop.domain.youths import About, Youth
from i18n import tr
from ui.met_before import KnownBefore
from ui.tasks import Tasks
from ui.widgets.field import Field
from ui.youths.about_fields import AboutFields


class NewAlias(QWidget):
    """Whoever tells an alias often tells how old they are, too."""

    entered = Signal()
    """Enter was pressed in the alias or the age."""
    resized = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Lay it out, about nobody yet."""
        super().__init__()
        self.alias = Field(tr("Alias"), tr("Not a real name."))
        self.alias.edit.setObjectName("new_alias")
        self.known = KnownBefore(tasks)
        self.about = AboutFields(lambda: tasks.moment().now.astimezone(KOREA).date())
        self._before = self.about.typed()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.alias, self.known, self.about):
            column.addWidget(part)
        self.alias.changed.connect(self.known.look_for)
        self.alias.entered.connect(self.entered)
        self.about.age.entered.connect(self.entered)
        self.known.changed.connect(self.resized)
        self.about.age.changed.connect(self.resized)

    def show_nameless(self, youth: Youth) -> None:
        """Be empty but for what is known of them."""
        self.alias.edit.clear()
        self.about.show_about(youth.about)
        self._before = self.about.typed()

    def told(self) -> tuple[str, About]:
        """Return the alias, and what is known of them now; `AgeUnlikely`."""
        return self.alias.words(), self.about.about()

    def wrong(self) -> str:
        """Say what is missing or cannot be, and what to do; nothing where all is well."""
        if not self.alias.words():
            return tr("Write an alias, or choose somebody met before.")
        return self.about.age.wrong()

    def typed(self) -> dict[str, str]:
        """Return what was typed so far."""
        about = self.about.typed()
        return {"alias": self.alias.words(), **(about if about != self._before else {})}

    def fill(self, words: Mapping[str, str]) -> None:
        """Put back what `typed` returned; what was empty may be left out."""
        self.alias.edit.setText(words.get("alias", ""))
        self.about.fill({**self._before, **words})
