"""Before handing over: the agency a referral names may have left the directory since."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.youths import YouthFile
from i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.card import Notice


class UnlistedPart(QWidget):
    """Says so, and leads to where another is chosen. Nobody is asked about nowhere."""

    choosing_wanted = Signal()

    def __init__(self) -> None:
        """Be ready."""
        super().__init__()
        self.notice = Notice("building-2", "", "info")
        self.choose_button = Button(tr("Choose an agency"), "primary", "building-2")
        self.choose_button.setObjectName("start-choose-agency")
        self.choose_button.clicked.connect(self.choosing_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self.choose_button)

    def show_file(self, file: YouthFile, *, is_again: bool = False) -> Button | None:
        """Say which it is, and return what to press: a consent that is asked again has nothing."""
        self.choose_button.setVisible(not is_again)  # a consent keeps its agency
        is_chosen = file.draft is not None and file.draft.agency is not None
        words = tr("Write the referral first: the form names the agency.")
        if is_chosen:
            words = tr(
                "The agency in this referral is not in the directory any more. Choose another "
                "one; what you wrote stays."
            )
        if is_again:
            words = tr(
                "This agency is not in the directory any more, so it cannot be asked about again. "
                "The consent stays as it is. For another agency, write a referral."
            )
        self.notice.show_words("building-2", words, "info")
        return None if is_again else self.choose_button
