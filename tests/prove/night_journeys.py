"""Every sentence of the night's work is played through a real window, in Korean and in English.

How, and with which controls, says `walked`; the sentences and their journeys are `journeys.every`.
"""

from journeys import every
from prove import walked
from prove.proof import Proof

NAME = "night-journeys"
FULL = walked.full(every)


def run(count: int) -> Proof:
    """Play that many, evenly chosen."""
    return walked.run(NAME, every, count)
