"""Two records that turned out to be one young person: one keeps, and it can be undone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import YouthId


class Obstacle(StrEnum):
    """What stands once for each person, so that one of two would be lost."""

    SAME = "same-person"
    NAMELESS = "kept-has-no-alias"
    DRAFT = "both-have-a-draft"
    JUDGEMENT = "both-judgments-half-written"
    LONGER = "kept-longer"
    WISH = "asked-to-be-forgotten"


@dataclass(frozen=True, slots=True)
class Merged:
    """Somebody who is looked after as somebody else now."""

    youth: YouthId
    kept: YouthId
    alias: str
    """What the one was called whose record was put to the other's."""
    at: datetime
    is_nameless: bool = False
    """That was no alias: after parting what is noted counts its days again."""
