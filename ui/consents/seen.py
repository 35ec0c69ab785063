"""A consent text as the young person will see it, before it is shown to anybody."""

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.consent_errors import TextsRefused
from desktop.domain.agencies import Category
from desktop.domain.consent_texts import READERS, YOUTH
from desktop.domain.consents import Answer, Article, Item
from desktop.domain.text_versions import Texts
from i18n import tr
from ui.consents import fault_words
from ui.consents.guardian import GuardianPage
from ui.consents.question import QuestionPage
from ui.consents.texts import Blanks, Form
from ui.consents.thanks import ThanksPage
from ui.style import load_script
from ui.widgets.labels import wrapped
from ui.widgets.sheet import Sheet

_UNTIL: Final = datetime(2027, 2, 28, tzinfo=UTC)


class SeenSheet(Sheet):
    """Nothing here can be answered."""

    def __init__(self, window: QWidget) -> None:
        """Be ready over `window`."""
        super().__init__(window, tr("As they will see it"), tr("Close"), width=1240)
        self.setObjectName("seen-sheet")
        self.problems = wrapped("", "body", "danger")
        self.question, self.guardian, self.thanks = QuestionPage(), GuardianPage(), ThanksPage()
        self.pages = QStackedWidget()
        self.pages.setProperty("handed", "true")
        for page in (self.question, self.guardian, self.thanks):
            page.setProperty("clear", "true")
            page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            for each in (page, *page.findChildren(QWidget)):
                each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.pages.addWidget(page)
        self.body.addWidget(self.problems)
        self.body.addWidget(self.pages)

    def show_text(self, texts: Texts, language: str, group: str) -> None:
        """Show the screen of a group, or what it lacks: then nobody would see it."""
        load_script(language)
        try:
            form = Form(language, texts)
        except TextsRefused as refused:
            self.problems.setText(fault_words.listed(refused.faults))
            self._show(None)
            return
        if group == "who_answers":
            self.guardian.show_form(form)
            self._show(self.guardian)
        elif group == "thanks":
            self.thanks.show_answers(
                form, dict(zip(Article, (*Answer, Answer.REFUSED), strict=True))
            )
            self._show(self.thanks)
        else:
            self._show_question(form, group)

    def _show_question(self, form: Form, group: str) -> None:
        reader, _, article = group.partition("/")
        if reader not in READERS:
            reader, article = YOUTH, Article.PROVIDE.value
        screen = form.screen(Article(article), reader, _blanks())
        self.question.show_screen(screen, {}, "")
        self._show(self.question)

    def _show(self, page: QWidget | None) -> None:
        self.problems.setVisible(page is None)
        self.pages.setVisible(page is not None)
        if page is not None:
            self.pages.setCurrentWidget(page)
        self.open(self.close_button)
        self.fit()


def _blanks() -> Blanks:
    helps = Category.PROTECT, Category.COUNSEL
    return Blanks(tr("Sky"), tr("An agency"), frozenset(Item), helps, _UNTIL, "passport")
