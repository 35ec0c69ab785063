"""Head and foot of the handed-over screen: where one is, which language, the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.consents import Article
from i18n import tr
from ui.consents.texts import SHOWN, Form
from ui.style import load_script
from ui.widgets.buttons import Button
from ui.widgets.labels import Icon, text, wrapped
from ui.widgets.segmented import Choice, Segmented


class Head(QWidget):
    """Name, number of the question, language."""

    language_chosen = Signal(str)
    aloud_wanted = Signal()

    def __init__(self) -> None:
        """Lay out the bar."""
        super().__init__()
        self.name, self.step = text("", "note", weight="bold"), text("", "body", "text2")
        for language in SHOWN:  # each is named in its own letters
            load_script(language)
        self.languages = Segmented(
            "Language · 언어", tuple(Choice(code, Form(code).name) for code in SHOWN)
        )
        self.languages.chosen.connect(self.language_chosen)
        self._icon = Icon("languages", "text2", 20)
        self.aloud_button = Button("", "quiet", "volume-2").sized("small")
        self.aloud_button.setObjectName("handover-aloud")
        self.aloud_button.clicked.connect(self.aloud_wanted)
        self.aloud_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Icon("logo", "text", 30))
        row.addWidget(self.name)
        row.addStretch()
        for part in (self.step, self.aloud_button, self._icon, self.languages):
            row.addWidget(part)

    def show_step(self, step: str, *, has_languages: bool = True) -> None:
        """Say which question this is; "" when it is none."""
        self.name.setText(tr("Bammajung"))
        self.step.setText(step)
        self.languages.setVisible(has_languages)
        self._icon.setVisible(has_languages)

    def show_aloud(self, words: str, *, is_speaking: bool) -> None:
        """Offer to read aloud, or to stop; "" where nobody could."""
        self.aloud_button.say(words)
        self.aloud_button.show_icon("square" if is_speaking else "volume-2")
        self.aloud_button.setVisible(bool(words))


class Foot(QWidget):
    """The way back for the counselor, and the law behind the question."""

    give_back_wanted = Signal()
    korean_wanted = Signal(bool)

    def __init__(self) -> None:
        """Lay out the bar."""
        super().__init__()
        self.law = text("", "caption", "text2")
        self.give_back_button = Button(" ", "quiet", "lock").sized("small")
        self.give_back_button.setObjectName("handover-give-back")
        self.give_back_button.clicked.connect(self.give_back_wanted)
        self.how, self.draft = wrapped("", "caption", "text2"), text("", "caption", "text2")
        self.korean_button = Button(" ", "quiet", "languages").sized("small")
        self.korean_button.setObjectName("handover-korean")
        self.korean_button.setCheckable(True)
        self.korean_button.clicked.connect(self.korean_wanted)
        told = QVBoxLayout()  # below each other: in the largest words a screen is not wide enough
        told.setSpacing(0)
        for line in (self.draft, self.law):
            told.addWidget(line, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.give_back_button)
        row.addWidget(self.how, 1)
        row.addWidget(self.korean_button)
        row.addLayout(told)

    def show_law(self, law: str, *, has_way_back: bool = True) -> None:
        """Say which law asks for this; the counselor's words, as a lawyer would check them."""
        self.law.setText(law)
        self.how.setText("")
        self.show_draft("")
        self.korean_button.hide()
        if not has_way_back:
            self.korean_button.setChecked(False)  # for whoever is asked next
        self.korean_button.say(tr("Korean beside it"))
        self.give_back_button.say(tr("PIN to give back to the counselor"))
        self.give_back_button.setVisible(has_way_back)

    def show_form(self, form: Form, article: Article, how: str) -> None:
        """Say which law asks, who listens, if it is a draft; offer the Korean beside any other."""
        self.show_law(law_words(article, form.id))
        self.how.setText(how)
        self.show_draft(draft_words(form))
        self.korean_button.setVisible(form.language != "ko")

    def show_draft(self, words: str) -> None:
        """Say that the words of this screen are a draft; "" for nothing."""
        self.draft.setText(words)
        self.draft.setVisible(bool(words))


def draft_words(form: Form) -> str:
    """Say that nobody whose language it is has signed this translation off; "" otherwise."""
    return tr("Draft translation: the Korean text counts") if form.text.is_draft else ""


def law_words(article: Article, form: str) -> str:
    """Name the consent, its article and the form's version."""
    return {
        Article.COLLECT: tr("Collection and use · Privacy Act 15 · form {form}", form=form),
        Article.PROVIDE: tr("Third-party provision · Privacy Act 17 · form {form}", form=form),
        Article.SENSITIVE: tr("Sensitive data · Privacy Act 23 · form {form}", form=form),
        Article.IDENTIFIERS: tr("Unique identifiers · Privacy Act 24 · form {form}", form=form),
    }[article]
