"""What of the vault a young person is given when they ask for it, and what not, and why.

A test holds these two against the schema: a table that stands in neither fails it.
"""

GIVEN: tuple[str, ...] = (
    "youth", "jotting", "merged_youth", "meeting", "note", "note_version", "note_signature",
    "addendum", "unfinished_addendum", "judgement", "unfinished_judgement", "supervision",
    "safety_plan", "questionnaire", "answered", "promise", "consent", "consent_answer",
    "consent_item", "consent_record", "referral", "referral_step", "reply", "reply_appointment",
    "reply_ask", "amendment", "draft", "received", "received_packet", "received_note",
    "unfinished_form", "guardian_named", "own_data_request", "erasure_wish", "kept_longer", "look",
)  # fmt: skip
"""Tables of which everything about a person is in `own_page.gathered`."""

_NOBODY = "is about nobody"
_BY_LAW = "reported by law: who reported must not be recognisable from it (아동학대처벌법 10(3))"
_SAME = "made of what is given"
_ON_ITS_WAY = "how a message travels; its words are given with the referral or the consent"
_NIGHT = "is about a night; where and when they were met is given with the meeting"

STAYS: dict[str, str] = {
    "disclosure": _BY_LAW,
    "disclosure_step": _BY_LAW,
    "disclosure_reply": _BY_LAW,
    "disclosure_ledger": _BY_LAW,
    "cosigning": "a colleague's report by law, which bears nobody's id here",
    "guardian_kept": "why a guardian is not told: one may ask in a child's name (38(2)), and"
    " would read it (35(4) no. 2)",
    "note_marks": "which words of a note are sensitive; the words are given",
    "unseen": _SAME,
    "watched": _SAME,
    "note_words": _SAME,
    "indexed_word": _SAME,
    "outbox": _ON_ITS_WAY,
    "heard": _ON_ITS_WAY,
    "doubt": _ON_ITS_WAY,
    "received_step": _ON_ITS_WAY,
    "received_late": _ON_ITS_WAY,
    "received_reached": _ON_ITS_WAY,
    "silence": "that an agency has not answered another; names no person",
    "silence_settled": "that somebody has seen to it; names no person",
    "elsewhere": "consents that another laptop asked for: numbers that lead to nobody here; of one"
    " that this laptop asked for and forgot what it sent, the consent is given",
    "outreach": _NIGHT,
    "outreach_closing": _NIGHT,
    "outreach_partners": _NIGHT,
    "outreach_pause": _NIGHT,
    "tally": _NIGHT,
    "draft_answer": "which referral a draft adds to; both are given",
    "op": "digests that say nothing without the records",
    "foretold": "when something ends was shown on this laptop; says no more of anybody",
    "salt": "chance that goes into digests",
    "destruction": "how many records went; holds no personal data (decree 16)",
    "retention": _NOBODY,
    "note_template": _NOBODY,
    "entrustment": _NOBODY,
    "consent_text": _NOBODY,
    "consent_text_draft": _NOBODY,
    "directory": _NOBODY,
    "agency_key": _NOBODY,
    "enrolment": _NOBODY,
    "mailbox": _NOBODY,
    "meta": _NOBODY,
    "office_backup": _NOBODY,
    "team_key": _NOBODY,
    "witness": _NOBODY,
}
"""Tables of which a person is given nothing, and why."""
