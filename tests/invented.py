"""Invented words and notes: Korean of real length and shape, about nobody."""

import random
from functools import cache
from itertools import accumulate

_STEM_WORDS = (
    "골목 놀이터 편의점 피시방 지하철 정류장 공원 쉼터 버스 가로등 라면 김밥 우유 핫팩 마스크 "
    "담요 친구 언니 누나 형 동생 선생님 사장님 할머니 이모 밤 새벽 저녁 주말 어제 오늘 내일 비 "
    "눈 바람 잠 밥 돈 일 학교 알바 시험 검정고시 자격증 면접 숙소 찜질방 고시원 월세 짐 가방 "
    "신발 옷 전화 문자 번호 약속 상담 이야기 마음 걱정 불안 기분 표정 웃음 눈물 한숨 침묵 생각 "
    "계획 고민 병원 약 감기 두통 상처 치과 보건소 진료 다툼 소리 문 열쇠 방 집 거실 창문 센터 "
    "활동가 동행 연계 의뢰 동의 안내 정보 카드 리플릿 물 간식 초콜릿 따뜻한차"
)
_ENDING_WORDS = "이 가 을 를 은 는 에 에서 으로 와 과 도 만 까지 부터 처럼 보다"
_VERB_WORDS = (
    "말했다 웃었다 물었다 기다렸다 걸었다 앉았다 먹었다 받았다 건넸다 들었다 돌아갔다 끄덕였다 "
    "약속했다 머뭇거렸다 조용해졌다 나아졌다 지쳐보였다 괜찮다고했다 싫다고했다 생각해본다고했다"
)
_STEMS, _ENDINGS, _VERBS = (w.split() for w in (_STEM_WORDS, _ENDING_WORDS, _VERB_WORDS))
_RARE = 5_000
_SYLLABLES = [
    chr(0xAC00 + (first * 21 + vowel) * 28 + last)
    for first in (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 16, 17, 18)
    for vowel in (0, 1, 4, 5, 6, 8, 13, 18, 20)
    for last in (0, 0, 4, 8, 21)
]


def word(chance: random.Random, syllables: int = 2) -> str:
    """Return a word that hardly any other text holds."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables))


@cache
def _vocabulary():
    """Return words and how common they are: Zipf's law with a flat head, as in real text.

    The commonest is in about three notes of four, the hundredth in one of seven.
    """
    chance = random.Random("vocabulary")
    words = [*_STEMS, *(word(chance, chance.choice((2, 2, 3))) for _ in range(_RARE))]
    return words, list(accumulate(1 / (rank + 11) for rank in range(len(words))))


def sentence(chance: random.Random) -> str:
    """Return one sentence of six to eleven words."""
    words, weights = _vocabulary()
    stems = chance.choices(words, cum_weights=weights, k=chance.randint(5, 10))
    return " ".join([*(s + chance.choice(_ENDINGS) for s in stems), chance.choice(_VERBS)]) + "."


def note(chance: random.Random, shortest: int = 300, longest: int = 600) -> str:
    """Return a note of that many characters."""
    length, text = chance.randint(shortest, longest), sentence(chance)
    while len(text) < length:
        text += ("\n" if chance.random() < 0.15 else " ") + sentence(chance)
    return text[:length].rstrip()


def alias(chance: random.Random) -> str:
    """Return a name nobody has."""
    return word(chance, 3)
