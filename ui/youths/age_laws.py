"""What somebody's age decides, by four laws at once."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ages import AgeBasis, Holds, Rule, holds
from desktop.domain.youths import Age, Youth
from i18n import tr
from ui.people import age_words
from ui.widgets import labels
from ui.widgets.buttons import Button
from ui.widgets.labels import Pill, text, wrapped
from ui.widgets.sheet import Sheet

_TONES = {Holds.YES: "info", Holds.NO: "neutral", Holds.MAYBE: "warn"}


class AgeLawsSheet(Sheet):
    """A row for each law: what it decides here, from when until when, and whether it holds."""

    def __init__(self, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("What their age decides"), tr("Close"), width=640)
        self.setObjectName("age-laws-sheet")
        self.who = text("", "body", "text2")
        self.rows = {rule: LawRow(law_words(rule)) for rule in Rule}
        self.unsure = wrapped("", "caption")
        self.right_button = Button(tr("Add or correct…"), "plain", "pencil").sized("small")
        self.right_button.setObjectName("about-right")
        self.foot.addStretch()
        self.foot.addWidget(self.right_button)
        self.body.addWidget(self.who)
        for row in self.rows.values():
            self.body.addWidget(labels.Rule())
            self.body.addWidget(row)
        self.body.addWidget(self.unsure)
        self.closed.connect(self.who.clear)  # nobody is named in what is put away

    def open_for(self, youth: Youth, today: date) -> None:
        """Show what holds for this young person today."""
        age = youth.age
        self.who.setText(f"{youth.alias} · {age_words(age)}")
        held = {rule: holds(rule, age, today) for rule in Rule}
        for rule, row in self.rows.items():
            row.show_held(rule, held[rule])
        self.unsure.setText(unsure_words(age))
        self.unsure.setVisible(Holds.MAYBE in held.values())
        self.open()


class LawRow(QWidget):
    """One law."""

    def __init__(self, law: str) -> None:
        """Name it."""
        super().__init__()
        self.decides, self.held = wrapped("", "body", "text"), Pill()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.decides)
        words.addWidget(wrapped(law, "caption"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.held)

    def show_held(self, rule: Rule, held: Holds) -> None:
        """Say what comes of it."""
        self.decides.setText(decides_words(rule, held))
        self.held.show_words(held_words(held), _TONES[held])


def law_words(rule: Rule) -> str:
    """Name the law and its ages."""
    return {
        Rule.GUARDIAN: tr("Under 14 · Personal Information Protection Act, article 22-2"),
        Rule.CHILD: tr("Under 18 · Child Welfare Act, article 3"),
        Rule.PROTECTED: tr(
            "Under 19, until the year they turn 19 begins · Youth Protection Act, article 2"
        ),
        Rule.YOUTH: tr("9 to 24 · Framework Act on Youth, article 3"),
    }[rule]


def decides_words(rule: Rule, held: Holds) -> str:
    """Say what a law decides; where nobody can know, what is done until somebody does."""
    if rule is Rule.GUARDIAN and held is Holds.MAYBE:
        return tr("They may be under 14, so the legal guardian is asked for consent.")
    holding, otherwise = _decided()[rule]
    return otherwise if held is Holds.NO else holding


def _decided() -> dict[Rule, tuple[str, str]]:
    return {
        Rule.GUARDIAN: (
            tr("The legal guardian is asked for consent."),
            tr("They consent themselves."),
        ),
        Rule.CHILD: (
            tr("Suspected abuse is reported as child abuse."),
            tr("No longer a child by this law. Violence is reported to 112."),
        ),
        Rule.PROTECTED: (
            tr("Places and things that harm young people are forbidden to them."),
            tr("Places and things that harm young people are not forbidden to them."),
        ),
        Rule.YOUTH: (
            tr("Help for young people is open to them."),
            tr("Help for young people may be closed to them. Ask the agency."),
        ),
    }


def held_words(held: Holds) -> str:
    """Say whether a law holds."""
    return {
        Holds.YES: tr("Applies"),
        Holds.NO: tr("Does not apply"),
        Holds.MAYBE: tr("May apply"),
    }[held]


def unsure_words(age: Age) -> str:
    """Say how an age that is not sure is taken."""
    match age.basis:
        case AgeBasis.STATED:
            return tr(
                "The day of birth is not known, so the year somebody turns 19 is not either."
            )
        case AgeBasis.ESTIMATED:
            return tr("A guess may be wrong by a year, so a year more and a year less count too.")
        case AgeBasis.RANGE:
            return tr("Every age of the range counts.")
        case AgeBasis.UNKNOWN:
            return tr("No age is known, so nothing is sure.")
