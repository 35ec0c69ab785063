"""Every sentence about consent is played through a real window, in Korean and in English.

How, and with which controls, says `walked`; the sentences and their journeys are
`journeys.every_consent`.
"""

from journeys import every_consent
from prove import walked
from prove.proof import Proof

NAME = "consent-journeys"
FULL = walked.full(every_consent)


def run(count: int) -> Proof:
    """Play that many, evenly chosen."""
    return walked.run(NAME, every_consent, count)
