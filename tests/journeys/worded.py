"""Texts of one's own, and what becomes of records in the end."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

from consent_texts_for_tests import OWN, WHY, as_supervisor, spoil
from journeys import asked
from journeys.consent_table import of
from prove.decrypted import frames, pages

from desktop.domain.consents import LANGUAGES, Article
from desktop.domain.retention import Target, Thing
from desktop.domain.text_versions import put
from desktop.errors import AppError
from desktop.services import consents, retention, text_versions
from desktop.vault import mailbox
from desktop.vault.folder import Folder

gone, editor = of("Destruction"), of("A text editor for organisations")


@gone("when purpose or period ends, records go irrecoverably (vault issue), the log keeps no"
      " personal data.", alone="counselor")  # fmt: skip
def what_has_ended_is_gone_and_only_counted(hand):
    left_alone = hand.meet("강아지풀").youth.alias.encode()
    file = asked.written(hand, "민들레홀씨")
    asked.agreed(hand, "yes", "yes")
    with hand.clock(2027, 11, 12, 12):
        hand.do("ending")
        ending = asked.front(hand)
        _destroyed_by_hand(hand, ending, file.youth)
        _looked_after(hand, ending)
        assert left_alone in hand.ask(_raw)
    with hand.clock(2027, 11, 26, 13):
        _looked_after(hand, ending)
        assert left_alone not in hand.ask(_raw)
    log = repr(hand.ask(retention.log))
    assert "민들레홀씨" not in log
    assert "강아지풀" not in log


def _destroyed_by_hand(hand, ending, youth):
    alias, whole = youth.alias.encode(), Target(Thing.YOUTH, youth.id)
    assert alias in hand.ask(_raw)
    hand.until(lambda: any(c.about.target == whole for c in ending.list.cards))
    [at] = [n for n, c in enumerate(ending.list.cards) if c.about.target == whole]
    ending.list.list.choose(at)
    hand.click(ending.list.list.buttons[1])
    assert alias in hand.ask(_raw)
    hand.click(ending.destroy_page.act_button)
    hand.until(lambda: not ending._is_cleaning)
    assert alias not in hand.ask(_raw)
    log = hand.ask(retention.log)  # what else was over has gone at the same moment
    assert [each for each in log if each.counts.get("consent") == 1], log


def _looked_after(hand, ending):
    """Let the vault be looked after once, soon after a word of the hub."""
    now, done = hand.tasks.moment().now, []

    def heard(vault):
        with vault.transaction() as db:
            mailbox.heard(db, now, 0)

    hand.ask(heard)
    ending._upkeep.done.connect(lambda *said: done.append(said))
    ending._upkeep.look()
    hand.until(lambda: done)


def _raw(vault):
    """Return every byte of the vault's files, decrypted."""
    folder, key = Folder(vault.folder), vault.session.keys.database
    return b"".join(pages(folder.database, key)) + b"".join(frames(folder.wal, key))


@editor("consent texts as versioned files with named blanks, checked so that every item the law"
        " requires is present, in every language offered; ", alone="counselor")  # fmt: skip
def a_text_of_ones_own_is_checked_whole(hand):
    shelf, wording = _writing(hand)
    row = wording.rows.rows[WHY]
    for said, is_whole in (("", False), ("{who} 그대로예요.", False), ("그대로예요.", True)):
        row.box.setPlainText(said)
        hand.settle()
        assert wording.foot_part.force_button.isVisible() == is_whole, said
    for language, article in product(LANGUAGES, Article):
        lacking = put(OWN, language, ("youth", article.value, "who", 1), "")
        assert hand.ask(lambda vault, t=lacking: _refused(vault, t, hand)) == (True,), language
    hand.click(wording.foot_part.force_button)
    hand.click(wording.foot_part.confirm_button)
    [newest] = hand.ask(text_versions.shelf).versions
    wording.leave()
    shelf.leave()
    asked.written(hand, "방울새")
    page = asked.handed(hand)
    asked.say(hand, page, "yes")
    assert page.question.rows["if_no"][1].text() == "그대로예요."
    asked.say(hand, page, "yes")
    assert asked.given_back(hand, page).notice.form == newest.form


def _writing(hand):
    """Sit down as a supervisor and begin to write, at why somebody may say no."""
    hand.ask(lambda vault: as_supervisor(vault) or True)
    hand.do("texts")
    shelf = hand.desk.writing.shelf
    hand.click(shelf.write_button)
    shelf.wording.place.group.setCurrentIndex(1)
    shelf.wording._on_chosen()
    return shelf, shelf.wording


def _refused(vault, texts, hand):
    try:
        text_versions.put_in_force(vault, texts, hand.tasks.moment())
    except AppError:
        return (True,)
    return (False,)


@editor("a referral cannot use a text that fails.", alone="counselor")
def a_text_that_fails_carries_no_referral(hand):
    form = hand.ask(lambda vault: spoil(vault, hand.tasks.moment().now))
    file = asked.written(hand, "굴뚝새")
    sheet = asked.start(hand)
    assert sheet.held.isVisible()
    sheet.leave()
    kept = asked.agreed(hand, "yes", "yes")
    assert kept.notice.form == OWN["ko"]["form"]  # the program's own holds instead

    def tried(vault):
        spoiled = replace(kept, notice=replace(kept.notice, form=form), record=None,
                          valid_until=kept.valid_until + timedelta(days=1))  # fmt: skip
        try:
            consents.record(vault, spoiled, hand.tasks.moment())
        except AppError as error:
            return type(error).__name__
        return "kept"

    assert hand.ask(tried) == "TextsRefused"
    assert hand.again(file).consents == (kept,)
