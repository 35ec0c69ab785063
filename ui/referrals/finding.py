"""Finding an agency by name, first consonants, kind or kind of help."""

from desktop.domain.agencies import Agency, Category
from desktop.domain.hangul import initials, is_initials
from ui.referrals import words


def found(
    agencies: tuple[Agency, ...], query: str, category: Category | None
) -> tuple[Agency, ...]:
    """Return the agencies that fit the query and, when one is chosen, the kind of help."""
    asked = query.lower().split()
    return tuple(
        agency
        for agency in agencies
        if (category is None or category in agency.categories())
        and all(_speaks_of(agency, word) for word in asked)
    )


def _speaks_of(agency: Agency, word: str) -> bool:
    text = "\n".join(
        (
            agency.name,
            words.kind(agency.kind),
            agency.description,
            agency.address,
            *(words.category(each) for each in agency.categories()),
            *(service.name for service in agency.services),
        )
    ).lower()
    return word in text or (is_initials(word) and word in initials(agency.name))


def ages(agency: Agency) -> tuple[int, int] | None:
    """Return the youngest and oldest age any of its services is for; None when for all."""
    lows = [service.min_age for service in agency.services if service.min_age is not None]
    highs = [service.max_age for service in agency.services if service.max_age is not None]
    return (min(lows), max(highs)) if lows and highs else None
