"""What expired or was asked for is destroyed; what is owed comes first; the log names nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, a_consent, a_draft, a_judgement, a_moment
from prove.decrypted import frames, pages
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.forms import FormName
from desktop.domain.own_data import Wish
from desktop.domain.retention import (
    Debt,
    Expiry,
    Ground,
    Owed,
    Policy,
    Reason,
    Since,
    Target,
    Thing,
)
from desktop.domain.screening import Risk, Unfinished
from desktop.domain.who_answers import KeepReason
from desktop.domain.youths import Age
from desktop.errors import NothingWritten, StillKept, StillOwed, WishStands
from desktop.services import (
    backups,
    consents,
    forms,
    guardians,
    looks,
    notes,
    outreach,
    own_data,
    referrals,
    retention,
    screening,
    search,
    youths,
)
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from desktop.vault.folder import Folder
from sync.client.sealing import seal
from sync.protocol.bodies import TaskNote
from sync.protocol.codec import canonical
from sync.protocol.messages import Kind

YEAR = timedelta(days=366)
DAY = timedelta(days=1)
SHELTER = "밤하늘 쉼터"


def a_night(vault):
    outreach.begin(vault, Plan("신림역"), a_moment())


def meet(vault, text, alias="하늘"):
    """Meet someone, write about it and finish; return the note."""
    met = youths.meet(vault, NewYouth(alias, Age.stated(17)), "", a_moment())
    note = notes.save(vault, met.youth.id, met.meeting.id, text, a_moment())
    return notes.sign(vault, note.id, a_moment())


def whole(youth):
    return Target(Thing.YOUTH, youth)


def texts(vault, query):
    return {hit.match for hit in search.everything(vault, query, a_moment()).notes}


def left(vault, *words):
    """Return which words can still be read in any file of the vault, once it is decrypted."""
    key, folder = vault.session.keys.database, Folder(vault.folder)
    files = [folder.database, *(folder.backup.rglob("notes.db"))]
    content = b"".join(page for file in files for page in pages(file, key))
    content += b"".join(frames(folder.wal, key))
    return [word for word in words if word.encode() in content]


# --- what has to go -----------------------------------------------------------------------------


def test_what_expires_is_shown_a_month_before_and_looking_destroys_nothing(vault):
    a_night(vault)
    note = meet(vault, "골목에서 만남")

    early = retention.upcoming(vault, NOON + timedelta(days=330))
    (soon,) = retention.upcoming(vault, NOON + timedelta(days=340))
    (late,) = retention.upcoming(vault, NOON + 3 * YEAR)

    assert early == ()
    assert soon == late == Expiry(
        whole(note.youth), note.youth, "하늘", NOON + timedelta(days=365), Since.CONTACT
    )  # fmt: skip
    assert texts(vault, "골목") == {"골목"}


def test_an_organisation_sets_its_own_times(vault):
    a_night(vault)
    meet(vault, "골목에서 만남")

    retention.choose_policy(vault, Policy(contact=30, notice=5), a_moment())

    assert retention.policy(vault).contact == 30
    assert len(retention.upcoming(vault, NOON + timedelta(days=26))) == 1
    assert retention.upcoming(vault, NOON + timedelta(days=24)) == ()


def test_what_is_kept_longer_says_until_when_and_cannot_be_purged_before(vault):
    a_night(vault)
    note = meet(vault, "골목에서 만남")
    (expiry,) = retention.upcoming(vault, NOON + YEAR)

    with pytest.raises(NothingWritten):
        retention.keep_longer(vault, expiry, NOON + 2 * YEAR, (Reason.HELP, " "), a_moment())
    why = (Reason.HELP, "아직 매주 만나요")
    retention.keep_longer(vault, expiry, NOON + 2 * YEAR, why, a_moment())

    assert retention.upcoming(vault, NOON + YEAR) == ()
    (later,) = retention.upcoming(vault, NOON + 2 * YEAR)
    assert (later.due, later.is_kept_longer) == (NOON + 2 * YEAR, True)
    with pytest.raises(StillKept):
        retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment(NOON + YEAR))
    counts = retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment(NOON + 3 * YEAR))
    assert counts["youth"] == 1
    vault.verify()


def test_who_is_kept_longer_is_kept_with_every_note(vault):
    a_night(vault)
    note = meet(vault, "골목에서 만남")
    (expiry,) = retention.upcoming(vault, NOON + YEAR)
    retention.keep_longer(vault, expiry, NOON + 2 * YEAR, (Reason.HELP, "만나요"), a_moment())

    with pytest.raises(StillKept):
        retention.purge(
            vault, [Target(Thing.NOTE, note.id)], Ground.EXPIRED, a_moment(NOON + YEAR)
        )


# --- destroying ---------------------------------------------------------------------------------


def test_a_purged_person_is_nowhere_in_any_file_any_more(vault):
    a_night(vault)
    note = meet(vault, "한강공원에서 혼자 지냄", alias="보름달")
    meet(vault, "편의점 앞에서 이야기함", alias="새벽별")
    screening.judge(vault, a_judgement(youth=note.youth, grounds="손목상처"), a_moment())
    screening.set_aside(vault, Unfinished(note.youth, Risk.LOW, "표정어두움"))
    referrals.keep_draft(vault, a_draft(youth=note.youth), a_moment())
    consents.record(vault, a_consent(youth=note.youth, purpose="임시숙소찾기"), a_moment())
    backups.make(vault, NOON)
    outreach.end(vault, outreach.tonight(vault).outreach.id, a_moment())
    words = ("한강공원", "보름달", "손목상처", "표정어두움", "임시숙소찾기")
    assert left(vault, *words) == list(words)

    counts = retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())
    assert retention.sweep(vault, NOON + timedelta(hours=1))

    assert left(vault, *words) == []
    assert counts == {
        "note": 1, "unfinished": 1, "risk": 1, "draft": 1, "consent": 1, "meeting": 1, "youth": 1,
    }  # fmt: skip
    assert texts(vault, "편의점") == {"편의점"}
    vault.verify()


def test_a_single_note_goes_and_its_person_stays(vault):
    a_night(vault)
    note = meet(vault, "한강공원에서 혼자 지냄")

    retention.purge(vault, [Target(Thing.NOTE, note.id)], Ground.MISTAKE, a_moment())
    retention.sweep(vault, NOON)

    assert left(vault, "한강공원", "하늘") == ["하늘"]
    assert youths.open_file(vault, note.youth, None, a_moment()).note is None
    vault.verify()


def test_purging_twice_destroys_nothing_more_and_logs_nothing_more(vault):
    a_night(vault)
    note = meet(vault, "골목에서 만남")
    retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())

    again = retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())

    assert again == {}
    assert len(retention.log(vault)) == 1


def test_the_log_says_how_many_when_and_why_and_leads_to_nobody(vault):
    a_night(vault)
    note, moment = meet(vault, "골목에서 만남"), a_moment(days=400)

    retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, moment)

    (entry,) = retention.log(vault)
    assert (entry.at, entry.ground) == (moment.now, Ground.EXPIRED)
    assert entry.who == vault.vault_id.hex
    assert entry.counts == {"youth": 1, "meeting": 1, "note": 1}
    with vault.reading() as db:
        row = repr(db.execute("SELECT * FROM destruction").fetchall())
    assert not {str(note.youth), str(note.id), str(note.meeting), "하늘"} & set(row.split("'"))


@pytest.mark.parametrize("change", ["DELETE FROM destruction", "UPDATE destruction SET who = 'x'"])
def test_the_log_can_only_grow(vault, change):
    a_night(vault)
    retention.purge(vault, [whole(meet(vault, "말").youth)], Ground.EXPIRED, a_moment())

    refused = pytest.raises(sqlcipher.IntegrityError, match="append-only")
    with refused, vault.transaction() as db:
        db.execute(change)


def test_whoever_knows_the_keys_cannot_guess_a_purged_note_from_the_journal(vault):
    from desktop.vault import journal
    from desktop.vault.subjects import content_of

    a_night(vault)
    note = meet(vault, "골목")
    with vault.reading() as db:
        told = content_of(db, "note", note.id)
        digests = {bytes(d) for (d,) in db.execute("SELECT digest FROM op").fetchall()}
        assert db.digest("note.finished", note.id, told) in digests

    retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())

    with vault.transaction() as db:
        guesses = {journal.digest(vault.session.keys, told), db.digest("note.x", note.id, told)}
        assert not guesses & digests
        salts = db.execute("SELECT * FROM salt WHERE record = ?", (str(note.youth),)).fetchall()
    assert salts == []


def test_who_looked_stays_two_years_though_nobody_is_there_any_more(vault):
    a_night(vault)
    note = meet(vault, "골목에서 만남")
    youths.open_file(vault, note.youth, None, a_moment())

    retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())

    assert len(looks.of(vault, note.youth)) == 2
    vault.verify()


def test_many_go_a_few_at_a_time_and_every_one_is_counted(vault):
    a_night(vault)
    youths_met = [meet(vault, f"만남 {number}").youth for number in range(20)]

    counts = retention.purge(vault, map(whole, youths_met), Ground.EXPIRED, a_moment())

    assert counts == {"youth": 20, "meeting": 20, "note": 20}
    entries = retention.log(vault)
    assert sum(entry.counts["youth"] for entry in entries) == 20
    assert len({entry.number for entry in entries}) == len(entries) > 1
    vault.verify()


# --- sweeping -----------------------------------------------------------------------------------


def test_nothing_is_swept_when_nothing_was_purged(vault):
    assert retention.sweep(vault, NOON)

    assert backups.listing(vault.folder) == ()


def test_what_somebody_is_reading_is_swept_the_next_time(vault):
    a_night(vault)
    note = meet(vault, "한강공원에서 혼자 지냄")
    retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())
    other = vault.sibling()
    other._connection.execute("PRAGMA wal_checkpoint")  # it reads from the file, not the log
    with other.reading() as db:
        db.execute("SELECT count(*) FROM note").fetchone()
        first = retention.sweep(vault, NOON)
    other.close()

    second = retention.sweep(vault, NOON + timedelta(minutes=1))

    assert (first, second) == (False, True)
    assert left(vault, "한강공원") == []


def test_sweeping_stops_for_a_lock_and_goes_on_after_it(vault):
    a_night(vault)
    for _ in range(60):
        note = meet(vault, "한강공원에서 혼자 지냄 " * 40)
    retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())

    stopped = retention.sweep(vault, NOON, goes_on=lambda: False)

    assert not stopped
    vault.verify()
    assert retention.sweep(vault, NOON)


def test_the_file_is_written_anew_because_sqlite_forgets_copies_inside_pages(vault):
    """tests/prove/vault_purge found some that secure_delete had left (seed 'remains 20')."""
    a_night(vault)
    for number in range(60):
        note = meet(vault, f"한강공원 {number} " * 60)
        retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())

    assert retention.sweep(vault, NOON)

    with vault.reading() as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_backup_from_between_purge_and_sweep_is_destroyed_too(vault):
    a_night(vault)
    note = meet(vault, "한강공원에서 혼자 지냄")
    outreach.end(vault, outreach.tonight(vault).outreach.id, a_moment())
    retention.purge(vault, [whole(note.youth)], Ground.EXPIRED, a_moment())
    between = backups.make(vault, NOON)

    retention.sweep(vault, NOON + timedelta(minutes=1))

    assert between not in backups.listing(vault.folder)
    assert len(backups.listing(vault.folder)) == 1


# --- what is owed -------------------------------------------------------------------------------


def sealed_note(town, ref, packet):
    header = town.shelter.header(Kind.TASK_NOTE, ref, to_org=town.centre.org)
    recipients = tuple((p.org, p.own.sealing_key) for p in (town.centre, town.shelter))
    return seal(header, packet, town.shelter.keys.sign, recipients, town.hub.chance)


def sent_and_answered(town, *moves):
    """Return a referral that was received, answered, and moved on by the agency."""
    _, tracking = town.agreed_and_released()
    ref = str(tracking.referral.id)
    town.round()
    request = next(e for e in town.arrived() if e.kind is Kind.REFERRAL_REQUEST).message
    town.answer(town.shelter.receipt(request), *(town.shelter.moves(ref, to) for to in moves))
    town.round()
    return tracking


def test_a_referral_that_has_not_ended_holds_everything_back_and_is_named(town):
    tracking = sent_and_answered(town, "accepted")
    youth = tracking.referral.youth

    with pytest.raises(StillOwed) as refused:
        retention.purge(town.vault, [whole(youth)], Ground.EXPIRED, town.moment())

    assert refused.value.agency == tracking.agency_name
    (expiry,) = retention.upcoming(town.vault, town.now + 5 * YEAR)
    assert expiry.owed == (Owed(Debt.HELP, tracking.agency_name),)
    assert len(town.leaves(town.vault)) == 2


def test_when_one_of_many_is_owed_none_is_destroyed(town):
    tracking, other = sent_and_answered(town, "accepted"), town.meet(alias="새벽별")

    with pytest.raises(StillOwed):
        retention.purge(
            town.vault,
            [whole(other), whole(tracking.referral.youth)],
            Ground.EXPIRED,
            town.moment(),
        )

    assert youths.open_file(town.vault, other, None, town.moment()).youth.alias == "새벽별"
    assert retention.log(town.vault) == ()


def test_after_it_ended_nothing_of_it_stays(town):
    tracking = sent_and_answered(town, "accepted", "completed")
    vault = town.vault
    backups.make(vault, town.now)

    (expiry,) = retention.upcoming(vault, town.now + 5 * YEAR)
    counts = retention.purge(vault, [expiry.target], Ground.EXPIRED, town.moment())
    retention.sweep(vault, town.now + timedelta(hours=1))

    assert expiry.since is Since.REFERRAL
    assert {"referral", "consent", "outbox", "heard", "youth"} <= counts.keys()
    assert left(vault, *tracking.referral.words.values(), "잠잘 곳을 찾기") == []
    assert referrals.all(vault, town.moment()) == ()
    vault.verify()


def test_a_hub_that_speaks_of_it_afterwards_changes_nothing(town):
    tracking = sent_and_answered(town, "accepted", "completed")
    retention.purge(town.vault, [whole(tracking.referral.youth)], Ground.EXPIRED, town.moment())
    note = canonical(TaskNote("잘 지내요", town.now))

    town.answer(sealed_note(town, str(tracking.referral.id), note))
    town.round()

    town.vault.verify()
    assert referrals.all(town.vault, town.moment()) == ()


def test_a_referral_that_the_hub_refused_is_owed_to_nobody(town):
    youth = town.meet()
    town.agree(youth)
    sent = town.release(youth)
    with town.vault.transaction() as db:
        from desktop.vault import outbox, sending

        request = db.execute("SELECT id FROM outbox WHERE kind = 'referral.request'").fetchone()[0]
        sending.settle(db, request, outbox.REFUSED, "rejected")

    counts = retention.purge(town.vault, [whole(youth)], Ground.EXPIRED, town.moment())

    assert counts["referral"] == 1
    assert sent.referral.youth == youth
    town.vault.verify()


def test_a_consent_that_a_referral_stands_on_is_not_destroyed_alone(town):
    tracking = sent_and_answered(town, "accepted", "completed")

    counts = retention.purge(
        town.vault, [Target(Thing.CONSENT, tracking.consent)], Ground.EXPIRED, town.moment()
    )

    assert counts == {}


# --- somebody asks to be forgotten --------------------------------------------------------------


def test_who_was_never_referred_is_forgotten_at_once(vault):
    a_night(vault)
    note = meet(vault, "한강공원에서 혼자 지냄")

    done = retention.erase(vault, note.youth, a_moment(hours=1))
    retention.sweep(vault, NOON + timedelta(hours=2))

    assert done.is_complete
    assert left(vault, "한강공원", "하늘") == []
    assert [entry.ground for entry in retention.log(vault)] == [Ground.ERASED]
    assert retention.erase(vault, note.youth, a_moment(hours=2)).is_complete


def test_notes_go_at_once_and_the_rest_when_the_agency_has_erased_its_part(town):
    tracking = sent_and_answered(town, "accepted")
    vault, youth = town.vault, tracking.referral.youth
    file = youths.open_file(vault, youth, None, town.moment())
    notes.save(vault, youth, file.meeting.id, "한강공원에서 혼자 지냄", town.moment())

    first = retention.erase(vault, youth, town.moment())
    assert {each.debt for each in first.owed} == {Debt.ERASURE, Debt.WORD}
    assert first.counts["note"] == 1
    assert retention.fulfil(vault, town.moment()) == ()
    (expiry,) = retention.upcoming(vault, town.now)
    assert (expiry.since, expiry.due) == (Since.WISH, town.now)

    town.round()
    assert retention.erase(vault, youth, town.moment()).owed == (
        Owed(Debt.ERASURE, tracking.agency_name),
    )
    town.answer(town.shelter.attest(str(tracking.referral.id)))
    town.round()

    assert retention.fulfil(vault, town.moment(), spared=youth) == ()
    assert retention.fulfil(vault, town.moment()) == (youth,)
    retention.sweep(vault, town.now + timedelta(hours=1))
    assert left(vault, "한강공원", *tracking.referral.words.values()) == []
    assert retention.upcoming(vault, town.now + 9 * YEAR) == ()
    vault.verify()


def test_while_an_agency_is_waited_for_no_words_stay_but_what_it_has(town):
    youth, another = town.meet(), town.meet(alias="바다")
    vault, moment = town.vault, town.moment
    guardians.keep_from(vault, youth, KeepReason.ABUSE, "아버지가 때린다고 함", moment())
    own_data.ask(vault, youth, Wish.CORRECT, "학교 이름이 틀림", moment())
    for whom, words in ((youth, "팔에 멍이 있음"), (another, "사흘째 안 보임")):
        forms.keep_about(vault, FormName.REPORT, whom, {"reason": words}, moment())
    town.agree(youth)
    town.release(youth)
    town.round()

    done = retention.erase(vault, youth, moment())

    assert done.owed
    assert done.counts["request"] == done.counts["kept_from"] == 1
    assert guardians.kept_from(vault, youth) is None
    assert youths.open_file(vault, youth, None, moment()).youth.keep_from_guardian
    assert own_data.of_youth(vault, youth) == ()
    assert forms.typed_about(vault, FormName.REPORT, youth) == {}
    assert forms.typed_about(vault, FormName.REPORT, another) == {"reason": "사흘째 안 보임"}
    vault.verify()


def test_every_consent_ends_with_a_message_of_its_own(town):
    youth = town.meet()
    town.agree(youth)
    town.release(youth)
    town.hub.clock.turn(minutes=1)
    town.agree(youth)
    town.release(youth)
    town.round()

    done = retention.erase(town.vault, youth, town.moment())

    withdrawn = [m for m in town.leaves(town.vault) if b"consent.withdrawn" in m.header]
    assert len({m.header for m in withdrawn}) == 2
    assert done.owed


def test_only_a_law_keeps_what_somebody_wants_erased(town):
    tracking = sent_and_answered(town, "accepted")
    vault, youth = town.vault, tracking.referral.youth
    retention.erase(vault, youth, town.moment())
    (expiry,) = retention.upcoming(vault, town.now)

    with pytest.raises(WishStands):
        retention.keep_longer(
            vault, expiry, town.now + YEAR, (Reason.HELP, "필요함"), town.moment()
        )
    retention.keep_longer(
        vault, expiry, town.now + YEAR, (Reason.LAW, "공공기록물법 19조"), town.moment()
    )

    assert retention.upcoming(vault, town.now) == ()
    assert retention.erase(vault, youth, town.moment()).kept_until == town.now + YEAR


def test_a_note_that_a_law_keeps_keeps_its_person(vault):
    a_night(vault)
    note = meet(vault, "골목에서 만남")
    (expiry,) = retention.upcoming(vault, NOON + YEAR)
    about_note = replace(expiry, target=Target(Thing.NOTE, note.id))
    retention.keep_longer(
        vault, about_note, NOON + 2 * YEAR, (Reason.LAW, "공공기록물법 19조"), a_moment()
    )

    assert retention.upcoming(vault, NOON + YEAR) == ()
    assert retention.erase(vault, note.youth, a_moment()).kept_until == NOON + 2 * YEAR


def test_before_anything_is_done_it_is_foreseen_what_only_a_law_holds_back(vault):
    a_night(vault)
    youth = meet(vault, "골목에서 만남").youth
    (expiry,) = retention.upcoming(vault, NOON + YEAR)

    retention.keep_longer(vault, expiry, NOON + YEAR, (Reason.HELP, "만나요"), a_moment())
    assert retention.foreseen(vault, youth, NOON) == retention.Erasing()
    retention.keep_longer(vault, expiry, NOON + YEAR, (Reason.LAW, "19조"), a_moment())

    assert retention.foreseen(vault, youth, NOON).kept_until == NOON + YEAR
    assert (retention.upcoming(vault, NOON + 2 * YEAR)[0]).since is Since.CONTACT


def test_what_is_owed_is_foreseen_before_it_is_asked_for(town):
    tracking = sent_and_answered(town, "accepted")

    foreseen = retention.foreseen(town.vault, tracking.referral.youth, town.now)

    assert foreseen.owed == (Owed(Debt.HELP, tracking.agency_name),)


def test_what_a_shorter_policy_makes_due_at_once_is_counted_and_nothing_is_chosen(vault):
    a_night(vault)
    meet(vault, "골목에서 만남")
    kept = meet(vault, "편의점 앞", alias="바다")
    (whole_of_kept,) = (
        each for each in retention.upcoming(vault, NOON + 2 * YEAR)
        if each.target == whole(kept.youth)
    )  # fmt: skip
    later = NOON + 100 * DAY
    retention.keep_longer(
        vault, whole_of_kept, NOON + 2 * YEAR, (Reason.HELP, "만나요"), a_moment()
    )

    assert retention.due_at_once(vault, Policy(contact=101), later) == 0
    assert retention.due_at_once(vault, Policy(contact=99), later) == 1
    assert retention.due_at_once(vault, Policy(contact=99), NOON + YEAR) == 0
    assert retention.policy(vault) == Policy()
