"""A fake of an OpenAI-compatible server, at its protocol: chat completions, speech, transcriptions.

It answers what it is told to, misbehaves on demand, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class FakeOpenAI:
    """`words` are streamed one chunk each; `status` other than 200 is answered instead;
    `cut_after` chunks the connection is dropped; `stall` waits for ever before the first."""

    words: list[str] = field(default_factory=lambda: ["So ", "retrieval ", "first."])
    status: int = 200
    cut_after: int | None = None
    stall: bool = False
    pcm: bytes = b"\0\0" * 24_000
    transcript: str = "hello there"
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    async def chat(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        if self.stall:
            await asyncio.Event().wait()
        if self.status != 200:
            return web.json_response({"error": {"message": "no"}}, status=self.status)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for number, word in enumerate(self.words):
            if number == self.cut_after:
                assert request.transport is not None
                request.transport.close()
                return response
            await response.write(_chunk({"role": "assistant", "content": word}))
        await response.write(_chunk({}, finish="stop"))
        await response.write(b"data: [DONE]\n\n")
        return response

    async def speech(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        if self.status != 200:
            return web.json_response({"error": {"message": "no"}}, status=self.status)
        return web.Response(body=self.pcm, content_type="audio/pcm")

    async def transcriptions(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.asked.append({"model": form["model"], "prompt": form.get("prompt")})
        self.keys.append(request.headers.get("Authorization", ""))
        return web.json_response({"text": self.transcript})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FakeOpenAI]:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self.chat)
        app.router.add_post("/v1/audio/speech", self.speech)
        app.router.add_post("/v1/audio/transcriptions", self.transcriptions)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        try:
            yield self
        finally:
            await runner.cleanup()


def _chunk(delta: dict[str, str], finish: str | None = None) -> bytes:
    body = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "fake",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(body).encode() + b"\n\n"
