"""Random texts as people type and paste them: every script of the consent languages, and more."""

import random
import re

SCRIPTS = {
    "ko": "가각간갇갈감갑강개거고구그기나너노누다더도두라러로루"
    "마머모무바버보부사서소수아어오우자저조주하허호후",
    "en": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "vi": "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệ"
    "íìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
    "zh": "书护你我他她们好晚上吃饭睡觉学校家电话妈爸哥姐朋友公园车站药",
    "ja": "あいうえおかきくけこがぎぐげごさしすせそアイウエオ駅学校夜話助",
    "th": "กขคงจฉชซญดตถทนบปผพฟมยรลวสหอะาเแโใไ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГ",
    "mn": "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя",
    "uz": "abdefghijklmnopqrstuvxyzʻʼ",
    "tl": "abkdeghilmnñoprstuwy",
    "km": "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ",
    "my": "ကခဂဃငစဆဇဈညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအ",
    "ne": "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
MARKS = {
    "vi": "\u0300\u0301\u0303\u0309\u0323", "en": "\u0301\u0308\u0327\u0331",
    "th": "\u0e31\u0e34\u0e35\u0e48\u0e49\u0e4a", "ar": "\u064b\u064e\u0650\u0651\u0652",
    "ne": "\u093e\u093f\u0940\u0941\u094d", "km": "\u17b6\u17b7\u17b8\u17bb\u17d2",
    "my": "\u102b\u102d\u102f\u1031\u103a", "ja": "\u3099", "ru": "\u0301", "mn": "\u0308",
}  # fmt: skip
JAMO = ("\u1100\u1161\u11a8", "\u1112\u1161\u11ab", "\u110b\u1175", "\u1102\u1161\u11af")
EMOJI = ("😀", "👍🏽", "👩‍👩‍👧", "🏳️‍🌈", "🇰🇷", "❤️", "1️⃣", "🧑🏿‍🦽")
UNSEEN = tuple("\u200b\u200c\u200d\u2060\u200e\u200f\u202b\u202c\u2066\u2069")
SPACES = ("\u00a0", "\u202f", "\u3000", "\u2009", "\u2028")
ENDS = ("\n", "\r\n", "\n\n", "\t")
_WORD = re.compile(r"\w+")


def a_text(chance: random.Random) -> str:
    """Return a few words, mostly of one language, with what a paste brings along."""
    own = chance.choice(sorted(SCRIPTS))
    parts = []
    for _ in range(chance.randint(1, 24)):
        language = own if chance.random() < 0.8 else chance.choice(sorted(SCRIPTS))
        parts.append(_word(chance, language))
        parts.append(chance.choice((" ", " ", " ", *_rare(chance))))
    return "".join(parts)


def findable(kept: str, chance: random.Random) -> str:
    """Return two neighbouring letters of the text, or one where no word is longer; "" for none."""
    words = _WORD.findall(kept)
    pairs = [word[at : at + 2] for word in words for at in range(len(word) - 1)]
    return chance.choice(pairs or words or [""])


def _word(chance, language) -> str:
    letters = []
    for _ in range(chance.randint(1, 7)):
        letters.append(chance.choice(SCRIPTS[language]))
        if chance.random() < 0.25:
            letters.append(chance.choice(MARKS.get(language, " ")))
        if language == "ko" and chance.random() < 0.15:
            letters.append(chance.choice(JAMO))
    return "".join(letters)


def _rare(chance) -> tuple[str, ...]:
    return tuple(
        chance.choice(kind) for kind in (EMOJI, UNSEEN, SPACES, ENDS, ("“", "」", "،", "।"))
    )
