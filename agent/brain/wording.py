"""Has a brain word a move, and falls back to the move's own line when it does not do so well.

Nothing is spoken before the whole wording is there and has passed the guard rails: what is logged
as said is what is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from livekit.agents import llm

from agent.brain.breaker import Breaker
from agent.brain.calls import Reply, call
from agent.brain.scripted import LINE, ScriptedLLM
from agent.log import logger
from agent.tasks import watch
from interview.briefing import Briefing
from interview.commands import Move
from interview.guarding import breaches, refuses, tidy
from interview.packaging import package

FIRST_TOKEN_SECONDS = 2.5
# With the longest wait for the end of a turn and the first sound of the voice, less than 8 s.
WHOLE_SECONDS = 4.0
# Characters; no move is half as long.
LONGEST = 3_000
# Said exactly as written: a changed greeting or goodbye has gone wrong for others, and whoever
# tries to turn the interviewer away from its part gets no model to talk to.
FIXED_MOVES = frozenset({"greet", "hold", "repeat", "pause", "resume", "farewell"})
FIXED_REFS = frozenset({"aside"})
# What a provider that works may answer, too; everything else counts as its failure.
_ITS_CHOICE = frozenset(
    {"refusal", "content_filter", "tool_call", "too_long", "cut_off", "cancelled"}
)
_TASK = "Say the line of this move to the candidate, in your own words. Write only what is spoken."

Record = Callable[[Reply, str | None], None]


@dataclass(frozen=True, slots=True)
class Worded:
    """`fallback`: why the line was used instead of the brain's wording; None when it was not."""

    text: str
    model: str
    fallback: str | None


class Wording:
    """`first_token_s`, `whole_s`: how long a model may take, in seconds."""

    def __init__(
        self,
        brain: llm.LLM[Any],
        *,
        first_token_s: float = FIRST_TOKEN_SECONDS,
        whole_s: float = WHOLE_SECONDS,
    ) -> None:
        self._brain = brain
        self._first_token_s = first_token_s
        self._whole_s = whole_s
        self._prompt = files("agent.brain").joinpath("prompts/interviewer.md").read_text("utf-8")
        self._breaker = Breaker(lambda: asyncio.get_running_loop().time())
        self._trials: set[asyncio.Task[None]] = set()

    async def word(
        self, move: Move, briefing: Callable[[], Briefing], record: Record | None = None
    ) -> Worded:
        """Never raises for what the brain does wrong, and never takes longer than `whole_s`.

        `record` gets every call of a model, with the reason why its wording was not used."""
        if move.kind in FIXED_MOVES or move.ref in FIXED_REFS:
            return Worded(move.line, "scripted", None)
        if isinstance(self._brain, ScriptedLLM):
            reply = await self._call(_scripted(move), None)
            return Worded(reply.text or move.line, "scripted", None)
        try:
            b = briefing()
            context = self.context(b)
        except Exception as error:
            return self._fall_back(move, f"briefing: {type(error).__name__}")
        if self._breaker.open:
            if self._breaker.take_trial():
                self._try_again(context, b, record)
            return self._fall_back(move, "provider_down")
        reply = await self._call(context, record)
        reason = self._judge(reply, b)
        if record is not None:
            record(reply, reason)
        if reason is not None:
            return self._fall_back(move, reason)
        return Worded(tidy(reply.text), reply.model, None)

    async def aclose(self) -> None:
        for trial in self._trials:
            trial.cancel()
        await asyncio.gather(*self._trials, return_exceptions=True)

    def _judge(self, reply: Reply, b: Briefing) -> str | None:
        """Why `reply` is not to be spoken, None when it may be."""
        if reply.error is None or reply.error in _ITS_CHOICE:
            self._breaker.succeeded()
        else:
            self._breaker.failed()
        if reply.error is not None:
            return reply.error
        try:
            found = breaches(reply.text, b)
        except Exception as error:
            return f"guard: {type(error).__name__}"
        if "refusal" in found or refuses(reply.text):
            return "refusal"
        return f"breach: {', '.join(found)}" if found else None

    def _fall_back(self, move: Move, reason: str) -> Worded:
        logger.warning(
            "the brain gave no usable wording; the scripted one is used",
            extra={"reason": reason, "move": move.kind, "model": self._brain.model},
        )
        return Worded(move.line, "scripted", reason)

    def _try_again(self, context: llm.ChatContext, b: Briefing, record: Record | None) -> None:
        """Ask a provider that was down while the line is being said already."""

        async def trial() -> None:
            reply = await self._call(context, record)
            self._judge(reply, b)
            if record is not None:
                record(reply, reply.error or "too_late: a trial of the provider")

        task = asyncio.create_task(trial(), name="wording.trial")
        self._trials.add(task)
        task.add_done_callback(self._trials.discard)
        watch(task, "a trial of the provider")

    async def _call(self, context: llm.ChatContext, record: Record | None) -> Reply:
        return await call(
            self._brain,
            context,
            first_token_s=self._first_token_s,
            whole_s=self._whole_s,
            longest=LONGEST,
            on_cancel=None if record is None else lambda reply: record(reply, reply.error),
        )

    def context(self, b: Briefing) -> llm.ChatContext:
        """One system message and one user message: some templates of local models know no more."""
        context = llm.ChatContext.empty()
        context.add_message(role="system", content=self._prompt)
        context.add_message(role="user", content=f"{package(b)}\n\n{_TASK}")
        return context


def _scripted(move: Move) -> llm.ChatContext:
    context = llm.ChatContext.empty()
    context.add_message(role="user", content=_TASK).extra[LINE] = move.line
    return context
