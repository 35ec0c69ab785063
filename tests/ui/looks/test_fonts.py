"""Every weight is drawn by a face of its own, so that what is bold stands out."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter, QRawFont

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


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("ko", "오늘 밤"), ("en", "Tonight"), ("zh-Hans", "你可以不同意，今晚的帮助不变。"),
        ("vi", "Bạn có thể nói không, sự giúp đỡ vẫn như cũ"), ("ru", "Вы можете отказаться. Ё ё"),
        ("mn", "Та зөвшөөрөхгүй байж болно. Үү Өө"), ("uz", "Siz rad etishingiz mumkin: oʻ gʻ ʼ"),
        ("th", "คุณปฏิเสธได้ ความช่วยเหลือคืนนี้ยังเหมือนเดิม ฯ ๆ"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.Bold])
def test_every_language_of_the_consent_texts_is_drawn_by_a_face_of_ours(language, letters, weight):
    style.load_script(language)

    missing = {letter for letter in letters if not _is_drawn(letter, weight)}
    assert not missing, missing


def test_a_letter_that_no_face_of_ours_has_is_noticed():
    style.load_script("th")

    assert not _is_drawn("አ", QFont.Weight.Normal)


def _is_drawn(letter, weight):
    """Say whether one of our faces has it, and not what the system would put in its place."""
    faces = [QRawFont.fromFont(_only(family, weight)) for family in style.font().families()]
    ours = [face for face in faces if face.familyName() in style.font().families()]
    return any(face.supportsCharacter(ord(letter)) for face in ours)


def _only(family, weight):
    face = QFont(family)
    face.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    face.setWeight(weight)
    return face


def test_the_face_has_each_weight():
    assert set(QFontDatabase.styles("Pretendard")) >= {"Regular", "Medium", "SemiBold", "Bold"}


@pytest.mark.parametrize("pixels", PIXELS)
@pytest.mark.parametrize("words", ["오늘 밤 역 앞에서 하늘을 만남", "Street counseling notes"])
def test_each_weight_is_darker_than_the_one_before(words, pixels):
    inks = [ink(words, pixels, weight) for weight in WEIGHTS]

    assert all(STEP * lighter < darker for lighter, darker in pairwise(inks))
