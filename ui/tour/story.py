"""The invented evening that the tour lives through."""

from typing import Final

PASSPHRASE: Final = "가로등 아래 코코아 두 잔 그리고 별빛"  # noqa: S105 - invented, for the tour alone
PIN: Final = "2580"
PLACE, ROUTE, TEAM = "신림역", "3번 출구 – 별빛거리 – 도림천", "한결, 오름, 정담"
ALIAS, INITIALS, AGE = "하늘", "ㅎㄴ", "16"
OTHERS: Final = (("새벽", 18, 18), ("바다", 17, 17), ("린", 14, 16))
"""Met before her: age told, estimated, and a range."""
BENCH: Final = "3번 출구 벤치"
SITUATION: Final = (
    "3번 출구 앞 벤치에 혼자 앉아 있음. 따뜻한 코코아를 건네며 인사함. 얇은 옷차림, 기침이 잦음."
)
WORDS: Final = "“오늘은 어디서 자야 할지 모르겠어요. 그냥 아침까지 걸으려고 했어요.”"
NOTICED: Final = "자해나 자살 생각은 없다고 답함. 집에서 맞은 적은 없고, 말다툼 뒤 나왔다고 함."
AGREED: Final = (
    "일시쉼터(7일 이내)를 설명함. 22:10 버스로 함께 가 보기로 함. 내일 점심에 전화하기로 약속."
)
SEARCHED: Final = "코코"
GROUNDS: Final = "잘 곳이 없고 옷이 얇음. 자해나 자살 생각은 없다고 답함."
NEED: Final = "오늘 밤 안전하게 잘 곳과 내일 이야기할 상담 선생님을 바라고 있어요."
CIRCUMSTANCES: Final = "집을 나온 지 나흘째. 낮에는 PC방, 밤에는 24시간 카페에서 지냈어요."
SECOND_NEED: Final = "내일 점심을 함께 먹을 수 있는 곳을 찾고 있어요."
AGENCY: Final = "쉼터"
LATER_ROUTE: Final = "3번 출구 – 도림천 – 별빛거리"
PROMISE, PROMISE_WHEN = "전화하기", "내일 점심"
SAFETY: Final = {
    "warning-signs": "밤이 되면 잠이 안 오고 숨이 막혀요.",
    "what-i-can-do": "이어폰으로 노래 듣기, 찬물로 세수하기",
    "professionals": "109, 밤마중 버스",
}
"""By the step of a safety plan."""

NEEDLES: Final = (
    ALIAS,
    SITUATION,
    WORDS,
    NOTICED,
    AGREED,
    GROUNDS,
    NEED,
    CIRCUMSTANCES,
    *SAFETY.values(),
    PASSPHRASE,
)
"""What must be readable nowhere outside the windows."""
