"""The fields of a scenario file, read one by one; the format itself is told in scenario_parse."""

from __future__ import annotations

import re
from typing import cast, get_args

import yaml

from interview.rubric import Criterion
from interview.scenario_fields import Fields, read_spoken, read_text
from interview.scenario_model import (
    SEGMENT_IDS,
    Difficulty,
    Fact,
    Probe,
    ProbeKind,
    Question,
    Resource,
    Scenario,
    Segment,
    Talk,
)
from interview.scenario_nodes import Problems
from interview.spoken import ANSWER, ASK, CLAUSE, OPENING, PROBE, SAID, LineRule

MAX_HINTS = 3
SEGMENT_SECONDS = (5.0, 7200.0)
TOTAL_SECONDS = 4 * 3600.0

_ID = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_SCENARIO_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")


class ScenarioReader:
    """Reads the tree once, top to bottom; remembers ids and spoken lines to find doubles."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.ids: dict[str, int] = {}
        self.criterion_ids: dict[str, int] = {}
        self.lines: dict[str, int] = {}

    def scenario(self, node: yaml.Node) -> Scenario:
        fields = Fields(
            node,
            "",
            self.problems,
            required=("id", "title", "summary", "difficulties", "facts", "segments", "rubric"),
            optional=("default", "talk", "terms", "spoken", "resources"),
        )
        scenario_id = fields.text("id")
        if scenario_id and not _SCENARIO_ID.fullmatch(scenario_id):
            self._bad_id(fields.line("id"), "id", scenario_id)
        difficulties = cast(
            "tuple[Difficulty, ...]", fields.choices("difficulties", get_args(Difficulty))
        )
        if not difficulties and fields.has("difficulties"):
            self.problems.add(
                fields.line("difficulties"), "difficulties", "offers none", "list at least one"
            )
        segments = fields.each("segments", "segments", self._segment)
        self._check_segments(fields, segments, difficulties)
        return Scenario(
            id=scenario_id,
            title=fields.text("title", max_chars=80),
            summary=fields.text("summary", max_chars=400),
            default=fields.flag("default"),
            difficulties=difficulties,
            terms=fields.words("terms"),
            spoken=fields.pairs("spoken"),
            facts=fields.each("facts", "facts", self._fact),
            segments=segments,
            rubric=fields.each("rubric", "criteria", self._criterion, least=1),
            resources=fields.each("resources", "resources", self._resource),
            talk=cast("Talk", fields.choice("talk", get_args(Talk)) or "design"),
        )

    def _segment(self, path: str, node: yaml.Node) -> Segment:
        fields = Fields(
            node,
            path,
            self.problems,
            required=("id", "title", "seconds", "purpose", "goal", "questions"),
            optional=("opening",),
        )
        segment = Segment(
            id=fields.choice("id", SEGMENT_IDS),
            title=fields.text("title", max_chars=80),
            seconds=fields.seconds("seconds", *SEGMENT_SECONDS),
            purpose=fields.text("purpose", max_chars=200),
            goal=fields.text("goal"),
            opening=fields.each("opening", "lines", lambda at, part: self._say(part, at, OPENING)),
            questions=fields.each("questions", "questions", self._question, least=1),
        )
        if segment.id == "problem_framing" and not segment.opening:
            self.problems.add(
                node, f"{path}.opening", "the problem is never told", "say it in one to four parts"
            )
        return segment

    def _question(self, path: str, node: yaml.Node) -> Question:
        fields = Fields(
            node,
            path,
            self.problems,
            required=("id", "ask", "rephrase", "listens_for"),
            optional=("probes", "hints", "difficulties"),
        )
        question_id = self._id(fields)
        hints = list(fields.items("hints", "lines"))
        if len(hints) > MAX_HINTS:
            self.problems.add(
                hints[MAX_HINTS][1],
                f"{path}.hints",
                f"{len(hints)} hints are too many",
                f"keep {MAX_HINTS}",
            )
        return Question(
            id=question_id,
            ask=self._spoken(fields, "ask", ASK),
            rephrase=self._spoken(fields, "rephrase", ASK),
            listens_for=fields.words("listens_for"),
            probes=fields.each(
                "probes", "probes", lambda at, probe: self._probe(at, probe, question_id)
            ),
            hints=tuple(self._say(hint, at, ASK) for at, hint in hints),
            difficulties=cast(
                "tuple[Difficulty, ...]", fields.choices("difficulties", get_args(Difficulty))
            ),
        )

    def _probe(self, path: str, node: yaml.Node, question_id: str) -> Probe:
        fields = Fields(
            node,
            path,
            self.problems,
            required=("kind", "ask"),
            optional=("id", "when", "unless"),
        )
        kind = fields.choice("kind", get_args(ProbeKind))
        probe = Probe(
            id=self._id(fields, default=f"{question_id}.{kind}" if question_id and kind else ""),
            kind=cast("ProbeKind", kind),
            when=fields.words("when"),
            unless=fields.words("unless"),
            ask=self._spoken(fields, "ask", PROBE),
        )
        if SAID in probe.ask and not probe.when:
            self.problems.add(
                fields.line("ask"),
                fields.at("ask"),
                f"{SAID} has nothing to refer to",
                "list in `when` the words to listen for",
            )
        return probe

    def _fact(self, path: str, node: yaml.Node) -> Fact:
        fields = Fields(
            node, path, self.problems, required=("id", "about", "answer"), optional=("topic",)
        )
        fact = Fact(
            id=self._id(fields),
            about=fields.words("about"),
            answer=self._spoken(fields, "answer", ANSWER),
            topic=fields.spoken("topic", CLAUSE),
        )
        if not fact.about:
            self.problems.add(
                fields.line("about"),
                fields.at("about"),
                "no word asks for this fact",
                "list at least one",
            )
        return fact

    def _criterion(self, path: str, node: yaml.Node) -> Criterion:
        fields = Fields(
            node,
            path,
            self.problems,
            required=("id", "title", "levels", "signals"),
            optional=("strength", "missing"),
        )
        levels = fields.each(
            "levels", "descriptions", lambda at, level: read_text(level, at, self.problems)
        )
        if len(levels) != 4:
            self.problems.add(
                fields.line("levels"),
                fields.at("levels"),
                f"expected four descriptions, got {len(levels)}",
                "write them weakest first",
            )
            levels = ("", "", "", "")
        return Criterion(
            id=self._id(fields, taken=self.criterion_ids),
            title=fields.text("title", max_chars=80),
            levels=cast("tuple[str, str, str, str]", levels),
            signals=fields.words("signals"),
            strength=fields.spoken("strength", CLAUSE),
            missing=fields.spoken("missing", CLAUSE),
        )

    def _resource(self, path: str, node: yaml.Node) -> Resource:
        fields = Fields(node, path, self.problems, required=("title", "note"))
        return Resource(title=fields.text("title", max_chars=200), note=fields.text("note"))

    def _check_segments(
        self, fields: Fields, segments: tuple[Segment, ...], difficulties: tuple[str, ...]
    ) -> None:
        nodes = list(fields.items("segments", "segments"))
        order = ", ".join(SEGMENT_IDS)
        if nodes and len(nodes) != len(SEGMENT_IDS):
            self.problems.add(
                fields.line("segments"),
                "segments",
                f"expected five segments, got {len(nodes)}",
                f"write {order}",
            )
        for (path, node), segment, expected in zip(nodes, segments, SEGMENT_IDS, strict=False):
            if segment.id and segment.id != expected and len(nodes) == len(SEGMENT_IDS):
                self.problems.add(
                    node,
                    f"{path}.id",
                    f"expected {expected!r} here, got {segment.id!r}",
                    f"the order is {order}",
                )
            for level in difficulties:
                if segment.questions and not any(
                    not q.difficulties or level in q.difficulties for q in segment.questions
                ):
                    self.problems.add(
                        node,
                        f"{path}.questions",
                        f"has none for difficulty {level!r}",
                        "leave `difficulties` out of at least one",
                    )
        if sum(segment.seconds for segment in segments) > TOTAL_SECONDS:
            self.problems.add(
                fields.line("segments"),
                "segments",
                "together they are longer than four hours",
                "shorten them",
            )

    def _id(self, fields: Fields, default: str = "", taken: dict[str, int] | None = None) -> str:
        taken = self.ids if taken is None else taken
        node = fields.line("id")
        path = fields.at("id")
        found = fields.text("id") or default
        if not found:
            return ""
        if not _ID.fullmatch(found):
            self._bad_id(node, path, found)
        elif found in taken:
            self.problems.add(
                node,
                path,
                f"{found!r} is the id on line {taken[found]} already",
                "give each an id of its own",
            )
        else:
            taken[found] = node.start_mark.line + 1
        return found

    def _bad_id(self, node: yaml.Node, path: str, found: str) -> None:
        self.problems.add(
            node,
            path,
            f"{found!r} is not an id",
            "use lower-case letters, digits and dashes, a letter first",
        )

    def _spoken(self, fields: Fields, key: str, rule: LineRule) -> str:
        node = fields.line(key)
        text = fields.spoken(key, rule)
        self._heard(text, node, fields.at(key))
        return text

    def _say(self, node: yaml.Node, path: str, rule: LineRule) -> str:
        text = read_spoken(node, path, self.problems, rule)
        self._heard(text, node, path)
        return text

    def _heard(self, text: str, node: yaml.Node, path: str) -> None:
        if not text:
            return
        key = text.casefold()
        if key in self.lines:
            self.problems.add(
                node, path, f"says the same as line {self.lines[key]}", "word it differently"
            )
        else:
            self.lines[key] = node.start_mark.line + 1
