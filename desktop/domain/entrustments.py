"""That a law entrusts the organisation with numbers that name a person: off until it is recorded.

청소년복지 지원법 시행령 18 lets the ministry, local governments and whoever they entrust process
passport, alien registration and other such numbers for its listed duties; nobody else may.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from desktop.consent_errors import EntrustmentUnclear
from desktop.domain.outreach import KOREA
from desktop.domain.text import LINE_LIMIT, checked

ARTICLE = "청소년복지 지원법 시행령 제18조"
OPEN_END = datetime(9999, 1, 1, tzinfo=UTC)
"""Until it is taken back."""
OVER = datetime(1, 1, 1, tzinfo=UTC)
"""Once it was taken back: no clock that is set back makes it hold again."""
_NEXT = timedelta(microseconds=1)
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,2}|(\d{4})(\d{2})(\d{2})")


class EntrustedBy(StrEnum):
    """Who may entrust somebody with it."""

    MINISTRY = "ministry"
    LOCAL = "local-government"


@dataclass(frozen=True, slots=True)
class Entrustment:
    """What the paper says."""

    by: EntrustedBy
    article: str
    """The article that the paper rests on, as it is cited."""
    document: str
    """Its number."""
    dated: date
    last_day: date | None = None
    """None: until it is taken back."""

    def __post_init__(self) -> None:
        """Refuse one without article or number, or that ended before it began."""
        for name in ("article", "document"):
            words = " ".join(checked(getattr(self, name), LINE_LIMIT).split())
            if not words:
                raise EntrustmentUnclear
            object.__setattr__(self, name, words)
        if self.last_day is not None and self.last_day < self.dated:
            raise EntrustmentUnclear

    @property
    def until(self) -> datetime:
        """Return the first moment at which it holds no more."""
        if self.last_day is None:
            return OPEN_END
        return datetime.combine(self.last_day + timedelta(days=1), time(), KOREA).astimezone(UTC)

    @property
    def basis(self) -> str:
        """Return it in one line, as the record of a consent names it."""
        return " · ".join((self.by, self.article, self.document, self.dated.isoformat()))


@dataclass(frozen=True, slots=True)
class Held:
    """What a supervisor recorded, or that it ended. It never changes; the newest counts."""

    entrustment: Entrustment
    who: str
    at: datetime
    is_taken_back: bool = False

    @property
    def until(self) -> datetime:
        """Return the first moment at which it holds no more."""
        return OVER if self.is_taken_back else self.entrustment.until

    def holds(self, now: datetime) -> bool:
        """Say whether a number may be asked for now."""
        return now < self.until

    def taken_back(self, who: str, now: datetime) -> "Held":
        """Return that it is over."""
        return Held(self.entrustment, who, after(self, now), is_taken_back=True)


def after(newest: Held | None, now: datetime) -> datetime:
    """Return when something is said in place of `newest`: every laptop takes the later word.

    What was recorded while a clock was ahead would else be in force elsewhere until that day.
    """
    return now if newest is None else max(now, newest.at + _NEXT)


def day_in(said: str) -> date:
    """Read a day as it is typed: 2026-11-02, 2026. 11. 2., 2026년 11월 2일, 20261102."""
    found = _DAY.fullmatch(said.strip())
    if found is None:
        raise EntrustmentUnclear
    try:
        return date(*(int(part) for part in found.groups() if part))
    except ValueError as error:
        raise EntrustmentUnclear from error
