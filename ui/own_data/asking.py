"""What a young person asks for about their own data."""

from desktop.domain.own_data import Wish
from i18n import tr
from ui.own_data.saying import SayingPart, Wording
from ui.request_words import wish_words
from ui.widgets.labels import text
from ui.widgets.segmented import Choice


class AskingPart(SayingPart):
    """Says what is asked for, by the code of the wish, and in which words."""

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        wording = Wording(
            question=tr("What do they ask for?"),
            label=tr("In their words"),
            hint=tr("For a correction, write what is wrong. Else it may be empty."),
            act=tr("Write it down"),
            choose_first=tr("First choose what they ask for."),
            write_first=tr("Write what is wrong, in a few words."),
        )
        title = text(wording.question, "body", weight="semibold")
        super().__init__(wording, [Choice(each.value, wish_words(each)) for each in Wish], [title])
        self.words.edit.setObjectName("own-data-words")
        self.act_button.setObjectName("own-data-ask")
