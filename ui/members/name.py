"""What colleagues see on the lock screen."""

from desktop.services import members
from i18n import tr
from ui.members.means import Means
from ui.members.task import KeyTask
from ui.widgets.field import Field


class NameTask(KeyTask):
    """Changes the name on the lock screen."""

    def __init__(self, means: Means) -> None:
        """Ask for it."""
        lead = tr("Anybody who holds this laptop can read it. Never a young person's name.")
        super().__init__(
            tr("Name on the lock screen"), lead, (tr("Save"), tr("Saving"), "key-name")
        )
        self._means = means
        self.name = Field(tr("Name"))
        self.name.edit.setObjectName("key-name-edit")
        self.name.edit.setMaxLength(members.LABEL_LIMIT)
        self.body.addWidget(self.name)
        self.name.entered.connect(self.act)
        self.setFocusProxy(self.name.edit)

    def show_name(self, name: str) -> None:
        """Begin with the name in use."""
        self.name.edit.setText(name)
        self.name.edit.selectAll()

    def act(self) -> None:
        """Keep the name."""
        name = self.name.words()
        self.show_busy(is_busy=True)
        done = tr("Your colleagues now see this name on the lock screen.")
        self._means.tasks.run(
            lambda vault: members.rename(vault, name),
            lambda _: self.done.emit(done),
            self.say_failed,
        )
