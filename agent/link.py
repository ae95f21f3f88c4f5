"""The worker's only way to the server: its internal HTTP API (`interview/wire.py`)."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Protocol, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from interview.errors import FencedError, InterviewError
from interview.wire import (
    Appended,
    AppendEvents,
    EventBody,
    Heartbeat,
    HeartbeatTaken,
    JudgementScores,
    JudgementWanted,
    RecordingEnded,
    SegmentName,
    SessionForAgent,
    SessionIds,
)

TIMEOUT_SECONDS = 5.0
B = TypeVar("B", bound=BaseModel)


class ServerUnreachable(InterviewError):
    """No answer, or one that says to try again. Nothing is lost: the journal has it."""

    code = "server_unreachable"


class ServerRefused(InterviewError):
    """The server will never take this; trying again is pointless."""

    code = "server_refused"


class RecordingRefused(ServerRefused):
    """This session may not be recorded, or not any more: what there is of it is forgotten."""

    code = "recording_refused"


class ServerLink(Protocol):
    async def load(self, session_id: str, epoch: int) -> SessionForAgent: ...
    async def append(self, session_id: str, epoch: int, events: Sequence[EventBody]) -> int: ...
    async def heartbeat(self, session_id: str, epoch: int, at: float) -> HeartbeatTaken: ...
    async def line(self, session_id: str, epoch: int, at: float) -> None: ...


class RecordingLink(Protocol):
    async def put_segment(self, session_id: str, name: SegmentName, ogg: bytes) -> None: ...
    async def recording_ended(self, session_id: str, ended: RecordingEnded) -> None: ...


class InterviewLink(ServerLink, RecordingLink, Protocol):
    """All that one interview asks of the server."""


class HttpLink:
    """Raises FencedError, ServerUnreachable or ServerRefused; never httpx's own errors."""

    def __init__(
        self, base_url: str, token: str, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url.rstrip("/") + "/internal/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT_SECONDS,
            transport=transport,
        )

    async def load(self, session_id: str, epoch: int) -> SessionForAgent:
        answer = await self._call("GET", f"/sessions/{session_id}", params={"epoch": epoch})
        return _read(SessionForAgent, answer)

    async def append(self, session_id: str, epoch: int, events: Sequence[EventBody]) -> int:
        """Number of the last event in the log once all of `events` are in it."""
        body = AppendEvents(epoch=epoch, events=list(events))
        answer = await self._call(
            "POST", f"/sessions/{session_id}/events", content=body.model_dump_json()
        )
        return _read(Appended, answer).last_seq

    async def heartbeat(self, session_id: str, epoch: int, at: float) -> HeartbeatTaken:
        body = Heartbeat(epoch=epoch, at=at)
        answer = await self._call(
            "POST", f"/sessions/{session_id}/heartbeat", content=body.model_dump_json()
        )
        return _read(HeartbeatTaken, answer)

    async def gone(self, session_ids: Sequence[str]) -> set[str]:
        """Those of `session_ids`, 500 at most, that were deleted."""
        body = SessionIds(session_ids=list(session_ids))
        answer = await self._call("POST", "/journals", content=body.model_dump_json())
        return set(_read(SessionIds, answer).session_ids)

    async def line(self, session_id: str, epoch: int, at: float) -> None:
        """Open until the server is gone: by its end the server knows that this process is."""
        await self._call(
            "GET",
            f"/sessions/{session_id}/line",
            params={"epoch": epoch, "at": at},
            limits=httpx.Timeout(TIMEOUT_SECONDS, read=None),
        )

    async def put_segment(self, session_id: str, name: SegmentName, ogg: bytes) -> None:
        """Returns once it is stored. Besides the others raises RecordingRefused."""
        await self._call(
            "PUT",
            f"/sessions/{session_id}/recording/segments",
            params=name.model_dump(),
            content=ogg,
            content_type="audio/ogg",
        )

    async def recording_ended(self, session_id: str, ended: RecordingEnded) -> None:
        """Besides the others raises RecordingRefused."""
        await self._call(
            "POST", f"/sessions/{session_id}/recording/ended", content=ended.model_dump_json()
        )

    async def ready(self) -> None:
        """Tell the server that this worker can be sent for."""
        await self._call("POST", "/ready")

    async def lease_judgement(self) -> JudgementWanted | None:
        """A finished interview that waits to be judged by a model; None when there is none."""
        answer = await self._call("POST", "/judgements/lease")
        return None if answer.content in {b"", b"null"} else _read(JudgementWanted, answer)

    async def put_scores(self, session_id: str, scores: JudgementScores) -> None:
        """Raises ServerRefused when somebody else judges it by now, or it is gone."""
        body = scores.model_dump_json()
        await self._call("POST", f"/judgements/{session_id}", content=body)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _call(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, float] | None = None,
        content: str | bytes | None = None,
        content_type: str = "application/json",
        limits: httpx.Timeout | None = None,
    ) -> httpx.Response:
        headers = {"Content-Type": content_type} if content is not None else None
        try:
            answer = await self._client.request(
                method,
                path,
                params=params,
                content=content,
                headers=headers,
                timeout=limits or httpx.USE_CLIENT_DEFAULT,
            )
        except httpx.HTTPError as error:
            raise ServerUnreachable(f"the server did not answer: {type(error).__name__}") from error
        if answer.is_success:
            return answer
        if answer.status_code >= 500 or answer.status_code == 429:
            raise ServerUnreachable(f"the server answered {answer.status_code}")
        code = problem_code(answer)
        if code == FencedError.code:
            raise FencedError("another interviewer holds this session")
        if code == RecordingRefused.code:
            raise RecordingRefused("this session may not be recorded")
        raise ServerRefused(f"the server refused: {answer.status_code} {code}")


async def warm_link(base_url: str) -> None:
    """Have the HTTP client import what it imports at its first call, before a candidate waits."""
    async with httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT_SECONDS) as client:
        with contextlib.suppress(httpx.HTTPError):
            await client.get("/healthz")


def _read(kind: type[B], answer: httpx.Response) -> B:
    """Whatever stands between may answer in the server's place, with a page of its own."""
    try:
        return kind.model_validate_json(answer.content)
    except ValidationError as error:
        raise ServerUnreachable("what answered is not Viva's server") from error


def problem_code(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("code", "unknown"))
    except (ValueError, AttributeError):
        return "unknown"
