"""What the line is doing and why something waits, in a person's words."""

from dataclasses import dataclass
from typing import Final

from desktop.services.exchange import HubState, Waiting
from desktop.services.readable import DIRECTORY
from i18n import later, tr
from sync.protocol.messages import Kind
from ui.refusal_words import SIGNATURE_LAPSED, Side, problem, side_of


@dataclass(frozen=True, slots=True)
class LineWords:
    """One state of the line: first where the data is, then what is going on."""

    short: str
    why: str
    tone: str
    icon: str


_CUT: Final = LineWords(
    later("Line cut · safe on this device"),
    later("You cut the practice line. Everything waits here until you connect it again."),
    "warn",
    "unplug",
)
_UNTRIED: Final = LineWords(
    later("Safe on this device"),
    later("The line has not been tried yet."),
    "neutral",
    "cloud",
)
_LINES: Final[dict[HubState, LineWords]] = {
    HubState.REACHED: LineWords(
        later("Connected"),
        later("The Youth Safety Net answered. What was released goes by itself."),
        "ok",
        "cloud",
    ),
    HubState.AWAY: LineWords(
        later("Offline · safe on this device"),
        later(
            "The Youth Safety Net cannot be reached. We try again by ourselves; nothing is lost."
        ),
        "warn",
        "cloud-off",
    ),
    HubState.SLOW: LineWords(
        later("Slow line · safe on this device"),
        later(
            "The Youth Safety Net answers too slowly. We try again by ourselves; nothing is lost."
        ),
        "warn",
        "hourglass",
    ),
    HubState.LYING: LineWords(
        later("Answer not trusted · safe on this device"),
        later("The answer could not be verified, so it was not taken in. Tell your center."),
        "danger",
        "shield-alert",
    ),
    HubState.ANOTHER_HUB: LineWords(
        later("Not your network · safe on this device"),
        later(
            "What answered is not your Youth Safety Net, so nothing was sent. Tell your center."
        ),
        "danger",
        "shield-alert",
    ),
    HubState.REFUSED: LineWords(
        later("Not taken · safe on this device"),
        later(
            "The Youth Safety Net did not take what this laptop sent ({code}). We try again by "
            "ourselves; nothing is lost. If this stays, tell your center what stands in brackets."
        ),
        "warn",
        "triangle-alert",
    ),
    HubState.ROLLED_BACK: LineWords(
        later("Older than before · safe on this device"),
        later(
            "The notes here are older than what the Youth Safety Net has seen of this laptop. "
            "Something was put back or lost. Delete nothing, and call your center."
        ),
        "danger",
        "shield-alert",
    ),
    HubState.WOULD_REMOVE: LineWords(
        later("Asks you first · safe on this device"),
        later(
            "What came would take away many received referrals at once, so it waits, and all else "
            "that came with it. Press to see how many, and ask the other side if you did not "
            "expect it."
        ),
        "warn",
        "triangle-alert",
    ),
    HubState.NOT_ENROLLED: LineWords(
        later("Not joined yet · safe on this device"),
        later(
            "This laptop has not joined the Youth Safety Net yet. You can write; sending waits."
        ),
        "neutral",
        "plug",
    ),
    HubState.CLOCK: LineWords(
        later("Clock is off · safe on this device"),
        later("This computer's clock is not right. Please set it; we try again by ourselves."),
        "warn",
        "clock",
    ),
}
_SHUT_OUT: Final = LineWords(
    later("Laptop not accepted · safe on this device"),
    later(
        "The Youth Safety Net no longer accepts this laptop. Ask your center for a new code, "
        "then join again in Settings."
    ),
    "danger",
    "ban",
)
_NO_LIST: Final = LineWords(
    later("List of agencies not renewed · safe on this device"),
    later(
        "The list of agencies has run out, or could not be proven. What needs it waits here; "
        "nothing is lost. Tell your center."
    ),
    "warn",
    "building-2",
)
_TOO_OLD: Final = LineWords(
    later("Program too old · safe on this device"),
    later(
        "The Youth Safety Net needs a newer Bammajung than this one. You can write; sending "
        "waits. Ask your center to renew the program on this laptop."
    ),
    "danger",
    "refresh-cw",
)
# Only who is not known there has to join anew: it makes new keys, and helps nobody else (D-153).
_REFUSALS: Final = {
    "device-revoked": _SHUT_OUT,
    "unknown-key": _SHUT_OUT,
    "bad-signature": _SHUT_OUT,
    "protocol-too-old": _TOO_OLD,
}


def line_words(state: HubState | None, *, is_cut: bool, problem: str = "") -> LineWords:
    """Say how the line is. None: nothing has been tried yet. `problem` is the round's code."""
    words = _CUT if is_cut else _UNTRIED if state is None else _LINES[state]
    if words is _LINES[HubState.REACHED] and problem == HubState.CLOCK:
        words = _LINES[HubState.CLOCK]
    if words is _LINES[HubState.LYING] and problem == DIRECTORY:
        words = _NO_LIST
    if words is _LINES[HubState.REFUSED]:
        words = _REFUSALS.get(problem, words)
    return LineWords(tr(words.short), tr(words.why, code=problem), words.tone, words.icon)


def what_waits(waiting: Waiting) -> str:
    """Name one message in the outbox."""
    agency = waiting.agency_name
    return {
        Kind.CONSENT_GIVEN: tr("The record that consent was given"),
        Kind.CONSENT_WITHDRAWN: tr("A withdrawal of consent (goes first)"),
        Kind.REFERRAL_REQUEST: tr("Referral to {agency}", agency=agency),
        Kind.COSIGN_REQUEST: tr("A question to a supervisor of your center"),
        Kind.COSIGN_GIVEN: tr("Your name under a report"),
        Kind.COSIGN_REFUSED: tr("Your answer to a report"),
        Kind.REFERRAL_CANCEL: tr("Calling off the referral to {agency}", agency=agency),
    }.get(waiting.kind, tr("A message to {agency}", agency=agency))


def why_it_waits(waiting: Waiting, line: LineWords) -> str:
    """Say why one message has not gone, and what a person can do."""
    if waiting.is_refused:
        what = tr("It was not taken.")
        side = side_of(waiting.kind, is_law=waiting.is_law)
        return f"{what} {problem(waiting.problem, side)}"
    if waiting.is_lapsed:
        return _why_it_stays(waiting)
    if waiting.is_unsaid:
        return _why_unsaid(waiting)
    if waiting.problem == SIGNATURE_LAPSED:
        return problem(waiting.problem, Side.LAW)
    if waiting.problem:
        return tr("Held for now. It is tried again by itself.")
    return line.why


def _why_it_stays(waiting: Waiting) -> str:
    said = tr("The consent no longer covers it, so it stays here.")
    if waiting.attempts:
        said = tr(
            "The consent no longer covers it. It may have left before; it is not sent again."
        )
    # Whoever has answered since is not pressed: not after a no, and after a yes there is no need.
    again = "" if waiting.was_asked_since else tr("Please ask again.")
    return f"{said} {again}".rstrip()


def _why_unsaid(waiting: Waiting) -> str:
    if not waiting.attempts:
        return problem(waiting.problem)
    return tr(
        "It does not say that the guardian must not be told. It may have left before: call"
        " {agency}, and send it again.",
        agency=waiting.agency_name,
    )


def needs_a_person(waiting: Waiting) -> bool:
    """Say whether waiting alone will not help."""
    return waiting.is_refused or waiting.stays_here or waiting.problem == SIGNATURE_LAPSED
