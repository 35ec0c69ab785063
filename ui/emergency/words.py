"""Numbers to call, and what to do when child abuse is suspected."""

from dataclasses import dataclass

from i18n import tr


@dataclass(frozen=True, slots=True)
class Line:
    """One emergency number."""

    number: str
    short: str
    about: str


def lines() -> tuple[Line, ...]:
    """Return the numbers in the order of the card."""
    return (
        Line("112", tr("Police"), tr("Danger now, violence, suspected child abuse")),
        Line("119", tr("Rescue"), tr("A life in danger, an injury, fire: ambulance and rescue")),
        Line("117", tr("At school"), tr("School violence: report and counseling")),
        Line("1388", tr("Youth"), tr("Youth helpline, day and night")),
        Line("109", tr("Suicide"), tr("When someone thinks of dying, day and night")),
        Line("1366", tr("Women"), tr("Women's emergency line: domestic and sexual violence")),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the guidance: a heading and what to do."""

    icon: str
    title: str
    points: tuple[str, ...]


def report_parts() -> tuple[Part, ...]:
    """Return the guidance, the most urgent first."""
    return (_whom_to_call(), _never(), _what_to_say(), _with_the_child())


def _whom_to_call() -> Part:
    return Part(
        "phone",
        tr("Call now"),
        (
            tr("112. If there is danger now, before anything else."),
            tr("119. If a life is in danger or somebody is hurt."),
            tr("Or the child-abuse response officer of the city, county or district."),
            tr("A suspicion is enough. Finding out is the investigators' work."),
        ),
    )


def _never() -> Part:
    return Part(
        "ban",
        tr("Do not"),
        (
            tr("Do not ask the guardian you suspect for consent, and do not tell them."),
            tr("Do not promise to keep it secret, and do not question the child again and again."),
            tr("Do not send the child home alone."),
        ),
    )


def _what_to_say() -> Part:
    return Part(
        "message-circle",
        tr("What to say on the phone"),
        (
            tr("Where the child is now, and whether it is safe there."),
            tr("What you saw, and what the child said, in the child's own words."),
            tr("You need not know the name or a resident number."),
        ),
    )


def _with_the_child() -> Part:
    return Part(
        "hand-heart",
        tr("With the child"),
        (
            tr("Stay beside the child. Say: it is not your fault, and I will help."),
            tr("Say in plain words what happens next."),
            tr("Write the time and the facts in the note. It stays on this device."),
        ),
    )
