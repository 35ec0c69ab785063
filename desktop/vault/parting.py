"""What protects one of two records protects whoever keeps both, and each of them once parted."""

from desktop.domain.ids import YouthId
from desktop.domain.youths import Age, AgeBasis
from desktop.vault.columns import listed
from desktop.vault.database import Db

Own = list[str | int]
"""What stands in a young person's own row, in the order of `merging`."""
_KEPT_FROM, _AGE = -2, slice(2, 5)


def age_of_both(own: Own, keeps: Own) -> Own:
    """Return the age that counts once both are one: a guess gives way to one told under 14.

    Else whoever told us twelve could be told about with a yes that somebody who looked sixteen
    gave alone.
    """
    return (own if _age(keeps).gives_way_to(_age(own)) else keeps)[_AGE]


def protect(
    db: Db, kept: YouthId, by_now: Own, were: tuple[Own, Own], before: list[str]
) -> tuple[Own, Own]:
    """Return the rows as they `were`, but where nobody can know of which of the two it was said.

    Then it stands for both: that a guardian is not to be told, and that they may be under 14.
    `before` are the decisions about a guardian from before both became one.
    """
    own, keeps = list(were[0]), list(were[1])
    if _is_kept_since(db, kept, by_now, were, before):
        own[_KEPT_FROM] = keeps[_KEPT_FROM] = 1
    if by_now[_AGE] not in (keeps[_AGE], age_of_both(own, keeps)):  # told since
        keeps[_AGE] = by_now[_AGE]
        if _age(by_now).may_be_under_14() and not _age(own).may_be_under_14():
            own[_AGE] = by_now[_AGE]
    return own, keeps


def _age(row: Own) -> Age:
    basis, lowest, highest = row[_AGE]
    return Age(AgeBasis(str(basis)), int(lowest), int(highest))


def _is_kept_since(
    db: Db, kept: YouthId, by_now: Own, were: tuple[Own, Own], before: list[str]
) -> bool:
    """Say whether the guardian is not to be told by a decision since both became one.

    It is asked by rows, not by time: a clock may have been wrong (D-104).
    """
    mark = by_now[_KEPT_FROM]
    if not mark or not any(row[_KEPT_FROM] for row in were):
        return bool(mark)
    found = db.execute(
        "SELECT 1 FROM guardian_kept WHERE youth = ? AND reason <> ''"
        " AND id NOT IN (SELECT value FROM json_each(?))",
        (str(kept), listed(before)),
    ).fetchone()
    return found is not None
