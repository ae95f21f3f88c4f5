"""Personas: simulated candidates.

A persona file is YAML, named after its id:

    summary: one sentence for `viva simulate --help`
    behaviour: answers | silent | leaves    (silent: never speaks; leaves: goes as soon as greeted)
    thinking_s: 0.7                         seconds of silence before each answer
    cues:                                   said once, when one of the words is in the question
      - when: [metric, measure]
        say: We would track ...
    lines:                                  said in order, by segment, when no cue fits
      warm_up: [...]
    otherwise: [...]                        said in turn when the segment has no line left

A plain text file is a persona as well: every line is one answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview.scenario import SEGMENT_IDS
from viva.errors import CommandError
from viva.places import PERSONAS


class Cue(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    when: list[str] = Field(min_length=1)
    say: str = Field(min_length=1)


class Persona(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    summary: str = ""
    behaviour: Literal["answers", "silent", "leaves"] = "answers"
    thinking_s: float = Field(0.7, ge=0, le=60)
    cues: list[Cue] = []
    lines: dict[str, list[str]] = {}
    otherwise: list[str] = []


class Answers:
    """What a persona says next. Cues and lines are said once; `otherwise` goes round."""

    def __init__(self, persona: Persona) -> None:
        self._cues = list(persona.cues)
        self._lines = {segment: list(lines) for segment, lines in persona.lines.items()}
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
    path = PERSONAS / f"{name_or_path}.yaml"
    if not re.fullmatch(r"[a-z0-9-]+", name_or_path) or not path.is_file():
        path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CommandError(
            f"no persona {name_or_path!r}: give one of {', '.join(names())}, or a file"
        ) from None
    return parse(text, path)


def parse(text: str, path: Path) -> Persona:
    """The persona in `text`; `path` gives its id and, by its ending, its format."""
    if path.suffix not in {".yaml", ".yml"}:
        answers = [line.strip() for line in text.splitlines() if line.strip()]
        if not answers:
            raise CommandError(f"{path}: no line to say; write one answer a line")
        return Persona(id=path.stem, otherwise=answers)
    try:
        raw = yaml.safe_load(text)
        persona = Persona.model_validate({"id": path.stem, **(raw or {})})
    except (yaml.YAMLError, TypeError) as error:
        raise CommandError(f"{path}: not a YAML mapping: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CommandError(f"{path}: field {where!r}: {first['msg']}") from None
    if unknown := sorted(set(persona.lines) - set(SEGMENT_IDS)):
        raise CommandError(
            f"{path}: field 'lines.{unknown[0]}': no such segment; use {', '.join(SEGMENT_IDS)}"
        )
    return persona
