"""Every foreseeable failure has a sentence and a next step, in both languages."""

from dataclasses import MISSING, fields
from inspect import isabstract

import pytest

import i18n
from desktop import errors
from ui import messages


def kinds(kind=errors.AppError):
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


def an_error(kind):
    blanks = {"int": 7, "str": "관악구청소년상담복지센터"}
    return kind(**{field.name: blanks[getattr(field.type, "__name__", field.type)]
                   for field in fields(kind) if field.default is MISSING})  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", [each for each in kinds() if not isabstract(each)])
def test_every_failure_says_what_happened_and_what_to_do_next(kind, language):
    i18n.use(language)

    happened, step = messages.what_happened(an_error(kind)), messages.next_step(an_error(kind))

    assert happened.endswith((".", "요."))
    assert step.endswith((".", "요."))
    assert "{" not in happened + step
    assert messages.sentence(an_error(kind)) == f"{happened} {step}"


@pytest.mark.parametrize("kind", list(kinds()))
def test_korean_is_korean(kind):
    i18n.use("en")
    english = messages.sentence(an_error(kind))

    i18n.use("ko")

    assert messages.sentence(an_error(kind)) != english
