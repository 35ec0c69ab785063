"""Who can help: agencies of the Youth Safety Net, from the directory (HSDS 3.1, D-011)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.ids import AgencyId
from desktop.domain.opening import Hours
from desktop.domain.youths import Gender


class AgencyKind(StrEnum):
    """The thirteen linked bodies of the Youth Welfare Support Act's decree, article 4(1)."""

    COUNSELING_CENTER = "counseling-center"
    EXPLOITATION_SUPPORT = "exploitation-support"
    YOUTH_ORGANIZATION = "youth-organization"
    LOCAL_GOVERNMENT = "local-government"
    EDUCATION_OFFICE = "education-office"
    SCHOOL = "school"
    POLICE = "police"
    PUBLIC_HOSPITAL = "public-hospital"
    HEALTH_CENTER = "health-center"
    DELINQUENCY_PREVENTION = "delinquency-prevention"
    EMPLOYMENT_OFFICE = "employment-office"
    OUT_OF_SCHOOL_CENTER = "out-of-school-center"
    PROBATION_OFFICE = "probation-office"
    OTHER = "other"


class Category(StrEnum):
    """What kind of help; the ids of the glossary's `v.` rows."""

    COUNSEL = "counsel"
    PROTECT = "protect"
    EDUCATION = "edu"
    WORK = "work"
    HEALTH = "health"
    LEGAL = "legal"
    LIVING = "living"
    LEISURE = "leisure"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Service:
    """One thing an agency does."""

    id: str
    name: str
    category: Category | None
    description: str = ""
    min_age: int | None = None
    max_age: int | None = None
    sex: Gender | None = None
    """For one sex only."""
    languages: frozenset[str] = frozenset()
    hours: tuple[Hours, ...] = ()
    """Its own; without any, the agency's."""
    free: int | None = None
    """Places that were free when it was last said; None when nobody says."""
    areas: tuple[str, ...] = ()
    """Whom it serves, by where they are, in the directory's words."""
    assured: date | None = None
    """When somebody last made sure that this is true, or last changed it."""


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency, as the directory describes it."""

    id: AgencyId
    name: str
    kind: AgencyKind
    description: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    services: tuple[Service, ...] = ()
    opening: tuple[Hours, ...] = ()
    district: str = ""
    """Where it is: the official name of today where we know it, else as the directory has it."""

    def categories(self) -> frozenset[Category]:
        """Return every kind of help this agency offers."""
        return frozenset(s.category for s in self.services if s.category)

    def languages(self) -> frozenset[str]:
        """Return every language that any service says it speaks."""
        return frozenset(code for service in self.services for code in service.languages)

    def assured(self) -> date | None:
        """Return when all of it had been made sure of: the oldest date of its services."""
        return min((s.assured for s in self.services if s.assured), default=None)
