"""What can be done from anywhere by typing its name."""

from dataclasses import dataclass

from desktop.domain.hangul import initials
from desktop.services import slips
from i18n import tr


@dataclass(frozen=True, slots=True)
class Action:
    """A key the window knows, its name, its icon and its shortcut."""

    key: str
    words: str
    icon: str
    keys: str = ""
    also: str = ""
    """Other words somebody may type for it."""


def actions() -> tuple[Action, ...]:
    """Return every action in the language in use."""
    return (*_of_the_night(), *_of_the_office(), *_of_the_program())


def _of_the_night() -> tuple[Action, ...]:
    return (
        *_about_people(),
        Action("pause", tr("Pause, or go on"), "pause", "Alt+P", tr("rest, break, resume")),
        Action("end-night", tr("End the night"), "log-out", "Alt+E", tr("end session, numbers")),
        Action("nights", tr("Earlier nights"), "history", "", tr("month, numbers, report, CSV")),
        Action(
            "calendar", tr("Calendar"), "calendar-check", "F6", tr("month, holiday, appointment")
        ),
        Action("places", tr("Places"), "map-pin", "", tr("where, park, station")),
        Action("undo", tr("Take back what was counted"), "undo-2", "Alt+Z", tr("undo, wrong")),
        Action("lock", tr("Lock"), "lock", "Ctrl+L", tr("log out, leave, close")),
        Action("theme", tr("Change between day and night"), "moon", "", tr("theme, dark, light")),
        Action("sync", tr("Sync now"), "refresh-cw", "", tr("send, refresh, try again")),
        Action("carry", tr("Hand over without a line"), "hand", "", tr("USB stick, office")),
        Action("ways", tr("Where the referrals stand"), "send", "", tr("late, answer, overdue")),
        Action("agencies", tr("Agencies"), "building-2", "F9", tr("directory, phone, shelter")),
        Action("report", tr("Report suspected abuse"), "siren", "", tr("emergency, police, 112")),
        Action(
            "keep-from", tr("Do not tell the guardian"), "shield", "", tr("guardian, parent, fear")
        ),
        Action("plan", tr("Safety plan"), "hand-heart", "F8", tr("suicide, crisis, help, 109")),
        Action("versions", tr("Earlier versions of this note"), "history", "", tr("before, undo")),
        Action(
            "templates", tr("How notes begin"), "notebook-pen", "", tr("heads, phrases, chips")
        ),
        Action("inbox", tr("Inbox"), "inbox", "", tr("received, requests from other agencies")),
    )


def _of_the_office() -> tuple[Action, ...]:
    return (
        Action("team", tr("The team"), "users", "", tr("board, notice, colleague, invite")),
        Action("keys", tr("My keys"), "key-round", "", tr("passphrase, recovery code, name")),
        Action(
            "texts", tr("Consent texts"), "shield-check", "", tr("form, language, translation")
        ),
        Action(
            "entrusting",
            tr("Entrusted by law"),
            "file-text",
            "",
            tr("passport, registration number, licence, identifiers"),
        ),
        Action("looks", tr("Who looked"), "eye", "", tr("access record, supervisor, file")),
        Action("ledger", tr("Told without a consent"), "file-text", "", tr("report, law, file")),
        Action(
            "own-data",
            tr("Requests about their own data"),
            "inbox",
            "",
            tr("see, correct, stop, right, ten days"),
        ),
        Action("forget", tr("Asked to be forgotten"), "eraser", "", tr("erase, delete, right")),
        Action("ending", tr("Ends soon"), "hourglass", "", tr("retention, destroy, keep, expire")),
        Action("backups", tr("Backups"), "hard-drive", "", tr("USB stick, copy, restore")),
    )


def _of_the_program() -> tuple[Action, ...]:
    return (
        Action(
            "learning", tr("First evening, step by step"), "lamp", "F1", tr("tour, help, learn")
        ),
        Action("settings", tr("Settings"), "settings", "", tr("language, text size, hub, join")),
    )


def _about_people() -> tuple[Action, ...]:
    return (
        Action("new-meeting", tr("New contact"), "user-plus", "Ctrl+N", tr("add, first meeting")),
        Action(
            "alias", tr("Give an alias"), "user-round-check", "F2", tr("name, known, met before")
        ),
        Action("merge", tr("Put together or part"), "users", "", tr("same person, twice, undo")),
        Action(
            "timeline",
            tr("What happened so far"),
            "git-commit-vertical",
            "F7",
            tr("timeline, course"),
        ),
        Action(
            "age-laws",
            tr("What their age decides"),
            "info",
            "",
            tr("law, 14, 18, 19, 24"),
        ),
        Action(
            "consents", tr("All consents"), "shield-check", "F4", tr("withdraw, expire, in force")
        ),
        *_to_follow(),
    )


def _to_follow() -> tuple[Action, ...]:
    return (
        Action(
            "number",
            tr("Somebody called with a number"),
            "phone",
            "",
            tr("slip, telephone, withdraw, take back"),
        ),
        Action("print", tr("Print a summary"), "printer", "", tr("PDF, paper, hand over")),
        Action("promise", tr("Make a promise"), "calendar-check", "Ctrl+D", tr("call, follow up")),
        Action("promises", tr("Promises"), "list-checks", "", tr("overdue, today, quiet")),
        Action("supervisor", tr("Before the supervisor"), "eye", "", tr("high risk, review")),
        Action("questionnaire", tr("Answer a questionnaire"), "list-checks", "", tr("scale")),
        Action("questionnaires", tr("Questionnaires"), "file-text", "", tr("load a file, scale")),
    )


def matching(query: str) -> tuple[Action, ...]:
    """Return the actions whose name, or another word for it, holds the query or its initials.

    For the number of a slip there is one: it follows the action's key.
    """
    wanted = query.strip().casefold()
    if slips.is_a_number(wanted):
        return (Action(f"number {wanted}", tr("Somebody called with this number"), "phone"),)
    return tuple(action for action in actions() if any(wanted in each for each in _spoken(action)))


def _spoken(action: Action) -> tuple[str, ...]:
    return action.words.casefold(), initials(action.words), action.also.casefold()
