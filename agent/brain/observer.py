"""The model's observer: reads a finished turn beside the built-in one, off the voice path.

What the candidate said travels as JSON, as data: the model gets no tools, no fact and no goal, only
the rubric's titles and signals. Nothing it answers is believed before its quotes are found in the
turn; whenever it fails, what the built-in observer found stands."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol, get_args

from livekit.agents import llm
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.brain.calls import Reply, call
from agent.brain.structured import Formats, json_in, json_object
from agent.log import logger
from agent.tasks import watch
from interview.commands import Observe
from interview.coverage import Coverage, quoted
from interview.events import AnyEvent, Finding, FindingKind, FlagKind, ModelCalled, Observed
from interview.scenario import Scenario

OBSERVING_SECONDS = 20.0
# One at a time: a model of one's own has moves to word as well.
IN_FLIGHT = 1
# Turns that wait for their call; with more, the built-in observation of the newest stands.
WAITING = 6
LONGEST_RESPONSE = 12_000
LONGEST_ANSWER = 6_000
EARLIER_QUOTES = 24
MOST_FINDINGS = 24
NO_FLAG = "none"


class SeenFinding(BaseModel):
    model_config = ConfigDict(extra="ignore")

    kind: FindingKind
    quote: str = Field(max_length=600)
    criterion: str = Field("", max_length=100)
    note: str = Field("", max_length=400)
    against: str = Field("", max_length=600)


class Seen(BaseModel):
    """What a model answers. `flag` is "none" for most turns."""

    model_config = ConfigDict(extra="ignore")

    findings: list[SeenFinding] = Field(max_length=200)
    flag: str = Field(NO_FLAG, max_length=40)
    reason: str = Field("", max_length=600)


def response_formats(scenario: Scenario) -> Formats:
    texts = {name: {"type": "string"} for name in ("quote", "note", "against")}
    finding = {
        "kind": {"type": "string", "enum": list(get_args(FindingKind))},
        "criterion": {"type": "string", "enum": [*(c.id for c in scenario.rubric), ""]},
        **texts,
    }
    answer = {
        "findings": {"type": "array", "items": json_object(finding)},
        "flag": {"type": "string", "enum": [*get_args(FlagKind), NO_FLAG]},
        "reason": {"type": "string"},
    }
    return Formats("observation", answer)


class Runs(Protocol):
    """The executor, as far as an observer needs it."""

    def now(self) -> float: ...
    def post(self, event: AnyEvent) -> object: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One call and what came of it; `observed` is None when the answer is not used."""

    called: ModelCalled
    observed: Observed | None


class ModelObserver:
    """Reads turns with a model, a few at a time. `start` never waits and never raises."""

    def __init__(self, brain: llm.LLM[Any], scenario: Scenario) -> None:
        self._brain = brain
        self._scenario = scenario
        self._formats = response_formats(scenario)
        self._prompt = files("agent.brain").joinpath("prompts/observer.md").read_text("utf-8")
        self._free = asyncio.Semaphore(IN_FLIGHT)
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, turn: Observe, coverage: Coverage, runs: Runs) -> None:
        """Read `turn` in a task of its own; the call, and the observation when there is a good
        one, are posted to `runs`. `coverage` is looked at now, not later."""
        if len(self._tasks) >= IN_FLIGHT + WAITING:
            logger.warning("the observer is behind; a turn is left to the built-in one")
            return
        context = self._context(turn, coverage)
        task = asyncio.create_task(self._run(turn, context, runs), name="observer")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        watch(task, "the observer")

    async def aclose(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, turn: Observe, context: llm.ChatContext, runs: Runs) -> None:
        def cut_short(reply: Reply) -> None:
            runs.post(reply.called(runs.now(), "observing", reply.error))

        async with self._free:
            asked = await self._ask(turn, context, runs.now, cut_short)
        runs.post(asked.called)
        if asked.observed is not None:
            runs.post(asked.observed)
        else:
            logger.warning(
                "the model gave no usable observation; the built-in one stands",
                extra={"reason": asked.called.fallback, "model": self._brain.model},
            )

    async def _ask(
        self,
        turn: Observe,
        context: llm.ChatContext,
        now: Callable[[], float],
        cut_short: Callable[[Reply], None],
    ) -> Asked:
        tried = self._formats.way
        reply = await call(
            self._brain,
            context,
            first_token_s=OBSERVING_SECONDS,
            whole_s=OBSERVING_SECONDS,
            longest=LONGEST_RESPONSE,
            response_format=tried,
            on_cancel=cut_short,
        )
        self._formats.refused(tried, reply.error)
        if reply.error is not None:
            return Asked(reply.called(now(), "observing", reply.error), None)
        found = read_answer(reply.text, turn, self._scenario)
        if isinstance(found, str):
            return Asked(reply.called(now(), "observing", found), None)
        findings, flag, reason = found
        observed = Observed(
            at=now(),
            turn=turn.turn,
            question=turn.question,
            ref=turn.ref,
            observer=self._brain.model,
            findings=findings,
            flag=flag,
            reason=reason,
        )
        return Asked(reply.called(observed.at, "observing", None), observed)

    def _context(self, turn: Observe, coverage: Coverage) -> llm.ChatContext:
        rubric = [
            {"id": c.id, "title": c.title, "signals": list(c.signals)}
            for c in self._scenario.rubric
        ]
        before = [n for n in coverage.notes if not set(n.turn) & set(turn.turn)]
        said = dict.fromkeys(
            note.finding.quote for note in before if note.finding.kind in {"claim", "decision"}
        )
        data = {
            "question": turn.question,
            "earlier_quotes": list(said)[-EARLIER_QUOTES:],
            "answer": turn.text[:LONGEST_ANSWER],
        }
        context = llm.ChatContext.empty()
        prompt = self._prompt.replace("{rubric}", json.dumps(rubric, ensure_ascii=False))
        context.add_message(role="system", content=prompt)
        quoted_data = json.dumps(data, ensure_ascii=False)
        context.add_message(role="user", content=f"BEGIN TRANSCRIPT DATA\n{quoted_data}\nEND")
        return context


Read = tuple[tuple[Finding, ...], FlagKind | None, str]


def read_answer(text: str, turn: Observe, scenario: Scenario) -> Read | str:
    """Findings, flag and reason in a model's answer, or why it is not used: "malformed" or
    "unverified". A finding whose quote is not in the turn is left out; with none left of several,
    the answer is not believed at all."""
    try:
        seen = Seen.model_validate_json(json_in(text))
    except ValidationError:
        return "malformed"
    known = {criterion.id for criterion in scenario.rubric}
    kept = tuple(
        Finding(
            kind=found.kind,
            quote=found.quote.strip(),
            criterion=found.criterion if found.criterion in known else "",
            note=_line(found.note),
            against=found.against.strip() if found.kind == "contradiction" else "",
        )
        for found in seen.findings
        if quoted(found.quote, turn.text) and (found.kind != "contradiction" or found.against)
    )[:MOST_FINDINGS]
    if seen.findings and not kept:
        return "unverified"
    flag = next((kind for kind in get_args(FlagKind) if kind == seen.flag), None)
    if flag == "contradictory" and not any(f.kind == "contradiction" for f in kept):
        flag = None
    reason = _line(seen.reason)
    if flag is None or not reason:
        return kept, None, ""
    return kept, flag, reason


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
