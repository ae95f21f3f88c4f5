"""Asks a brain to word a move, and falls back to the move's own line when it does not answer well.

Nothing is spoken before the whole wording is there: what is logged as said is what is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from importlib.resources import files

from livekit.agents import llm

from agent.brain.scripted import LINE
from agent.log import logger
from interview.commands import Move
from interview.transcript import Turn

FIRST_TOKEN_SECONDS = 2.5
WHOLE_SECONDS = 6.0
CONTEXT_TURNS = 8
LONGEST = 900
# Said exactly as written: a changed greeting or goodbye has gone wrong for others.
FIXED_MOVES = frozenset({"greet", "repeat", "pause", "resume", "farewell"})


@dataclass(frozen=True, slots=True)
class Worded:
    """`fallback`: why the line was used instead of the brain's wording; None when it was not."""

    text: str
    model: str
    fallback: str | None


class Wording:
    def __init__(self, brain: llm.LLM[str]) -> None:
        self._brain = brain
        self._prompt = files("agent.brain").joinpath("prompts/interviewer.md").read_text("utf-8")

    async def word(self, move: Move, turns: Sequence[Turn]) -> Worded:
        """Never raises for what the brain does wrong, and never takes longer than WHOLE_SECONDS."""
        if move.kind in FIXED_MOVES:
            return Worded(move.line, "scripted", None)
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                text = await self._ask(self._context(move, turns))
        except TimeoutError:
            return self._fall_back(move, "timeout")
        except Exception as error:
            return self._fall_back(move, type(error).__name__)
        text = " ".join(text.split())
        if not any(char.isalnum() for char in text):
            return self._fall_back(move, "empty")
        if len(text) > max(LONGEST, 2 * len(move.line)):
            return self._fall_back(move, "too_long")
        return Worded(text, self._brain.model, None)

    def _fall_back(self, move: Move, reason: str) -> Worded:
        logger.warning(
            "the brain gave no usable wording; the scripted one is used",
            extra={"reason": reason, "move": move.kind, "model": self._brain.model},
        )
        return Worded(move.line, "scripted", reason)

    async def _ask(self, chat_ctx: llm.ChatContext) -> str:
        parts: list[str] = []
        async with aclosing(self._brain.chat(chat_ctx=chat_ctx)) as stream:
            chunks = aiter(stream)
            async with asyncio.timeout(FIRST_TOKEN_SECONDS):
                while not parts:
                    try:
                        chunk = await anext(chunks)
                    except StopAsyncIteration:
                        return ""
                    if chunk.delta and chunk.delta.content:
                        parts.append(chunk.delta.content)
            async for chunk in chunks:
                if chunk.delta and chunk.delta.content:
                    parts.append(chunk.delta.content)
        return "".join(parts)

    def _context(self, move: Move, turns: Sequence[Turn]) -> llm.ChatContext:
        context = llm.ChatContext.empty()
        context.add_message(role="system", content=self._prompt)
        for turn in turns[-CONTEXT_TURNS:]:
            if turn.text:
                context.add_message(
                    role="assistant" if turn.speaker == "interviewer" else "user",
                    content=turn.text,
                )
        message = context.add_message(
            role="system",
            content=f"Your move now: {move.kind}. Why: {move.reason}\nThe line: {move.line}",
        )
        message.extra[LINE] = move.line
        return context
