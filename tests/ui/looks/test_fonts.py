"""Every weight is drawn by a face of its own, so that what is bold stands out."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter

from ui import style

WEIGHTS = (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold)
PIXELS = (style.CAPTION, style.BODY, style.NOTE, style.TITLE, style.HERO, 32)
STEP = 1.05  # between one weight and the next; Pretendard's own steps are 1.1 to 1.25


@pytest.fixture(autouse=True)
def fonts(qapp):
    style.load_fonts()


def ink(words, pixels, weight):
    paper = QImage(1200, 60, QImage.Format.Format_Grayscale8)
    paper.fill(255)
    painter = QPainter(paper)
    painter.setFont(style.font(pixels, weight))
    painter.drawText(5, 42, words)
    painter.end()
    return sum(255 - dot for dot in bytes(paper.constBits()))


def test_the_face_has_each_weight():
    assert set(QFontDatabase.styles("Pretendard")) >= {"Regular", "Medium", "SemiBold", "Bold"}


@pytest.mark.parametrize("pixels", PIXELS)
@pytest.mark.parametrize("words", ["오늘 밤 역 앞에서 하늘을 만남", "Street counseling notes"])
def test_each_weight_is_darker_than_the_one_before(words, pixels):
    inks = [ink(words, pixels, weight) for weight in WEIGHTS]

    assert all(STEP * lighter < darker for lighter, darker in pairwise(inks))
