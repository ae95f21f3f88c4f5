"""The scripted brain behind livekit's `llm.LLM`: answers a request with the move's own line.

The line travels in the `extra` of the last message, where a real model's plugin ignores it, so that
both brains are asked in exactly the same way.
"""

from __future__ import annotations

from typing import Any

from livekit.agents import llm, utils
from livekit.agents.types import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    NotGivenOr,
)

LINE = "viva_line"


class ScriptedLLM(llm.LLM[str]):
    @property
    def model(self) -> str:
        return "scripted"

    @property
    def provider(self) -> str:
        return "viva"

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool] | None = None,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        parallel_tool_calls: NotGivenOr[bool] = NOT_GIVEN,
        tool_choice: NotGivenOr[llm.ToolChoice] = NOT_GIVEN,
        extra_kwargs: NotGivenOr[dict[str, Any]] = NOT_GIVEN,
    ) -> llm.LLMStream:
        return ScriptedStream(self, chat_ctx=chat_ctx, tools=[], conn_options=conn_options)


class ScriptedStream(llm.LLMStream):
    async def _run(self) -> None:
        message = self._chat_ctx.items[-1]
        line = message.extra.get(LINE) if isinstance(message, llm.ChatMessage) else None
        if not isinstance(line, str):
            raise ValueError("the scripted brain was asked without a line to say")
        self._event_ch.send_nowait(
            llm.ChatChunk(
                id=utils.shortuuid(), delta=llm.ChoiceDelta(role="assistant", content=line)
            )
        )
