"""What can be done from anywhere by typing its name."""

from dataclasses import dataclass

from desktop.domain.hangul import initials
from i18n import tr


@dataclass(frozen=True, slots=True)
class Action:
    """A key the window knows, its name, its icon and its shortcut."""

    key: str
    words: str
    icon: str
    keys: str = ""


def actions() -> tuple[Action, ...]:
    """Return every action in the language in use."""
    return (
        Action("new-meeting", tr("New contact"), "user-plus", "Ctrl+N"),
        Action("lock", tr("Lock"), "lock", "Ctrl+L"),
        Action("theme", tr("Change between day and night"), "moon"),
        Action("sync", tr("Sync now"), "refresh-cw"),
        Action("report", tr("Report suspected abuse"), "siren"),
        Action("settings", tr("Settings"), "settings"),
    )


def matching(query: str) -> tuple[Action, ...]:
    """Return the actions whose name holds the query, or begins with its initial consonants."""
    wanted = query.strip().casefold()
    return tuple(
        action
        for action in actions()
        if wanted in action.words.casefold() or wanted in initials(action.words)
    )
