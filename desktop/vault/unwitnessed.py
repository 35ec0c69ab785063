"""What no entry of the journal stands for, and why that loses nothing (R-17)."""

REASONS: dict[str, str] = {
    "op": "the chain itself",
    "salt": "goes into the digest of every record it belongs to",
    "note_words": "made of note.text alone; `index.is_whole` compares them",
    "indexed_word": "another look at note_words",
    "witness": "the hub is asked again, and an older one leads to the newer",
    "watched": "made of meetings, promises and judgements by the schema's own triggers",
    "unseen": "made of judgements and supervision by the schema's own triggers",
    "office_backup": "the hub is asked again; journalled, a backup left would make the next due",
    "merged_youth.n": "a row's number never changes",
    "note.n": "a row's number never changes",
    "note.is_indexed": "says whether the index holds it; `index.is_whole` compares them",
    "note.weight": "what the index holds of it; `index.is_whole` compares them",
    "note_template.one": "always 1",
    "mailbox.one": "always 1",
    "mailbox.clock_offset": "what the last round said; the next says it again",
    "mailbox.heard_at": "what the last round said; the next says it again",
    "mailbox.is_open": "what the last round said; the next says it again",
    "enrolment.one": "always 1",
    "directory.one": "always 1",
    "team_key.one": "always 1",
    "retention.one": "always 1",
    "outbox.n": "a row's number never changes",
    "outbox.stalls": "how patient to be, not what leaves",
    "outbox.next_at": "how patient to be, not what leaves",
}
"""Tables and columns that no entry stands for, and why that loses nothing."""
