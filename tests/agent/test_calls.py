"""One call of a model: what comes back, and what is said of what does not."""

from __future__ import annotations

import asyncio
import json

import pytest
from livekit.agents import APIConnectionError, APIStatusError, llm

from agent.brain.calls import Reply, call
from tests.fakes.worker import FakeBrain
from tests.virtual_time import run_virtual


def context() -> llm.ChatContext:
    messages = llm.ChatContext.empty()
    messages.add_message(role="system", content="Be brief.")
    messages.add_message(role="user", content='He said "hm".')
    return messages


def ask(*chunks: str | float | Exception, first: float = 2.5, whole: float = 6.0) -> Reply:
    return run_virtual(
        call(FakeBrain(*chunks), context(), first_token_s=first, whole_s=whole, longest=100)
    )


def test_the_answer_comes_with_its_latencies_and_its_prompt() -> None:
    reply = ask(1.0, "How ", 0.5, "come?")
    assert (reply.text, reply.error, reply.model) == ("How come?", None, "fake")
    assert (reply.first_token_s, reply.whole_s) == (1.0, 1.5)
    assert json.loads(reply.prompt) == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": 'He said "hm".'},
    ]


@pytest.mark.parametrize(
    ("chunks", "error", "text", "seconds"),
    [
        ((), "empty", "", 0),
        ((" ", "\n"), "empty", " \n", 0),
        ((30.0, "late"), "first_token_timeout", "", 2.5),
        (("So ", 30.0, "late"), "timeout", "So ", 6.0),
        (("x" * 60, "y" * 60, 30.0), "too_long", "x" * 60 + "y" * 60, 0),
        ((APIStatusError("no", status_code=429),), "status_429", "", 0),
        (("So", APIConnectionError()), "connection", "So", 0),
        ((KeyError("x"),), "KeyError", "", 0),
    ],
)
def test_what_went_wrong_is_named_and_never_raised(
    chunks: tuple[str | float | Exception, ...], error: str, text: str, seconds: float
) -> None:
    reply = ask(*chunks)
    assert (reply.error, reply.text, reply.whole_s) == (error, text, seconds)


def test_who_is_cancelled_tells_what_there_was() -> None:
    async def main() -> list[Reply]:
        cancelled: list[Reply] = []
        asked = asyncio.create_task(
            call(
                FakeBrain("So ", 5.0, "far"),
                context(),
                first_token_s=2.5,
                whole_s=6.0,
                on_cancel=cancelled.append,
            )
        )
        await asyncio.sleep(1.0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        return cancelled

    (reply,) = run_virtual(main())
    assert (reply.error, reply.text, reply.whole_s) == ("cancelled", "So ", 1.0)
