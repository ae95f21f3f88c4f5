"""The server's public HTTP API, as far as a simulated candidate needs it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from viva.errors import CommandError


class Client:
    """One candidate's calls. `async with`; raises CommandError with the server's own words."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.AsyncClient(base_url=f"{self.url}/api/v1", timeout=15.0, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def register(self, name: str) -> None:
        """A fresh account, which nobody can log in to again. Raises CommandError where that takes a
        mail that nobody would read."""
        if (await self._call("GET", "/auth/ways"))["mail"]:
            raise CommandError(
                f"{self.url} makes accounts by mail; name one that exists with --email and "
                "VIVA_PASSWORD"
            )
        await self._call(
            "POST",
            "/auth/register",
            {
                "email": f"simulated-{secrets.token_hex(8)}@example.com",
                "password": secrets.token_urlsafe(24),
                "name": name,
            },
        )

    async def log_in(self, email: str, password: str) -> None:
        await self._call("POST", "/auth/login", {"email": email, "password": password})

    async def create_session(
        self,
        scenario_id: str,
        segment_seconds: Sequence[float] | None,
        difficulty: str | None = None,
        tone: str | None = None,
    ) -> dict[str, Any]:
        body: dict[str, Any] = {"scenario_id": scenario_id}
        if segment_seconds is not None:
            body["segment_seconds"] = list(segment_seconds)
        if difficulty is not None:
            body["difficulty"] = difficulty
        if tone is not None:
            body["tone"] = tone
        return await self._call("POST", "/sessions", body)

    async def connect(self, session_id: str) -> tuple[str, str]:
        """`(server_url, participant_token)`."""
        answer = await self._call("POST", f"/sessions/{session_id}/connection", {})
        return answer["server_url"], answer["participant_token"]

    async def consent(self, session_id: str) -> None:
        """Agree to being recorded."""
        await self._call("PUT", f"/sessions/{session_id}/recording-consent", {"granted": True})

    async def recording(self, session_id: str, within_s: float) -> bytes:
        """The recording as Ogg Opus, which is waited for while it is joined."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        while True:
            answer = await self._http.get(f"/sessions/{session_id}/recording")
            if answer.is_success:
                return answer.content
            if answer.status_code != 409 or loop.time() > deadline:
                raise CommandError(f"the recording: {answer.status_code} {_reason(answer)}")
            await asyncio.sleep(1.0)

    async def peaks(self, session_id: str) -> dict[str, Any]:
        """The outline of the recording, once it is ready."""
        return await self._call("GET", f"/sessions/{session_id}/recording/peaks")

    async def session(self, session_id: str) -> dict[str, Any]:
        return await self._call("GET", f"/sessions/{session_id}")

    async def transcript(self, session_id: str) -> dict[str, Any]:
        return await self._call("GET", f"/sessions/{session_id}/transcript")

    async def events(self, session_id: str) -> list[dict[str, Any]]:
        """The whole log, in its order."""
        found: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None:
            page = await self._call("GET", f"/sessions/{session_id}/events?after={after}")
            found += page["items"]
            after = page["next"]
        return found

    async def control(self, session_id: str, action: str) -> None:
        await self._call("POST", f"/sessions/{session_id}/control", {"action": action})

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            answer = await self._http.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise CommandError(
                f"no answer from {self.url} ({type(error).__name__}); is `viva up` running there?"
            ) from error
        try:
            content = answer.json() if answer.content else {}
        except ValueError:
            content = {}
        if answer.is_success and isinstance(content, dict):
            return content
        reason = _reason(answer)
        raise CommandError(f"{method} {path}: {answer.status_code} {reason}".rstrip())


def _reason(answer: httpx.Response) -> str:
    """Why the server refused, in its own words."""
    try:
        content = answer.json()
    except ValueError:
        return ""
    if not isinstance(content, dict):
        return ""
    return str(content.get("detail") or content.get("title") or "")
