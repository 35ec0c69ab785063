"""Who belongs to the team: inviting a colleague, and removing one who has left."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.team import Member
from desktop.errors import AppError
from desktop.services import team
from desktop.services.team import Invitation
from i18n import formats, tr
from ui import messages
from ui.team.worker import Picture, TeamTasks
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import Button
from ui.widgets.card import Notice
from ui.widgets.labels import Pill, text, wrapped
from ui.widgets.paper_code import big_code


class PeoplePart(QWidget):
    """Emits `renewed` with the team's new recovery code after somebody was removed."""

    renewed = Signal(str)
    resized = Signal()

    def __init__(self, tasks: TeamTasks) -> None:
        """Begin with nobody."""
        super().__init__()
        self._tasks = tasks
        self.rows: tuple[_Row, ...] = ()
        self.leaving: Member | None = None
        self.problem = Notice("circle-alert", "", "danger")
        self.invite_button = Button(tr("Invite a colleague"), "soft", "user-plus")
        self.invite_button.setObjectName("team-invite")
        self.invite_button.clicked.connect(self._on_invite)
        self.invitation, self.asking = _Invitation(), _Asking()
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(self._list)
        for part in (self.problem, self.asking, self.invitation):
            column.addWidget(part)
            part.hide()
        column.addWidget(self.invite_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.invitation.done_button.clicked.connect(self.rest)
        self.asking.keep_button.clicked.connect(self.rest)
        self.asking.remove_button.clicked.connect(self._on_remove)
        self.setFocusProxy(self.invite_button)

    def show_picture(self, picture: Picture) -> None:
        """Show who belongs to it."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = tuple(
            _Row(member, is_me=member.id == picture.me) for member in picture.members
        )
        for row in self.rows:
            self._list.addWidget(row)
            row.remove_button.clicked.connect(partial(self._ask, row.member))
        self.rest()

    @Slot()
    def rest(self) -> None:
        """Show the list alone; a code that was shown is gone."""
        self.leaving = None
        self.invitation.forget()
        for part in (self.problem, self.asking, self.invitation):
            part.hide()
        self.invite_button.show()
        self.invite_button.setEnabled(True)
        self.resized.emit()

    def _ask(self, member: Member) -> None:
        self.rest()
        self.leaving = member
        self.asking.ask(member.label)
        self.invite_button.hide()
        self.asking.keep_button.setFocus()
        self.resized.emit()

    @Slot()
    def _on_invite(self) -> None:
        self.invite_button.setEnabled(False)
        now, chance = self._tasks.moment().now, self._tasks.chance
        self._tasks.run(
            lambda own, shared: team.invite(own, shared, now=now, chance=chance),
            self._on_invited,
            self._on_failed,
        )

    def _on_invited(self, invitation: Invitation) -> None:
        self.rest()
        self.invite_button.hide()
        self.invitation.show_invitation(invitation)
        self.invitation.done_button.setFocus()
        self.resized.emit()

    @Slot()
    def _on_remove(self) -> None:
        if self.leaving is not None:
            self.asking.show_busy(is_busy=True)
            self._tasks.remove(self.leaving.id, self.renewed.emit, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.rest()
        self.problem.show_words("circle-alert", messages.sentence(error), "danger")
        self.problem.show()
        self.resized.emit()


class _Row(QWidget):
    def __init__(self, member: Member, *, is_me: bool) -> None:
        super().__init__()
        self.member = member
        self.setAccessibleName(member.label)
        self.remove_button = Button(tr("Remove"), "quiet", pressed=None).sized("small")
        self.remove_button.setObjectName("member-remove")
        self.remove_button.setAccessibleName(tr("Remove {name}", name=member.label))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(Avatar(member.label, 30))
        row.addWidget(text(member.label, "body", weight="semibold"))
        if is_me:
            row.addWidget(Pill(tr("You")))
        joined = tr("since {day}", day=formats.short_day(member.joined_at))
        row.addWidget(text(joined, "caption", "text2"))
        row.addStretch()
        row.addWidget(self.remove_button)
        self.remove_button.setVisible(not is_me)


class _Asking(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "sunken")
        self.title = text("", "body", weight="semibold")
        self.words = wrapped("", "body", "text")
        self.keep_button = Button(tr("Cancel"), "plain")
        self.keep_button.setObjectName("member-keep")
        self.remove_button = Button(tr("Remove"), "danger")
        self.remove_button.setObjectName("member-sure")
        row, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.words)
        row.addStretch()
        row.addWidget(self.keep_button)
        row.addWidget(self.remove_button)
        column.addLayout(row)

    def ask(self, name: str) -> None:
        self.title.setText(tr("Remove {name} from the team?", name=name))
        self.setAccessibleName(self.title.text())
        self.words.setText(tr(
            "Everything the team shares goes under new keys, and open invitations end. What "
            "{name} has already read or copied cannot be taken back. You get a new recovery code "
            "for the team; have a pen ready.", name=name,
        ))  # fmt: skip
        self.show_busy(is_busy=False)
        self.show()

    def show_busy(self, *, is_busy: bool) -> None:
        self.remove_button.say(tr("Making new keys…") if is_busy else tr("Remove"))
        self.remove_button.setEnabled(not is_busy)
        self.keep_button.setEnabled(not is_busy)


class _Invitation(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.code: QFrame | None = None
        self.until = text("", "body", weight="semibold")
        how = tr("Tell it in person; it works once. Your colleague opens this program on this "
                 "laptop with a vault of their own, then chooses: The team, Join.")  # fmt: skip
        self.done_button = Button(tr("Done"), "primary")
        self.done_button.setObjectName("invitation-done")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.setSpacing(10)
        self._column.addWidget(self.until)
        self._column.addWidget(wrapped(how))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.done_button)
        self._column.addLayout(row)

    def show_invitation(self, invitation: Invitation) -> None:
        when = formats.day_and_clock(invitation.until)
        self.until.setText(tr("One-time code, until {when}", when=when))
        self.code = big_code(invitation.code)
        self._column.insertWidget(1, self.code)
        self.show()

    def forget(self) -> None:
        if self.code is not None:
            self.code.hide()
            self.code.deleteLater()
            self.code = None
