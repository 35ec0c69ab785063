"""Reading aloud: offered where there is a voice, silent at once, and no words anywhere else."""

import sys
from dataclasses import replace

import pytest
from pages_for_tests import NIGHT
from PySide6.QtCore import QObject

from desktop.domain.agencies import Category
from desktop.domain.consents import Article, Item
from ui.consents.frame import Head, draft_words
from ui.consents.reading import Reading
from ui.consents.texts import YOUTH, Blanks, Form
from ui.consents.voice import Voice

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="speaks with espeak-ng")
LIST = "Pty Language  Age/Gender VoiceName  File  Other Languages"
SPEAKER = f"""#!/bin/sh
echo "$@" >> "$0.asked"
case "$1" in
--voices=ko) echo "{LIST}"; echo " 5  ko              --/M      Korean             sit/ko" ;;
--voices=vi) echo "{LIST}"; echo " 5  vi              --/M      Vietnamese         aav/vi" ;;
--voices=*) echo "{LIST}" ;;
-v) cat > "$0.said.part"; mv "$0.said.part" "$0.said"; [ -e "$0.slow" ] && exec sleep 60 ;;
esac
"""


@pytest.fixture
def speaker(tmp_path, monkeypatch):
    """Put a program of that name first, which writes down what it is given."""
    program = tmp_path / "espeak-ng"
    program.write_text(SPEAKER)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return program


@pytest.fixture
def voice(qapp):
    around = QObject()
    yield Voice(around)
    around.deleteLater()


def beside(program, name):
    return program.with_name(program.name + name)


def ready(voice, qtbot):
    with qtbot.waitSignal(voice.found, timeout=5_000):
        assert not voice.knows("ko")
    return voice


def test_a_language_without_a_voice_is_not_offered(voice, speaker, qtbot):
    ready(voice, qtbot)
    assert not voice.knows("mn")
    qtbot.waitUntil(lambda: "--voices=mn" in beside(speaker, ".asked").read_text())
    qtbot.wait(50)

    assert voice.knows("ko")
    assert not voice.knows("mn")


def test_without_such_a_program_nothing_is_offered(voice, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not voice.knows("ko")


def test_it_says_the_lines_and_none_of_them_stands_among_its_arguments(voice, speaker, qtbot):
    ready(voice, qtbot)

    with qtbot.waitSignal(voice.ended, timeout=5_000):
        voice.say("ko", ("이야기를 적어도 될까요?", "아니라고 해도 그대로예요."))

    said = beside(speaker, ".said").read_text()
    assert said == "이야기를 적어도 될까요?\n\n아니라고 해도 그대로예요."
    assert "이야기" not in beside(speaker, ".asked").read_text()


def test_it_is_silent_at_once(voice, speaker, qtbot):
    ready(voice, qtbot)
    beside(speaker, ".slow").touch()
    voice.say("ko", ("길게",))
    qtbot.waitUntil(lambda: beside(speaker, ".said").exists())
    assert voice.is_speaking

    voice.hush()

    assert not voice.is_speaking


def test_a_voice_reads_its_own_language_and_not_what_stands_beside_it(qtbot, speaker):
    blanks = Blanks("하늘", "Gwanak", frozenset({Item.AGE}), (Category.COUNSEL,), NIGHT)
    form, korean = Form("vi"), Form("ko").screen(Article.PROVIDE, YOUTH, blanks)
    alone = form.screen(Article.PROVIDE, YOUTH, blanks)
    shown = replace(alone.beside(korean), aside=("받는 곳", draft_words(form)))
    head = Head()
    qtbot.addWidget(head)
    reading = Reading(head)
    reading.show(shown, form, "Anna đang cùng nghe câu trả lời")
    qtbot.waitUntil(lambda: reading.voice.knows("vi"))

    with qtbot.waitSignal(reading.voice.ended, timeout=5_000):
        head.aloud_button.click()

    said = beside(speaker, ".said").read_text()
    assert said == "\n\n".join((*alone.lines(), "Anna đang cùng nghe câu trả lời"))
