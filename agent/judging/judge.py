"""The model's judge: one call for each criterion, several times, the middle level shown.

What the candidate said travels as JSON, as data, and the model gets no tools. Nothing it answers is
believed before its quotes are found in the turns; a criterion that it cannot be heard on fails
alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

from livekit.agents import llm
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.brain.calls import call
from agent.brain.structured import Formats, json_in, json_object
from interview.judging.dossier import Dossier
from interview.judging.evidence import verified
from interview.report import CriterionScore, Evidence, Standing
from interview.rubric import Criterion

MODEL_JUDGE = "model"
# Each criterion is judged so often; more than half of the answers have to be usable.
TIMES = 3
CALL_SECONDS = 60.0
LONGEST_RESPONSE = 12_000
# Characters of all answers together that a model is given. The longest answers are cut first.
LONGEST_DATA = 60_000
LEAST_ANSWER = 400
MOST_QUOTES = 8


class SeenQuote(BaseModel):
    model_config = ConfigDict(extra="ignore")

    turn: int
    quote: str = Field(max_length=1000)


class Seen(BaseModel):
    """What a model answers. Level 0: nothing speaks to the criterion."""

    model_config = ConfigDict(extra="ignore")

    level: int = Field(ge=0, le=4)
    reason: str = Field("", max_length=1500)
    missing: str = Field("", max_length=1500)
    next_step: str = Field("", max_length=1500)
    evidence: list[SeenQuote] = Field(default_factory=list, max_length=50)


def _formats() -> Formats:
    quote = {"turn": {"type": "integer"}, "quote": {"type": "string"}}
    texts = {name: {"type": "string"} for name in ("reason", "missing", "next_step")}
    return Formats(
        "judgement",
        {
            "level": {"type": "integer", "enum": [0, 1, 2, 3, 4]},
            **texts,
            "evidence": {"type": "array", "items": json_object(quote)},
        },
    )


class ModelJudge:
    """Scores criteria with a model; never raises for what the model or its provider does wrong."""

    def __init__(self, brain: llm.LLM, *, times: int = TIMES) -> None:  # type: ignore[type-arg]
        self._brain = brain
        self._times = times
        self._formats = _formats()
        self._prompt = files("agent.judging").joinpath("prompts/judge.md").read_text("utf-8")

    @property
    def model(self) -> str:
        return self._brain.model

    async def score(self, dossier: Dossier, criterion: Criterion) -> CriterionScore:
        """The middle one of several judgements, the lower of two middle ones, with its own evidence
        and reason; "failed" when half of them or more could not be used. `reason` then says why."""
        context = self._context(dossier, criterion)
        scores: list[CriterionScore] = []
        problems: list[str] = []
        for _ in range(self._times):
            seen = await self._ask(context)
            if isinstance(seen, str):
                problems.append(seen)
            else:
                scores.append(verified(dossier, _score(criterion, seen)))
            # What cannot come to more than half any more is not paid for.
            if 2 * len(problems) >= self._times:
                return _bare(
                    criterion, "failed", f"The model gave no usable answer: {problems[0]}."
                )
        return _middle(scores)

    async def _ask(self, context: llm.ChatContext) -> Seen | str:
        while True:
            way = self._formats.way
            reply = await call(
                self._brain,
                context,
                first_token_s=CALL_SECONDS,
                whole_s=CALL_SECONDS,
                longest=LONGEST_RESPONSE,
                response_format=way,
            )
            if self._formats.refused(way, reply.error):
                continue
            if reply.error is not None:
                return reply.error
            try:
                return Seen.model_validate_json(json_in(reply.text))
            except ValidationError:
                return "malformed"

    def _context(self, dossier: Dossier, criterion: Criterion) -> llm.ChatContext:
        levels = "\n".join(f"{n}. {text}" for n, text in enumerate(criterion.levels, start=1))
        prompt = (
            self._prompt.replace("{title}", criterion.title)
            .replace("{levels}", levels)
            .replace("{difficulty}", dossier.difficulty)
        )
        heard = [answer for answer in dossier.answers if not answer.garbled]
        texts = shortened([answer.text for answer in heard], LONGEST_DATA)
        data = [
            {"turn": item.turn, "question": item.question, "hints": item.hints, "answer": text}
            for item, text in zip(heard, texts, strict=True)
        ]
        context = llm.ChatContext.empty()
        context.add_message(role="system", content=prompt)
        quoted = json.dumps(data, ensure_ascii=False)
        context.add_message(role="user", content=f"BEGIN TRANSCRIPT DATA\n{quoted}\nEND")
        return context


def shortened(texts: Sequence[str], most: int) -> list[str]:
    """`texts` with `most` characters in all, or LEAST_ANSWER each where that is more; the longest
    lose their ends first."""
    limit = max((len(text) for text in texts), default=0)
    while limit > LEAST_ANSWER and sum(min(len(text), limit) for text in texts) > most:
        limit = max(LEAST_ANSWER, limit * 9 // 10)
    return [text[:limit] for text in texts]


def _score(criterion: Criterion, seen: Seen) -> CriterionScore:
    if seen.level == 0:
        return _bare(criterion, "not_answered", _line(seen.reason)).model_copy(
            update={"missing": _line(seen.missing), "next_step": _line(seen.next_step)}
        )
    return CriterionScore(
        id=criterion.id,
        title=criterion.title,
        judge=MODEL_JUDGE,
        standing="scored",
        level=seen.level,
        assessed=True,
        reason=_line(seen.reason),
        missing=_line(seen.missing),
        next_step=_line(seen.next_step),
        evidence=tuple(
            Evidence(turn=item.turn, quote=item.quote, start_ms=0, end_ms=0)
            for item in seen.evidence[:MOST_QUOTES]
        ),
    )


def _bare(criterion: Criterion, standing: Standing, reason: str) -> CriterionScore:
    return CriterionScore(
        id=criterion.id, title=criterion.title, judge=MODEL_JUDGE, standing=standing, reason=reason
    )


def _middle(scores: Sequence[CriterionScore]) -> CriterionScore:
    """Not assessed counts below every level, and as the lowest for the spread."""
    ordered = sorted(scores, key=lambda score: score.level or 0)
    levels = [score.level or 0 for score in ordered]
    middle = ordered[(len(ordered) - 1) // 2]
    spread = levels[-1] - levels[0] if len(levels) > 1 else None
    return middle.model_copy(update={"spread": spread})


def _line(text: str) -> str:
    return " ".join(text.split())[:600]
