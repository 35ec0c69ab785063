"""What a patrol shares opens for its members, for nobody before and for nobody afterwards."""

import os
import random
import shutil
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from fakes import FakeKeychain, FixedChance
from vaults_for_tests import PASSPHRASE, a_vault

from desktop.domain.moment import Moment
from desktop.errors import (
    InvitationRefused,
    NothingWritten,
    NotInTeam,
    ResidentNumberFound,
    TeamFull,
    TextTooLong,
    UnsafePlace,
    VaultDamaged,
    VaultInUse,
    WrongWorld,
)
from desktop.services import board, escrow, members, membership, team
from desktop.vault import header as headers
from desktop.vault import opening
from desktop.vault import team as rows
from desktop.vault.folder import Folder
from desktop.vault.header import MOST_SLOTS
from desktop.vault.slots import MemberSlot, member_slot

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=25)


class Laptop:
    """Own vaults by label, and the folder of the team."""

    def __init__(self, place):
        self.place, self.folder, self.own = place, place / "team", {}

    def member(self, label):
        if label not in self.own:
            self.own[label] = a_vault(self.place / label)
        return self.own[label]

    def joining(self, label, now=NOON):
        return {"label": label, "now": now, "chance": os.urandom}

    def create(self, label):
        return team.create(self.member(label), self.folder, "새벽팀", **self.joining(label))

    def open(self, label, now=NOON):
        return team.open_team(self.member(label), self.folder, now=now)

    def invite(self, by, now=NOON):
        opened = self.open(by, now).vault
        try:
            return team.invite(self.member(by), opened, now=now, chance=os.urandom)
        finally:
            opened.close()

    def join(self, label, code, now=NOON):
        return team.join(self.member(label), self.folder, code, **self.joining(label, now))

    def remove(self, by, label):
        own, opened = self.member(by), self.open(by).vault
        who = team.my_id(self.member(label))
        return team.remove(own, opened, who, now=NOON, chance=os.urandom)

    def opens_for(self, label):
        try:
            self.open(label).vault.close()
        except NotInTeam:
            return False
        return True

    def listed(self, by):
        opened = self.open(by).vault
        found = [member.label for member in team.members(opened)]
        opened.close()
        return found


@pytest.fixture
def laptop(tmp_path):
    laptop = Laptop(tmp_path)
    yield laptop
    for vault in laptop.own.values():
        vault.close()


@pytest.fixture
def pair(laptop):
    """Return a laptop where 솔 made the team and 나무 joined it; and the team's own code."""
    made = laptop.create("솔")
    members.prove_code(made.vault)
    made.vault.close()
    laptop.join("나무", laptop.invite("솔").code).vault.close()
    return laptop, made.recovery_code


# --- coming in ------------------------------------------------------------------------------


def test_a_member_makes_the_team_invites_and_both_open_it(pair):
    laptop, _ = pair

    assert laptop.listed("솔") == laptop.listed("나무") == ["솔", "나무"]
    opened = laptop.open("나무").vault
    opened.verify()
    assert opened.world == "practice"
    assert opening.current(opened).header.policy == headers.Policy("새벽팀", "team")
    opened.close()


def test_a_colleague_on_the_same_laptop_who_was_not_invited_stays_outside(pair):
    laptop, _ = pair

    assert not laptop.opens_for("바람")
    membership.made(laptop.member("바람"), os.urandom)
    assert not laptop.opens_for("바람")


def test_an_invitation_works_once(pair):
    laptop, _ = pair
    code = laptop.invite("솔").code
    laptop.join("바람", code).vault.close()

    with pytest.raises(InvitationRefused):
        laptop.join("하늘", code)

    assert laptop.listed("솔") == ["솔", "나무", "바람"]


def test_an_invitation_lasts_a_day_and_then_leaves_the_file(pair):
    laptop, _ = pair
    invitation = laptop.invite("솔")
    assert invitation.until == NOON + timedelta(hours=24)

    with pytest.raises(InvitationRefused):
        laptop.join("바람", invitation.code, now=invitation.until)
    laptop.open("나무", now=LATER).vault.close()

    with pytest.raises(InvitationRefused):  # a clock set back finds nothing any more
        laptop.join("바람", invitation.code, now=NOON)


@pytest.mark.parametrize("code", ["", "0000", "0" * 28])
def test_a_wrong_code_opens_nothing(pair, code):
    laptop, _ = pair

    with pytest.raises(InvitationRefused):
        laptop.join("바람", code)


def test_joining_twice_leaves_one_slot(pair):
    laptop, _ = pair

    laptop.join("나무", laptop.invite("솔").code).vault.close()

    slots = headers.read(Folder(laptop.folder)).newest.header.slots
    assert len([slot for slot in slots if isinstance(slot, MemberSlot)]) == 2
    assert laptop.listed("솔") == ["솔", "나무"]


def test_killed_between_the_list_and_the_slot_the_invitation_still_stands(pair):
    laptop, _ = pair
    invitation = laptop.invite("솔")
    before = [(laptop.folder / name).read_bytes() for name in ("hdr.a", "hdr.b")]
    me = membership.made(laptop.member("바람"), os.urandom)
    opened = laptop.open("솔").vault
    with opened.transaction() as db:
        rows.list_member(db, team.Member(me.id, "바람", NOON), me.public)

    assert [member.label for member in team.members(opened)] == ["솔", "나무"]
    opened.close()
    assert [(laptop.folder / name).read_bytes() for name in ("hdr.a", "hdr.b")] == before
    laptop.join("바람", invitation.code).vault.close()
    assert laptop.listed("바람") == ["솔", "나무", "바람"]


def test_killed_while_the_team_was_made_its_maker_is_listed_at_the_next_opening(laptop):
    made = laptop.create("솔")
    with made.vault.transaction() as db:
        rows.unlist_member(db, team.my_id(laptop.member("솔")), NOON)
    made.vault.close()
    members.rename(laptop.member("솔"), "솔")

    assert laptop.listed("솔") == ["솔"]


def test_the_teams_own_code_lets_a_member_in_when_nobody_is_left(pair):
    laptop, code = pair
    lost = {laptop.own.pop("솔"), laptop.own.pop("나무")}

    laptop.join("바람", code).vault.close()

    assert laptop.opens_for("바람")
    for vault in lost:
        vault.close()


def test_a_code_of_the_team_nobody_proved_is_made_anew(laptop):
    made = laptop.create("솔")
    made.vault.close()

    opened = team.open_team(laptop.member("솔"), laptop.folder, now=NOON, chance=os.urandom)
    opened.vault.close()

    assert opened.recovery_code not in {"", made.recovery_code}


def test_a_full_team_takes_nobody_more(laptop):
    made = laptop.create("솔")
    copy = opening.current(made.vault)
    vmk = membership.vmk(laptop.member("솔"), made.vault)
    extra = member_slot(
        copy.header.lid, vmk, membership.made(laptop.member("나무"), os.urandom).public
    )
    full = (*copy.header.slots, *[extra] * (MOST_SLOTS - len(copy.header.slots)))
    opening.replace_header(made.vault, copy.header.with_slots(full), copy.seq + 1)

    with pytest.raises(TeamFull):
        team.invite(laptop.member("솔"), made.vault, now=NOON, chance=os.urandom)

    made.vault.close()
    with pytest.raises(TeamFull):
        laptop.join("바람", made.recovery_code)


def test_a_team_is_not_made_in_a_cloud_folder_nor_on_top_of_another(pair, tmp_path):
    laptop, _ = pair

    with pytest.raises(UnsafePlace):
        team.create(
            laptop.member("솔"), tmp_path / "Nextcloud" / "team", "팀", **laptop.joining("솔")
        )
    with pytest.raises(VaultInUse):
        laptop.create("솔")


def test_a_practice_member_does_not_open_a_real_team(pair, tmp_path):
    laptop, _ = pair
    real = members.create(
        tmp_path / "real", PASSPHRASE,
        world="real", chance=os.urandom, keychain=FakeKeychain(), cost=members.FLOOR,
    ).vault  # fmt: skip

    with pytest.raises(WrongWorld):
        team.open_team(real, laptop.folder, now=NOON)

    real.close()


# --- leaving --------------------------------------------------------------------------------


def test_a_removed_member_opens_nothing_written_since_even_with_the_old_header(pair, tmp_path):
    laptop, old_code = pair
    old = shutil.copytree(laptop.folder, tmp_path / "copied by 나무")
    opened = laptop.open("나무").vault
    old_key = membership.vmk(laptop.member("나무"), opened)
    opened.close()

    removed = laptop.remove("솔", "나무")
    board.post(
        laptop.member("솔"), removed.vault, "오늘은 쉬어요", LATER, Moment(NOON, UUID(int=4))
    )
    removed.vault.close()

    assert laptop.opens_for("솔")
    assert not laptop.opens_for("나무")
    with pytest.raises(InvitationRefused):
        laptop.join("나무", old_code)
    for name in ("hdr.a", "hdr.b"):
        shutil.copy(old / name, laptop.folder / name)
    with pytest.raises(VaultDamaged):
        laptop.open("나무")
    with pytest.raises(VaultDamaged):
        opening_by_key(laptop.folder, old_key)
    # Said plainly: the copy from before is still theirs.
    team.open_team(laptop.member("나무"), old, now=NOON).vault.close()


def opening_by_key(folder, key):
    files = Folder(folder)
    owner, copies = opening.approach(files)
    try:
        vault, _ = opening.open_vault(files, copies, key, owner)
        vault.close()
    finally:
        owner.release()


def test_after_removing_the_others_and_their_notices_are_still_there(pair):
    laptop, _ = pair
    laptop.join("바람", laptop.invite("나무").code).vault.close()
    opened = laptop.open("바람").vault
    board.post(laptop.member("바람"), opened, "분수대 공사 중", LATER, Moment(NOON, UUID(int=4)))
    opened.close()

    removed = laptop.remove("솔", "나무")
    assert removed.recovery_code
    removed.vault.close()

    assert laptop.listed("바람") == ["솔", "바람"]
    opened = laptop.open("바람").vault
    assert [notice.text for notice in board.notices(opened, NOON)] == ["분수대 공사 중"]
    opened.verify()
    opened.close()


def test_removing_ends_every_open_invitation(pair):
    laptop, _ = pair
    code = laptop.invite("나무").code

    laptop.remove("솔", "나무").vault.close()

    with pytest.raises(InvitationRefused):
        laptop.join("나무", code)


def test_somebody_who_was_removed_may_be_invited_again(pair):
    laptop, _ = pair
    laptop.remove("솔", "나무").vault.close()

    laptop.join("나무", laptop.invite("솔").code).vault.close()

    assert laptop.listed("나무") == ["솔", "나무"]


def test_nobody_removes_themselves_and_no_outsider_removes_anybody(pair):
    laptop, _ = pair
    opened = laptop.open("솔").vault

    with pytest.raises(ValueError, match="themselves"):
        team.remove(
            laptop.member("솔"), opened, team.my_id(laptop.member("솔")),
            now=NOON, chance=os.urandom,
        )  # fmt: skip
    with pytest.raises(NotInTeam):
        team.remove(
            laptop.member("바람"), opened, team.my_id(laptop.member("나무")),
            now=NOON, chance=os.urandom,
        )  # fmt: skip
    opened.close()


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_order_exactly_the_current_members_open_it(laptop, seed):
    chance, names = random.Random(seed), [f"m{n}" for n in range(6)]
    made = laptop.create(names[0])
    members.prove_code(made.vault)
    made.vault.close()
    now_in, code = {names[0]}, made.recovery_code

    for _ in range(14):
        who, by = chance.choice(names), chance.choice(sorted(now_in))
        if who not in now_in:
            laptop.join(who, laptop.invite(by).code).vault.close()
            now_in.add(who)
        elif who != by:
            removed = laptop.remove(by, who)
            members.prove_code(removed.vault)
            removed.vault.close()
            now_in.remove(who)
            code = removed.recovery_code
        assert {name for name in names if laptop.opens_for(name)} == now_in

    assert laptop.listed(sorted(now_in)[0])
    laptop.join("last", code).vault.close()


# --- the board ------------------------------------------------------------------------------


@pytest.fixture
def opened(pair):
    vault = pair[0].open("나무").vault
    yield vault
    vault.close()


def post(laptop, opened, text, until=LATER, fresh=4):
    moment = Moment(NOON, UUID(int=fresh, version=4))
    return board.post(laptop.member("나무"), opened, text, until, moment)


def test_a_notice_says_who_wrote_it_when_and_until_when(pair, opened):
    laptop, _ = pair

    post(laptop, opened, "오늘 아홉 시\n분수대 앞")

    (notice,) = board.notices(opened, NOON)
    assert (notice.author, notice.text) == ("나무", "오늘 아홉 시 분수대 앞")
    assert (notice.written_at, notice.until) == (NOON, LATER)


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("070101-3234567 학생", ResidentNumberFound), ("가" * 201, TextTooLong),
        (" \n ", NothingWritten),
    ],
)  # fmt: skip
def test_a_notice_is_one_line_without_a_resident_number(pair, opened, text, failure):
    laptop, _ = pair

    with pytest.raises(failure):
        post(laptop, opened, text)

    assert board.notices(opened, NOON) == ()


def test_a_notice_goes_by_itself_and_leaves_nothing_behind(pair, opened):
    laptop, _ = pair
    post(laptop, opened, "짧은 알림", NOON + timedelta(hours=1))
    long = post(laptop, opened, "긴 알림", NOON + timedelta(days=400), fresh=5)

    assert long.until == NOON + timedelta(days=31)
    assert [notice.text for notice in board.notices(opened, LATER)] == ["긴 알림"]
    opened.close()
    again = laptop.open("나무", now=LATER).vault
    with again.reading() as db:
        texts = db.execute("SELECT text FROM board").fetchall()
        salts = db.execute("SELECT count(*) FROM salt").fetchone()
    again.verify()
    again.close()
    assert texts == [("긴 알림",)]
    assert salts == (1,)


def test_a_notice_may_be_taken_down(pair, opened):
    laptop, _ = pair
    notice = post(laptop, opened, "잘못 썼어요")

    board.take_down(opened, notice.id, NOON)

    assert board.notices(opened, NOON) == ()
    opened.verify()


# --- the organisation -----------------------------------------------------------------------


def test_the_organisation_may_come_in_when_the_team_let_it_and_stays_after_a_removal(pair):
    laptop, _ = pair
    key = escrow.new_key(FixedChance("escrow"))
    halves = (key.half_a, key.half_b)
    with pytest.raises(InvitationRefused):
        team.join_with_two(laptop.member("센터"), laptop.folder, halves, **laptop.joining("센터"))
    opened = laptop.open("솔").vault
    escrow.switch_on(opened, key.public_text, team.prove(laptop.member("솔"), opened))
    opened.close()
    laptop.remove("솔", "나무").vault.close()

    came = team.join_with_two(
        laptop.member("센터"), laptop.folder, halves, **laptop.joining("센터")
    ).vault

    assert escrow.state(came).used_at == NOON
    came.verify()
    came.close()
    assert laptop.listed("솔") == ["솔", "센터"]
