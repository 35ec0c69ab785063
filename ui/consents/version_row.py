"""One version of the organisation's consent texts in the list of them."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.domain.text_versions import Version
from i18n import formats, tr
from ui.widgets.buttons import Button
from ui.widgets.labels import text


class VersionRow(QFrame):
    """One version: which, by whom, since when. It can be read, and written on from."""

    def __init__(self, version: Version, *, is_newest: bool, may_write: bool) -> None:
        """Name it."""
        super().__init__()
        self.version = version
        self.setProperty("card", "sunken")
        named = _named(version)
        when = formats.day_and_clock(version.at)
        about = tr("{who}, {when}", who=version.who, when=when)
        self.setAccessibleName(f"{named}, {about}")
        self.seen_button = Button(tr("See it"), "quiet", "eye").sized("small")
        self.write_button = Button(tr("Write on from it"), "quiet", "pencil").sized("small")
        self.save_button = Button(tr("For other laptops…"), "quiet", "hard-drive").sized("small")
        buttons = (self.seen_button, self.save_button, self.write_button)
        for button in buttons:
            button.setAccessibleName(f"{named}: {button.text()}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text(named, "body", "text", "semibold" if is_newest else "medium"))
        words.addWidget(text(about, "caption", "text2"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.addLayout(words, 1)
        for button in buttons:
            row.addWidget(button)
        if not may_write:
            self.write_button.hide()
        if not (may_write and version.is_own):
            self.save_button.hide()


def _named(version: Version) -> str:
    if version.is_own:
        return tr("Version {n} · {form}", n=version.number, form=version.form)
    return tr("Version {n} · the program's own", n=version.number)
