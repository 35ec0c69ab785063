"""What decree 17(3) of the Privacy Act names stands out of a question, in every language.

The ministry's notice on how consent is asked, 4: a fifth larger than the rest, and bold.
"""

import pytest
from pages_for_tests import NIGHT
from PySide6.QtGui import QFont

from desktop.domain.agencies import Category
from desktop.domain.consent_texts import READERS
from desktop.domain.consents import LANGUAGES, Article, Item
from ui import style
from ui.consents.question import QuestionPage
from ui.consents.texts import Blanks, Form

BLANKS = Blanks("하늘", "관악 센터", frozenset(Item), (Category.COUNSEL,), NIGHT)
NAMED = {
    Article.COLLECT: {"how_long"},  # 3: how long it is kept
    Article.PROVIDE: {"who", "why", "how_long"},  # 4: who receives it, and their purpose
    Article.SENSITIVE: {"who", "why", "what", "how_long"},  # 2: sensitive items
    Article.IDENTIFIERS: {"who", "why", "what", "how_long"},  # 2: unique identifiers
}
FIFTH = 1.2


@pytest.fixture(scope="module")
def page(qapp):
    style.apply(qapp, style.LIGHT)
    page = QuestionPage()
    page.resize(1200, 700)
    page.show()
    yield page
    style.apply(qapp, style.LIGHT)
    page.deleteLater()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_exactly_what_the_decree_names_stands_out(page, language, reader):
    for article in Article:
        page.show_screen(Form(language).screen(article, reader, BLANKS), {}, "")

        assert _standing_out(page) == NAMED[article]


def test_it_stands_out_of_the_korean_beside_it_too(page):
    for article in Article:
        korean = Form("ko").screen(article, "youth", BLANKS)
        screen = Form("vi").screen(article, "youth", BLANKS).beside(korean)
        page.show_screen(screen, {}, "")

        rest = max(_size(label) for label in page.korean)
        found = {key for key, row in page.rows.items() if _size(row[2]) >= rest * FIFTH}
        assert found == NAMED[article]
        assert {key for key, row in page.rows.items() if _is_bold(row[2])} == found


@pytest.mark.parametrize("percent", [100, 115, 130])
def test_it_does_in_larger_words_and_all_of_the_question_grows(qapp, page, percent):
    page.show_screen(Form("ko").screen(Article.PROVIDE, "youth", BLANKS), {}, "")
    style.apply(qapp, style.LIGHT, 100)
    usual = _sizes(page)

    style.apply(qapp, style.LIGHT, percent)

    assert _standing_out(page) == NAMED[Article.PROVIDE]
    assert all(
        abs(now - before * percent / 100) <= 0.5
        for now, before in zip(_sizes(page), usual, strict=True)
    )


def _standing_out(page):
    rest = [page.intro, page.child, page.until]
    rest += [row[0] for row in page.rows.values()]
    rest += [row[1] for row in page.rows.values() if not _is_bold(row[1])]
    largest = max(map(_size, rest))
    bold = {key for key, row in page.rows.items() if _is_bold(row[1])}
    assert all(_size(page.rows[key][1]) >= largest * FIFTH for key in bold)
    return bold


def _sizes(page):
    labels = [page.title, page.intro, page.until, *(row[1] for row in page.rows.values())]
    return [*map(_size, labels), _size(page.yes_button), _size(page.later_button)]


def _size(widget):
    widget.ensurePolished()
    return widget.font().pixelSize()


def _is_bold(widget):
    widget.ensurePolished()
    return widget.font().weight() >= QFont.Weight.Bold
