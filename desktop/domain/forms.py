"""A form that was being filled in when the screen locked. It is no record of anybody yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FormName(StrEnum):
    """Which form it is."""

    CONTACT = "contact"
    NIGHT = "night"
    REPORT = "report"
    """Reports without a consent that were not sent to anybody yet: its fields name whose."""
    PROMISE = "promise"
    """A promise about somebody: its fields name whom, as those of a report do."""
    ALIAS = "alias"
    """An alias for somebody who had none: its fields name whom."""
    ABOUT = "about"
    """Age, gender and language of somebody, being put right: its fields name whose."""
    ANSWERS = "answers"
    """Answers to a questionnaire, as half given: its fields name about whom."""
    REQUEST = "request"
    """A request about one's own data, or its answer: its fields name whose and what was chosen."""
    KEEP_FROM = "keep-from"
    """Why somebody's guardian is not told: its fields name whose and the reason chosen."""
    SEEN = "seen"
    """Which supervisor has seen a case, and what was agreed: its fields name about whom."""
    ENTRUSTED = "entrusted"
    """What a paper says by which a law entrusts the organisation."""
    NOTICE = "notice"
    """A line for the team's board that was not put up yet."""
    LONGER = "longer"
    """Why something about somebody is kept longer: its fields name whose, and what was chosen."""


@dataclass(frozen=True, slots=True)
class UnfinishedForm:
    """What stood in its fields, by field, as typed."""

    name: FormName
    words: Mapping[str, str]
