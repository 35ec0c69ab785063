"""Reading aloud with whatever voice this computer has; without one, nothing offers it."""

import re
import sys
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal, Slot

_WINDOWS_LIST: Final = (
    "Add-Type -AssemblyName System.Speech;"
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).GetInstalledVoices() |"
    " % { $_.VoiceInfo.Name + '  ' + $_.VoiceInfo.Culture.Name }"
)
_WINDOWS_SAY: Final = (
    "Add-Type -AssemblyName System.Speech; [Console]::InputEncoding = [Text.Encoding]::UTF8;"
    "$s = New-Object System.Speech.Synthesis.SpeechSynthesizer; $s.SelectVoice('{voice}');"
    "$s.Speak([Console]::In.ReadToEnd())"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A program that speaks what it is given on stdin: no words in a list of processes."""

    program: str
    lists: tuple[str, ...]
    """What makes it list its voices; `{language}` is two letters."""
    voice: str
    """How a line of the list says which voice (group 1) has `{language}`."""
    speaks: tuple[str, ...]


_SPEAKERS: Final = {
    "linux": Speaker(
        "espeak-ng", ("--voices={language}",), r"^\s*\d+\s+(\S+)\s",
        ("-v", "{voice}", "-s", "140", "-b", "1", "--stdin"),
    ),
    "darwin": Speaker(
        "say", ("-v", "?"), r"^(.+?)\s+{language}[_-]", ("-v", "{voice}", "-f", "-")
    ),
    "win32": Speaker(
        "powershell", ("-NoProfile", "-Command", _WINDOWS_LIST), r"^(.+?)\s\s{language}-",
        ("-NoProfile", "-Command", _WINDOWS_SAY),
    ),
}  # fmt: skip


class Voice(QObject):
    """Says whether a language can be read aloud, reads, and is silent at once when asked."""

    found = Signal(str)
    """A voice for this language is there."""
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        """Look for nothing yet."""
        super().__init__(parent)
        self._speaker = _SPEAKERS.get(sys.platform)
        self._voices: dict[str, str] = {}
        self._asked: set[str] = set()
        self._speaking: QProcess | None = None

    @property
    def is_speaking(self) -> bool:
        """Whether something is being read."""
        return self._speaking is not None

    def knows(self, language: str) -> bool:
        """Say whether it can be read aloud, as far as is known; `found` follows where it can."""
        if self._speaker is not None and language not in self._asked:
            self._asked.add(language)
            self._look_for(self._speaker, language)
        return language in self._voices

    def say(self, language: str, lines: tuple[str, ...]) -> None:
        """Read these lines, a breath between them."""
        self.hush()
        if self._speaker is None or language not in self._voices:
            return
        voice = self._voices[language]
        words = [word.replace("{voice}", voice) for word in self._speaker.speaks]
        self._speaking = speaking = self._started(self._speaker.program, words)
        speaking.finished.connect(self._on_end)
        speaking.errorOccurred.connect(self._on_end)
        speaking.write("\n\n".join(lines).encode())
        speaking.closeWriteChannel()

    def hush(self) -> None:
        """Be silent."""
        if self._speaking is not None:
            self._speaking.kill()
            self._speaking = None
            self.ended.emit()

    def _look_for(self, speaker: Speaker, language: str) -> None:
        if not QStandardPaths.findExecutable(speaker.program):
            return
        two = language.partition("-")[0]
        words = [word.replace("{language}", two) for word in speaker.lists]
        asking = self._started(speaker.program, words)
        asking.setObjectName(language)
        asking.finished.connect(self._on_list)

    @Slot()
    def _on_list(self) -> None:
        asking = self.sender()
        if self._speaker is None or not isinstance(asking, QProcess):
            return
        language = asking.objectName()
        line = self._speaker.voice.replace("{language}", language.partition("-")[0])
        listed = bytes(asking.readAllStandardOutput().data()).decode(errors="replace")
        if voice := re.search(line, listed, re.MULTILINE):
            self._voices[language] = voice[1]
            self.found.emit(language)

    @Slot()
    def _on_end(self) -> None:
        # One that was hushed says so late, when another may be speaking already.
        still = QProcess.ProcessState.NotRunning
        if self._speaking is not None and self._speaking.state() == still:
            self._speaking = None
            self.ended.emit()

    def _started(self, program: str, words: list[str]) -> QProcess:
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(process.deleteLater)
        process.start(program, words)
        return process
