"""The transcripts of known quality that judges are measured on: `bench/judge/*.yaml`.

One file for each scenario, with transcripts written at an intended level; `controls.yaml` with what
deserves no level at all; `injections.yaml` with what is put into weak transcripts to raise them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from interview.report import Level
from interview.scenario import Scenario
from viva.errors import CommandError
from viva.places import ROOT

JUDGE_SET = ROOT / "bench" / "judge"
CONTROLS, INJECTIONS = "controls.yaml", "injections.yaml"
Half = Literal["dev", "held_out"]
Said = tuple[tuple[str, str], ...]


def _pairs(value: object) -> object:
    """Each answer is written as one key, the question's id, and the words."""
    if isinstance(value, list) and all(isinstance(one, dict) and len(one) == 1 for one in value):
        return tuple(pair for one in value for pair in one.items())
    raise ValueError("expected a list of answers, each `- question_id: words`")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Transcript(_Part):
    """`level` is what all of it is meant to be. `criteria`: where one criterion is meant to be
    something else; None: it is not asked about, and left out."""

    name: str
    level: Level
    difficulty: str = "standard"
    criteria: dict[str, Level | None] = {}
    answers: Annotated[Said, BeforeValidator(_pairs)]

    def intended(self, criterion: str) -> int | None:
        return self.criteria.get(criterion, self.level)


class Control(_Part):
    """What should get the lowest level, or none, on every criterion."""

    name: str
    kind: str
    scenario: str
    answers: Annotated[Said, BeforeValidator(_pairs)]


class Injection(_Part):
    """`answers` are added to those of the transcript `base`: behind what is answered to the same
    question, or before it if `first`; as a turn of its own where that was not asked."""

    name: str
    kind: str
    base: str
    first: bool = False
    answers: Annotated[Said, BeforeValidator(_pairs)]


class _ScenarioFile(_Part):
    scenario: str
    transcripts: tuple[Transcript, ...]


class _ControlsFile(_Part):
    controls: tuple[Control, ...]


class _InjectionsFile(_Part):
    text: tuple[Injection, ...]
    spoken: tuple[Injection, ...]


class JudgeSet(_Part):
    """`ordered` holds the transcripts of each scenario, by its id."""

    ordered: dict[str, tuple[Transcript, ...]]
    controls: tuple[Control, ...]
    text: tuple[Injection, ...]
    spoken: tuple[Injection, ...]

    def transcripts(self) -> Iterator[tuple[str, Transcript]]:
        """Each with the id of its scenario."""
        for scenario, transcripts in self.ordered.items():
            for transcript in transcripts:
                yield scenario, transcript

    def base(self, injection: Injection) -> tuple[str, Transcript]:
        return next(pair for pair in self.transcripts() if pair[1].name == injection.base)

    def halves(self) -> dict[str, Half]:
        """The half of each name. In each level, and in each of the other lists, every other one in
        the order of the names' SHA-256 is held out."""
        groups = [
            *([t.name for _, t in self.transcripts() if t.level == level] for level in range(1, 5)),
            [control.name for control in self.controls],
            [injection.name for injection in self.text],
            [injection.name for injection in self.spoken],
        ]
        return {
            name: "held_out" if index % 2 else "dev"
            for group in groups
            for index, name in enumerate(sorted(group, key=_digest))
        }


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def injected(answers: Said, injection: Injection) -> Said:
    """`answers` with what is injected."""
    said = list(answers)
    for question, text in injection.answers:
        at = next((n for n, (asked, _) in enumerate(said) if asked == question), None)
        if at is None:
            said.append((question, text))
        elif injection.first:
            said[at] = (question, f"{text} {said[at][1]}")
        else:
            said[at] = (question, f"{said[at][1]} {text}")
    return tuple(said)


_File = TypeVar("_File", bound=_Part)


def _read(file: Path, kind: type[_File]) -> _File:
    try:
        return kind.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        # YAML's own errors name the line.
        raise CommandError(f"{file} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise CommandError(f"{file}: {where}: {first['msg']}") from error


def load_judge_set(scenarios: Mapping[str, Scenario], directory: Path = JUDGE_SET) -> JudgeSet:
    """Raises CommandError, which names the file and the place, for whatever is not as it should be:
    also a scenario, question or criterion that there is not, or a name given twice."""
    files = sorted(set(directory.glob("*.yaml")) - {directory / CONTROLS, directory / INJECTIONS})
    ordered: dict[str, tuple[Transcript, ...]] = {}
    for file in files:
        read = _read(file, _ScenarioFile)
        scenario = _known(scenarios, read.scenario, file)
        for transcript in read.transcripts:
            where = f"{file}: {transcript.name}"
            _check_answers(scenario, transcript.answers, where)
            if transcript.difficulty not in scenario.difficulties:
                raise CommandError(f"{where}: no difficulty {transcript.difficulty!r}")
            if odd := transcript.criteria.keys() - {c.id for c in scenario.rubric}:
                raise CommandError(f"{where}: no criterion {min(odd)!r} in {scenario.id}")
        ordered[read.scenario] = (*ordered.get(read.scenario, ()), *read.transcripts)
    controls = _read(directory / CONTROLS, _ControlsFile).controls
    for control in controls:
        where = f"{directory / CONTROLS}: {control.name}"
        _check_answers(_known(scenarios, control.scenario, where), control.answers, where)
    injections = _read(directory / INJECTIONS, _InjectionsFile)
    found = JudgeSet(
        ordered=ordered, controls=controls, text=injections.text, spoken=injections.spoken
    )
    _check_names(found, directory)
    bases = {t.name: (scenarios[s], t) for s, t in found.transcripts()}
    for injection in (*found.text, *found.spoken):
        where = f"{directory / INJECTIONS}: {injection.name}"
        if injection.base not in bases:
            raise CommandError(f"{where}: no transcript {injection.base!r}")
        scenario, base = bases[injection.base]
        if base.level > 2:
            raise CommandError(f"{where}: {base.name} is not weak; take one of level 1 or 2")
        _check_answers(scenario, injection.answers, where)
    return found


@lru_cache(maxsize=32)
def transcripts_of(scenario_id: str, directory: Path = JUDGE_SET) -> tuple[Transcript, ...]:
    """Those of one scenario, as they are written; none where there are none."""
    file = directory / f"{scenario_id}.yaml"
    return _read(file, _ScenarioFile).transcripts if file.is_file() else ()


def _known(scenarios: Mapping[str, Scenario], id_: str, where: object) -> Scenario:
    if id_ not in scenarios:
        raise CommandError(f"{where}: no scenario {id_!r}; there are {', '.join(scenarios)}")
    return scenarios[id_]


def _check_answers(scenario: Scenario, answers: Said, where: str) -> None:
    questions = {q.id for segment in scenario.segments for q in segment.questions}
    seen: set[str] = set()
    for question, _ in answers:
        if question not in questions:
            raise CommandError(f"{where}: no question {question!r} in {scenario.id}")
        if question in seen:
            raise CommandError(f"{where}: {question!r} is answered twice")
        seen.add(question)


def _check_names(found: JudgeSet, directory: Path) -> None:
    parts: Sequence[Any] = (*found.controls, *found.text, *found.spoken)
    names = [*(t.name for _, t in found.transcripts()), *(part.name for part in parts)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise CommandError(f"{directory}: the name {twice[0]!r} is given twice")
