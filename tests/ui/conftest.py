"""Windows without a screen, in the language the tests read."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

import i18n


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")
