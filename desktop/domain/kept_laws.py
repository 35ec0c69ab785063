"""Why an agency keeps a part after a withdrawal: laws that oblige it to (PIPA 37(2))."""

from enum import StrEnum
from typing import Final

KEPT = "retained:"
"""Begins what is written down about it; the code of the law follows."""
KEPT_TOLD = "kept-told"
"""The step when the young person was told of it."""


class KeptLaw(StrEnum):
    """Codes, which the hub sees: never words."""

    MEDICAL = "medical-service-22"
    ARCHIVES = "public-records-19"
    ANOTHER = "pipa-37-2-1"
    """Another law or duty: which one is told by telephone."""


ARTICLES: Final = {
    KeptLaw.MEDICAL: "의료법 제22조제2항",
    KeptLaw.ARCHIVES: "공공기록물 관리에 관한 법률 제19조",
    KeptLaw.ANOTHER: "개인정보 보호법 제37조제2항제1호",
}
"""As a lawyer cites them."""


def article(code: str) -> str:
    """Return an article as it is cited; a code from elsewhere stays as it came."""
    return ARTICLES[KeptLaw(code)] if code in set(KeptLaw) else code
