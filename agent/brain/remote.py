"""livekit's OpenAI plugin, which also tells why the model stopped and whether it refused."""

from __future__ import annotations

from typing import Any

from livekit.agents import llm
from livekit.plugins import openai

from agent.brain.calls import FINISH, REFUSAL


class RemoteLLM(openai.LLM):
    def chat(self, **asked: Any) -> openai.llm.LLMStream:
        """As the plugin's own; a chunk without words carries the reason in `delta.extra`."""
        stream = super().chat(**asked)
        # The stream has not begun to run: its task takes its first step after this call.
        parse = stream._parse_choice

        def parse_and_note(id: str, choice: Any, *rest: Any) -> llm.ChatChunk | None:
            chunk = parse(id, choice, *rest)
            refusal = getattr(choice.delta, "refusal", None)
            noted = {FINISH: choice.finish_reason, REFUSAL: refusal}
            extra = {key: value for key, value in noted.items() if value}
            if not extra:
                return chunk
            chunk = chunk or llm.ChatChunk(id=id, delta=llm.ChoiceDelta(role="assistant"))
            if chunk.delta is not None:
                chunk.delta.extra = {**(chunk.delta.extra or {}), **extra}
            return chunk

        stream._parse_choice = parse_and_note  # type: ignore[method-assign, assignment]
        return stream
