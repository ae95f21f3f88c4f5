"""One question to a model, within limits of time and length. What went wrong is in the answer.

Nothing here is logged: prompts and responses quote the candidate, and belong to the session alone.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Literal

from livekit.agents import APIConnectionError, APIStatusError, APITimeoutError, llm
from livekit.agents.types import NOT_GIVEN, APIConnectOptions

from interview.events import ModelCalled

# Characters of a response after which nobody reads on.
LONGEST = 8_000
# The token counts come after the last words; nobody waits longer for them, in seconds.
USAGE_SECONDS = 0.3
# Keys of a delta's `extra`, where `agent.brain.remote` puts what livekit's stream leaves out.
FINISH = "viva_finish_reason"
REFUSAL = "viva_refusal"


@dataclass(frozen=True, slots=True)
class Reply:
    """`text`: what came, also when `error` is set. `prompt`: the messages as JSON. Seconds count
    from the request. `error`: None when the model said all it had to say, otherwise one of
    first_token_timeout, timeout, cancelled, too_long, cut_off, content_filter, refusal, tool_call,
    empty, malformed, connection, provider_error, status_<code>, or an exception's name."""

    text: str
    model: str
    prompt: str
    whole_s: float
    first_token_s: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    error: str | None = None

    def called(
        self,
        at: float,
        purpose: Literal["wording", "observing"],
        fallback: str | None,
        say_id: str | None = None,
    ) -> ModelCalled:
        """The record of the call. `fallback`: why the answer was not used, None when it was."""
        return ModelCalled(
            at=at,
            purpose=purpose,
            model=self.model,
            prompt=self.prompt,
            response=self.text,
            say_id=say_id,
            first_token_s=self.first_token_s,
            whole_s=self.whole_s,
            tokens_in=self.tokens_in,
            tokens_out=self.tokens_out,
            fallback=fallback,
        )


async def call(
    brain: llm.LLM[Any],
    context: llm.ChatContext,
    *,
    first_token_s: float,
    whole_s: float,
    longest: int = LONGEST,
    response_format: dict[str, Any] | None = None,
    on_cancel: Callable[[Reply], None] | None = None,
) -> Reply:
    """Ask once, without a second try. Never raises for what the model or its provider does wrong,
    and returns after `whole_s` seconds at the latest.

    `response_format`: as in OpenAI's chat completions, {"type": "json_schema", ...}. A caller that
    is cancelled gets no answer; `on_cancel` gets what there was until then."""
    collected = _Collected(brain.model, context, asyncio.get_running_loop())
    try:
        error = await _collect(
            brain, context, collected, first_token_s, whole_s, longest, response_format
        )
    except asyncio.CancelledError:
        if on_cancel is not None:
            on_cancel(collected.reply("cancelled"))
        raise
    return collected.reply(error)


@dataclass(slots=True)
class _Collected:
    model: str
    context: llm.ChatContext
    loop: asyncio.AbstractEventLoop
    started: float = 0.0
    first_at: float | None = None
    parts: list[str] = field(default_factory=list)
    length: int = 0
    finish: str | None = None
    refused: bool = False
    called_tool: bool = False
    usage: llm.CompletionUsage | None = None

    def __post_init__(self) -> None:
        self.started = self.loop.time()

    def take(self, chunk: llm.ChatChunk) -> None:
        self.usage = chunk.usage or self.usage
        delta = chunk.delta
        if delta is None:
            return
        if delta.content:
            self.parts.append(delta.content)
            self.length += len(delta.content)
            if self.first_at is None:
                self.first_at = self.loop.time()
        extra = delta.extra or {}
        self.finish = extra.get(FINISH) or self.finish
        self.refused = self.refused or bool(extra.get(REFUSAL))
        self.called_tool = self.called_tool or bool(delta.tool_calls)

    def verdict(self) -> str | None:
        """Why what came is no answer, though the provider reported no failure."""
        if self.finish == "content_filter":
            return "content_filter"
        if self.refused:
            return "refusal"
        if self.called_tool or self.finish in {"tool_calls", "function_call"}:
            return "tool_call"
        if self.finish == "length":
            return "cut_off"
        return None if "".join(self.parts).strip() else "empty"

    def reply(self, error: str | None) -> Reply:
        messages = [
            {"role": item.role, "content": item.text_content or ""}
            for item in self.context.items
            if isinstance(item, llm.ChatMessage)
        ]
        return Reply(
            text="".join(self.parts),
            model=self.model,
            prompt=json.dumps(messages, ensure_ascii=False),
            whole_s=round(self.loop.time() - self.started, 3),
            first_token_s=None if self.first_at is None else round(self.first_at - self.started, 3),
            tokens_in=self.usage.prompt_tokens if self.usage else None,
            tokens_out=self.usage.completion_tokens if self.usage else None,
            error=error,
        )


async def _collect(
    brain: llm.LLM[Any],
    context: llm.ChatContext,
    collected: _Collected,
    first_token_s: float,
    whole_s: float,
    longest: int,
    response_format: dict[str, Any] | None,
) -> str | None:
    """Reads the stream into `collected`; answers the error, None when there is none."""
    loop = collected.loop
    waiting: Literal["first", "rest", "usage"] = "first"
    try:
        async with asyncio.timeout(whole_s):
            stream = brain.chat(
                chat_ctx=context,
                conn_options=APIConnectOptions(max_retry=0, timeout=whole_s),
                extra_kwargs={"response_format": response_format} if response_format else NOT_GIVEN,
            )
            async with aclosing(stream), asyncio.timeout(first_token_s) as limit:
                async for chunk in stream:
                    collected.take(chunk)
                    if waiting == "first" and collected.parts:
                        waiting = "rest"
                        limit.reschedule(None)
                    if collected.finish and waiting != "usage":
                        waiting = "usage"
                        limit.reschedule(loop.time() + USAGE_SECONDS)
                    if collected.length > longest:
                        return "too_long"
    except Exception as error:
        if waiting != "usage":
            return _name_of(error, nothing_came=waiting == "first")
    return collected.verdict()


def _name_of(error: Exception, *, nothing_came: bool) -> str:
    match error:
        case APIStatusError():
            return f"status_{error.status_code}"
        case TimeoutError() | APITimeoutError():
            return "first_token_timeout" if nothing_came else "timeout"
        case APIConnectionError():
            # livekit wraps whatever it stumbles over; the cause tells a dead line from nonsense.
            cause: Any = error.__cause__
            if isinstance(cause, ValueError | TypeError | AttributeError | LookupError):
                return "malformed"
            return "provider_error" if type(cause).__name__ == "APIError" else "connection"
    return type(error).__name__
