"""The paragraphs about consent, and for each of their sentences its journey."""

from journeys.table import Told

CONSENT = Told({
    "The hand-over screen": (
        "in the young person's language (ko, en, zh-Hans, vi, ru, mn, uz, th; fonts vendored where"
        " Pretendard lacks the script; every translation marked as draft until a native speaker"
        " signs it off, the Korean text beside it on request): one question a screen, who"
        " receives, for what, which items, how long, what happens if you say no; yes and no of"
        ' equal weight, "think more", read-aloud where the system has a voice; nothing about other'
        " people visible; a PIN to give the laptop back; a child-level text under 14. Signature by"
        " pen or mouse kept as strokes, or spoken with a witness, or a paper form photographed by"
        " scanner file."
    ),
    "Separate answers": (
        "collection and use, sensitive information, provision to each recipient, unique"
        " identifiers (off unless the organisation is entrusted by law). Refusing optional ones"
        " never loses help, and the screen says so."
    ),
    "Who may say yes": (
        "14 and over the person; under 14 the legal guardian, verified by one of the seven lawful"
        " ways, whose name and contact may be taken from the child first; near 14 and estimated"
        ' counts as under. "Do not tell the guardian" with its reason travels inside the seal with'
        " every referral and blocks every step that would contact them; if the guardian is the"
        " suspected abuser, the way leads to the report, never to a dead end."
    ),
    "A record that stands": (
        "immutable, versioned by text, language, recipient, items, purpose, retention, the hash of"
        " exactly what was shown, who asked, who was present, how answered; all mandatory fields"
        " of ISO/IEC TS 27560 as tabulated; any change is a new question. A receipt on paper or QR"
        " only if wanted (a found receipt can endanger)."
    ),
    "The preview": (
        "before anything leaves, exactly the words and fields that will, per recipient, as the"
        " young person agreed, with what stays here beside it; items can be taken out, never added"
        " beyond consent."
    ),
    "Living consent": (
        "what is in force, for whom, until when, at a glance on the person's page; expiry asks in"
        " time; withdrawal takes two clicks, works offline, is no harder than giving, and shows"
        " who has erased and who has not yet; a request to see, correct or stop (PIPA 35-37) opens"
        " a task with its ten days and produces the person's own data as a readable file."
    ),
    "Destruction": (
        "when purpose or period ends, records go irrecoverably (vault issue), the log keeps no"
        " personal data."
    ),
    "A text editor for organisations": (
        "consent texts as versioned files with named blanks, checked so that every item the law"
        " requires is present, in every language offered; a referral cannot use a text that fails."
    ),
})  # fmt: skip
"""Word for word as they were asked for."""
of = CONSENT.of
