"""Whether a guardian may be told, on the consent card: the reason, and the way that is left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.guardians import Kept, Unaware
from desktop.domain.who_answers import Answers, Decision, Way
from desktop.services import guardians
from desktop.services.youths import YouthFile
from i18n import tr
from ui.consents.asking import items_of
from ui.consents.guardian_words import is_named_words, kept_words
from ui.consents.unaware import UnawareNotice
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import IconLabel


class ToldPart(QWidget):
    """Decides from the file at once, and again when the reason has been read."""

    decided = Signal()
    report_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, tasks: Tasks) -> None:
        """Show nothing yet."""
        super().__init__()
        self._tasks = tasks
        self._file: YouthFile | None = None
        self._decision: Decision | None = None
        self.warning = Notice("shield-alert", "", "warn")
        self.unaware = UnawareNotice()
        self.named = IconLabel("hourglass", "", "lamp", "caption")
        self.report_button = Button(tr("See how to report"), "danger", "siren")
        self.report_button.setObjectName("consent-report")
        self.keep_button = Button(tr("Why, or tell again…"), "quiet", "shield").sized("small")
        self.keep_button.setObjectName("consent-keep-from")
        self.report_button.clicked.connect(self.report_wanted)
        self.keep_button.clicked.connect(self.keep_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.named)
        column.addWidget(self.warning)
        column.addWidget(self.unaware)
        column.addWidget(self.report_button)
        column.addWidget(self.keep_button)

    @property
    def decision(self) -> Decision:
        """Who is asked, by what is known now; only after `show_file`."""
        if self._decision is None:
            raise RuntimeError("nobody is shown")
        return self._decision

    def show_file(self, file: YouthFile) -> None:
        """Say how it stands with this young person's guardian."""
        self._file = file
        self.unaware.hide()
        self._show(file, None)
        if file.youth.keep_from_guardian:
            youth = file.youth.id
            self._tasks.run(
                lambda vault: (guardians.kept_from(vault, youth), guardians.unaware(vault, youth)),
                lambda found: self._on_read(file, *found),
            )

    def _on_read(self, file: YouthFile, kept: Kept | None, unaware: Unaware) -> None:
        if file is not self._file:
            return
        self.unaware.show_unaware(unaware)
        if kept is not None:
            self._show(file, kept)
            self.decided.emit()

    def _show(self, file: YouthFile, kept: Kept | None) -> None:
        decision = self._decision = guardians.as_known(file.youth, kept, items_of(file))
        is_kept, is_blocked = file.youth.keep_from_guardian, decision.answers is Answers.NOBODY
        self.warning.setVisible(is_kept)
        self.keep_button.setVisible(is_kept)
        self.report_button.setVisible(is_blocked or Way.REPORT in decision.ways)
        named, now = file.named, self._tasks.moment().now
        is_named = named is not None and not named.is_over(now)
        self.named.setVisible(is_named)
        if named is not None:
            self.named.label.setText(is_named_words(named, now))
        self.setVisible(is_kept or is_named)
        if is_kept:
            told = (kept_words(kept), _blocked_words() if is_blocked else "")
            self.warning.show_words("shield-alert", " ".join(told).strip(), "warn")


def _blocked_words() -> str:
    return tr(
        "So consent is not asked here. Help by reporting, or by emergency protection; food, rest "
        "and talking need no consent."
    )
