"""What the server asks of the SFU: rooms, dispatches, tokens and messages into a room."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from livekit import api

from interview.wire import AGENT_NAME, DispatchMetadata
from server.errors import Problem
from server.settings import Settings

TOKEN_TTL = timedelta(seconds=60)
# A room outlives a reload, a sleeping laptop and a restarted interviewer; then the SFU closes it.
_EMPTY_SECONDS = 300
_DEPARTURE_SECONDS = 900
_TIMEOUT = aiohttp.ClientTimeout(total=4)


class RoomsUnavailable(Problem):
    """The SFU did not answer, or refused."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            503,
            "livekit_unavailable",
            f"The audio server cannot be used right now: {reason}. "
            "Your session is safe; try again.",
            headers={"Retry-After": "2"},
        )


@dataclass(frozen=True)
class Present:
    """Who is in a room, by identity."""

    candidates: tuple[str, ...]
    interviewers: tuple[str, ...]


def candidate_identity(interview_id: str) -> str:
    """The identity of a session's candidate. One for all their tabs: the newest puts others out."""
    return f"candidate-{interview_id}"


class Rooms:
    """A client of the SFU's HTTP API. `close()` when done; it must be made inside an event loop."""

    def __init__(self, settings: Settings) -> None:
        self._key = settings.livekit_api_key
        self._secret = settings.livekit_api_secret.get_secret_value()
        self._url = settings.livekit_url
        self._api: api.LiveKitAPI | None = None

    @asynccontextmanager
    async def _calling(self) -> AsyncIterator[api.LiveKitAPI]:
        if not self._key or not self._secret:
            raise RoomsUnavailable("LIVEKIT_API_KEY and LIVEKIT_API_SECRET are not set")
        if self._api is None:
            self._api = api.LiveKitAPI(
                self._url, self._key, self._secret, timeout=_TIMEOUT, failover=False
            )
        try:
            yield self._api
        except api.TwirpError as error:
            raise RoomsUnavailable(f"it answered {error.code!r}") from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise RoomsUnavailable("it does not answer") from error

    async def close(self) -> None:
        if self._api is not None:
            await self._api.aclose()
            self._api = None

    async def check(self) -> None:
        """Raises RoomsUnavailable when the SFU does not answer."""
        async with self._calling() as livekit:
            await livekit.room.list_rooms(api.ListRoomsRequest(names=["viva-readiness"]))

    async def exists(self, room: str) -> bool:
        return room in await self.existing([room])

    async def existing(self, rooms: Sequence[str]) -> set[str]:
        """Those of `rooms` that the SFU has. For no rooms it is not asked."""
        if not rooms:
            return set()
        async with self._calling() as livekit:
            found = await livekit.room.list_rooms(api.ListRoomsRequest(names=list(rooms)))
            return {room.name for room in found.rooms}

    async def make(self, room: str) -> None:
        """Create `room`; leave it alone when it is there."""
        async with self._calling() as livekit:
            await livekit.room.create_room(
                api.CreateRoomRequest(
                    name=room,
                    empty_timeout=_EMPTY_SECONDS,
                    departure_timeout=_DEPARTURE_SECONDS,
                )
            )

    async def remove(self, room: str) -> None:
        """Close `room` and put everybody out. A room that is not there is no error."""
        async with self._calling() as livekit:
            try:
                await livekit.room.delete_room(api.DeleteRoomRequest(room=room))
            except api.TwirpError as error:
                if error.code != api.TwirpErrorCode.NOT_FOUND:
                    raise

    async def dispatch(self, room: str, interview_id: str, epoch: int) -> None:
        """Send for an interviewer. The SFU says yes even when no worker can take the job."""
        metadata = DispatchMetadata(session_id=interview_id, epoch=epoch)
        async with self._calling() as livekit:
            await livekit.agent_dispatch.create_dispatch(
                api.CreateAgentDispatchRequest(
                    agent_name=AGENT_NAME,
                    room=room,
                    metadata=metadata.model_dump_json(),
                    # A job that the SFU restarts has the epoch of the dead one and its outage
                    # would go unnoticed; the server sends for successors itself.
                    restart_policy=api.JobRestartPolicy.JRP_NEVER,
                )
            )

    async def present(self, room: str) -> Present | None:
        """Who is in `room`, or None when there is no such room."""
        # The SFU lists nobody, without an error, for a room that it does not have.
        if not await self.exists(room):
            return None
        async with self._calling() as livekit:
            found = await livekit.room.list_participants(api.ListParticipantsRequest(room=room))
            people = found.participants
        agents = [p.identity for p in people if p.kind == api.ParticipantInfo.Kind.AGENT]
        others = [p.identity for p in people if p.kind != api.ParticipantInfo.Kind.AGENT]
        return Present(candidates=tuple(others), interviewers=tuple(agents))

    async def send(self, room: str, topic: str, payload: str, to: tuple[str, ...] = ()) -> None:
        """Send `payload` on the data channel, reliably; to everybody when `to` is empty."""
        async with self._calling() as livekit:
            await livekit.room.send_data(
                api.SendDataRequest(
                    room=room,
                    data=payload.encode(),
                    kind=api.DataPacket.Kind.RELIABLE,
                    destination_identities=list(to),
                    topic=topic,
                )
            )

    def token(self, room: str, interview_id: str, name: str) -> str:
        """A candidate's way into `room`: microphone, listening and messages; for one minute."""
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            can_publish=True,
            can_publish_sources=["microphone"],
            can_subscribe=True,
            can_publish_data=True,
        )
        token = api.AccessToken(self._key, self._secret)
        token.with_identity(candidate_identity(interview_id)).with_name(name)
        return token.with_ttl(TOKEN_TTL).with_grants(grants).to_jwt()
