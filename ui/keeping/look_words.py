"""What a look is called on the screen."""

from typing import Final

from desktop.domain.looks import Act, Kind, Look, Reader, Why
from desktop.services.spreadsheets import clock
from i18n import later, tr

_READ: Final = {
    Kind.YOUTH: later("Opened the page"),
    Kind.NOTE: later("Read the note"),
    Kind.REFERRAL: later("Read the referral"),
    Kind.RECEIVED: later("Read a referral that came in"),
    Kind.PROMISE: later("Read the promise in the list"),
    Kind.JUDGEMENT: later("Read the judgment in the list for the supervisor"),
    Kind.ANSWERS: later("Read the answers to a questionnaire"),
    Kind.NOTES: later("Looked through the notes"),
    Kind.PLAN: later("Read the safety plan"),
    Kind.SUMMARY: later("Printed a summary"),
    Kind.SLIP: later("Printed a slip with a number"),
    Kind.LOOKS: later("Looked at this record"),
}
_ELSE: Final = {
    Act.PREVIEWED: later("Saw what would be sent"),
    Act.SEARCHED: later("Searched the notes"),
    Act.PRINTED: later("Printed it"),
    Act.EXPORTED: later("Took it out as a file"),
}
_WHY: Final = {
    Why.DANGER: later("A life was in danger"),
    Why.ABUSE: later("Suspected abuse"),
    Why.HANDOVER: later("A colleague left"),
    Why.ASKED: later("The young person asked"),
    Why.LAW: later("Duty by law"),
    Why.INSPECTION: later("Inspection"),
    Why.GOING_ALONG: later("To take along"),
    Why.CONFERENCE: later("A case conference"),
    Why.TO_COLLEAGUE: later("Handed over to a colleague"),
}
_SHORT = 4


def what_words(look: Look) -> str:
    """Say what was done."""
    sight = look.sight
    if sight.kind is Kind.LOOKS and sight.act is Act.EXPORTED:
        return tr("Saved this record as a file")
    is_named = sight.act is Act.READ or sight.kind in {Kind.SUMMARY, Kind.SLIP}
    return read_words(sight.kind) if is_named else tr(_ELSE[sight.act])


def read_words(kind: Kind) -> str:
    """Say what was looked at."""
    return tr(_READ[kind])


def file_heads() -> tuple[str, ...]:
    """Return the words above the columns of the file."""
    return (
        tr("When"), tr("Who"), tr("Laptop"), tr("What was done"), tr("Which record"),
        tr("Young person"), tr("Alias"), tr("Why"),
    )  # fmt: skip


def file_line(look: Look, alias: str) -> tuple[str, ...]:
    """Return a line of it: whole numbers, since a supervisor may have to compare them."""
    sight, reader = look.sight, look.reader
    who = tr("The organization, two people") if reader.is_organisation else reader.who
    return (
        clock(look.at), who, reader.place, what_words(look), sight.record,
        str(sight.youth or ""), alias, why_words(look),
    )  # fmt: skip


def who_words(look: Look, me: Reader) -> str:
    """Say who, and from another laptop, that it was another."""
    reader = look.reader
    if reader.who == me.who:
        who = tr("You")
    elif reader.is_organisation:
        who = tr("The organization, two people")
    else:
        who = tr("Someone else ({number})", number=reader.who[:_SHORT])
    if reader.place == me.place:
        return who
    return tr("{who}, on laptop {number}", who=who, number=reader.place[:_SHORT])


def why_words(look: Look) -> str:
    """Say why; nothing where it is a matter of course."""
    why = look.reader.why
    return "" if why is Why.USUAL else tr(_WHY[why])
