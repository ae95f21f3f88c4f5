"""Personas: simulated candidates.

A persona file is YAML, named after its id. Every field may be left out:

    summary: one sentence for `viva simulate --help`
    behaviour: answers | silent | leaves    (silent: never speaks; leaves: goes as soon as greeted)
    seconds: [25, 35, 45, 40, 40]           segment lengths that show this persona, in `viva bench`

    says: average                           cues, lines and otherwise are those of another persona,
                                            as far as they are not given here
    cues:                                   said once, when one of the words is in the question
      - when: [metric, measure]
        say: We would track ...
    lines:                                  said in order, by segment, when no cue fits
      warm_up: [...]
    otherwise: [...]                        said in turn when the segment has no line left

    thinking_s: 0.7                         seconds of silence before each answer
    voice:
      pace: 1.0                             0.5 to 2; 1 is the voice's own
      gain_db: 0                            -40 to 12, against -22 dBFS
    barge_in:                               breaks in while the interviewer speaks
      every: 3                              ... into every third of its turns
      after_s: 1.5                          ... so long after its first sound
      say: ["Wait, actually,"]              ... with one of these before the answer
    backchannel:                            a word while the interviewer speaks, the floor not taken
      every: 2
      after_s: 2.0
      say: [Right., Okay.]
    absence: {after_answers: 4, seconds: 8} leaves the room once and comes back

    room:                                   levels: dB by which speech is louder than the noise, RMS
      noise_snr_db: 20                      room noise
      babble_snr_db: 25                     other people talking
      phone: true                           a telephone line: 300 to 3400 Hz, 8 kHz, mu-law

In a line `[pause 6]` is six seconds of silence inside the turn, 0.2 to 20; the noise goes on.
A plain text file is a persona as well: every line is one answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from viva.errors import CommandError
from viva.marks import pieces
from viva.places import PERSONAS

SegmentId = Literal["warm_up", "problem_framing", "solution_exploration", "deep_dive", "wrap_up"]
_BORROWED = ("cues", "lines", "otherwise")


def _readable(line: str) -> str:
    pieces(line)
    return line


Line = Annotated[str, Field(min_length=1), AfterValidator(_readable)]
Snr = Annotated[float, Field(ge=-10, le=60)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Cue(_Part):
    when: list[str] = Field(min_length=1)
    say: Line


class VoiceOf(_Part):
    pace: float = Field(1.0, ge=0.5, le=2)
    gain_db: float = Field(0.0, ge=-40, le=12)


class BargeIn(_Part):
    every: int = Field(ge=1)
    after_s: float = Field(1.5, ge=0.3, le=30)
    say: list[Line] = []


class Backchannel(_Part):
    every: int = Field(ge=1)
    after_s: float = Field(2.0, ge=0.3, le=30)
    say: list[Line] = Field(min_length=1)


class Absence(_Part):
    after_answers: int = Field(ge=1)
    seconds: float = Field(ge=1, le=600)


class RoomOf(_Part):
    noise_snr_db: Snr | None = None
    babble_snr_db: Snr | None = None
    phone: bool = False


class Persona(_Part):
    id: str
    summary: str = ""
    behaviour: Literal["answers", "silent", "leaves"] = "answers"
    seconds: list[float] | None = Field(None, min_length=5, max_length=5)
    says: str | None = None
    cues: list[Cue] = []
    lines: dict[SegmentId, list[Line]] = {}
    otherwise: list[Line] = []
    thinking_s: float = Field(0.7, ge=0, le=60)
    voice: VoiceOf = VoiceOf()
    barge_in: BargeIn | None = None
    backchannel: Backchannel | None = None
    absence: Absence | None = None
    room: RoomOf = RoomOf()


class Answers:
    """What a persona says next. Cues and lines are said once; `otherwise` goes round."""

    def __init__(self, persona: Persona) -> None:
        self._cues = list(persona.cues)
        self._lines: dict[str, list[str]] = {
            segment: list(lines) for segment, lines in persona.lines.items()
        }
        self._otherwise: Iterator[str] = cycle(persona.otherwise)

    def to(self, question: str, segment: str) -> str | None:
        """The answer to what the interviewer said last in `segment`; None when there is none."""
        for cue in self._cues:
            if any(_mentions(question, word) for word in cue.when):
                self._cues.remove(cue)
                return cue.say
        if self._lines.get(segment):
            return self._lines[segment].pop(0)
        return next(self._otherwise, None)


def _mentions(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(words)}", text, re.IGNORECASE) is not None


def names() -> list[str]:
    """The personas that come with Viva."""
    return sorted(path.stem for path in PERSONAS.glob("*.yaml"))


def load(name_or_path: str) -> Persona:
    """A persona that comes with Viva, by name, or one of a file. Raises CommandError."""
    persona, path = _read(name_or_path)
    if persona.says is None:
        return persona
    try:
        other, _ = _read(persona.says)
    except CommandError as error:
        raise CommandError(f"{path}: field 'says': {error}") from None
    if other.says is not None:
        raise CommandError(
            f"{path}: field 'says': {other.id!r} borrows its words itself; name {other.says!r}"
        )
    borrowed = {
        name: getattr(other, name) for name in _BORROWED if name not in persona.model_fields_set
    }
    return persona.model_copy(update=borrowed)


def _read(name_or_path: str) -> tuple[Persona, Path]:
    path = PERSONAS / f"{name_or_path}.yaml"
    if not re.fullmatch(r"[a-z0-9-]+", name_or_path) or not path.is_file():
        path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CommandError(
            f"no persona {name_or_path!r}: give one of {', '.join(names())}, or a file"
        ) from None
    return parse(text, path), path


def parse(text: str, path: Path) -> Persona:
    """The persona in `text`; `path` gives its id and, by its ending, its format. What it borrows is
    not looked up. Raises CommandError naming line and field."""
    if path.suffix not in {".yaml", ".yml"}:
        answers = [line.strip() for line in text.splitlines() if line.strip()]
        if not answers:
            raise CommandError(f"{path}: no line to say; write one answer a line")
        raw: object = {"otherwise": answers}
    else:
        try:
            raw = yaml.safe_load(text) or {}
        except yaml.YAMLError as error:
            raise CommandError(f"{path}: not a YAML mapping: {error}") from None
    if not isinstance(raw, dict):
        raise CommandError(f"{path}: not a YAML mapping; write fields, such as `summary: ...`")
    try:
        return Persona.model_validate({"id": path.stem, **raw})
    except ValidationError as error:
        problems = sorted(
            (_line_of(text, problem["loc"]), ".".join(map(str, problem["loc"])), problem["msg"])
            for problem in error.errors()
        )
        raise CommandError(
            "\n".join(f"{path}:{line}: field {field!r}: {wrong}" for line, field, wrong in problems)
        ) from None


def _line_of(text: str, where: tuple[int | str, ...]) -> int:
    """The line, from 1, of the field at `where`, or of the last part of it that is there."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return 1
    line = 1
    for part in where:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    found, line = value, key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            found = node.value[part]
            line = found.start_mark.line + 1
        if found is None:
            break
        node = found
    return line
