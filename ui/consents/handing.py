"""What the counselor settles before the laptop goes out of hand: whom, about what, and how."""

from dataclasses import dataclass

from desktop.domain.agencies import Agency
from desktop.domain.consent_records import Answering, Manner, Paper, Stroke
from desktop.domain.ids import ConsentId
from desktop.domain.who_answers import Decision
from desktop.services.youths import YouthFile


@dataclass(frozen=True, slots=True)
class How:
    """How it will be answered, and who else is there. The screen is what is usual."""

    manner: Manner = Manner.SCREEN
    witness: str = ""
    paper: Paper | None = None
    present: tuple[str, ...] = ()

    def answering(self, strokes: tuple[Stroke, ...]) -> Answering:
        """Return how it was answered; pressed on the screen where nobody signed after all."""
        if self.manner is Manner.STROKES:
            return Answering(Manner.STROKES, strokes) if strokes else Answering()
        return Answering(self.manner, witness=self.witness, paper=self.paper)


@dataclass(frozen=True, slots=True)
class Handing:
    """One handing over, from the PIN to the PIN."""

    file: YouthFile
    agency: Agency
    decision: Decision
    """Who is asked, by which law."""
    pin: str
    how: How = How()
    replaces: ConsentId | None = None
    """The earlier asking in whose place this one stands, once it was answered to its end."""
