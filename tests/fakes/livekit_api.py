"""A FAKE of livekit-server's HTTP API: Twirp over protobuf, rooms kept in memory, no media.

It stands in where a test needs the SFU to be down, slow, or to have people in its rooms. It checks
tokens as the real one does: a call without the grant it needs is refused."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web
from livekit import api

KEY, SECRET = "devkey", "a-secret-of-at-least-thirty-two-bytes"


@dataclass
class FakeLiveKit:
    """`rooms`: identities present, by room; an identity that begins with "agent-" is an agent.
    `broken`: answer 500 to everything. `dispatches` and `sent` are what was asked for."""

    rooms: dict[str, list[str]] = field(default_factory=dict)
    dispatches: list[api.CreateAgentDispatchRequest] = field(default_factory=list)
    sent: list[api.SendDataRequest] = field(default_factory=list)
    created: list[api.CreateRoomRequest] = field(default_factory=list)
    broken: bool = False
    url: str = ""
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        routes: dict[str, tuple[Callable[..., Any], Any, str]] = {
            "RoomService/ListRooms": (self._list, api.ListRoomsRequest, "roomList"),
            "RoomService/CreateRoom": (self._create, api.CreateRoomRequest, "roomCreate"),
            "RoomService/DeleteRoom": (self._delete, api.DeleteRoomRequest, "roomCreate"),
            "RoomService/ListParticipants": (
                self._people,
                api.ListParticipantsRequest,
                "roomAdmin",
            ),
            "RoomService/SendData": (self._send, api.SendDataRequest, "roomAdmin"),
            "AgentDispatchService/CreateDispatch": (
                self._dispatch,
                api.CreateAgentDispatchRequest,
                "roomAdmin",
            ),
        }
        for path, (handler, kind, grant) in routes.items():
            app.router.add_post(f"/twirp/livekit.{path}", self._serve(handler, kind, grant))
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(self._runner, listener).start()
        self.url = f"ws://127.0.0.1:{listener.getsockname()[1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def _serve(self, handler: Callable[..., Any], kind: Any, grant: str) -> Any:
        async def serve(request: web.Request) -> web.Response:
            if self.broken:
                return web.json_response({"code": "internal", "msg": "broken"}, status=500)
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            try:
                claims = jwt.decode(token, SECRET, algorithms=["HS256"], issuer=KEY)
            except jwt.PyJWTError:
                return web.json_response({"code": "unauthenticated", "msg": ""}, status=401)
            if not claims.get("video", {}).get(grant):
                return web.json_response({"code": "permission_denied", "msg": ""}, status=403)
            answer = handler(kind.FromString(await request.read()))
            if answer is None:
                # What the real one answers depends on the call.
                if kind is api.DeleteRoomRequest:
                    missing = {"code": "not_found", "msg": "requested room does not exist"}
                    return web.json_response(missing, status=404)
                silent = {"code": "unavailable", "msg": "no response from servers"}
                return web.json_response(silent, status=503)
            return web.Response(
                body=answer.SerializeToString(), content_type="application/protobuf"
            )

        return serve

    def _list(self, request: api.ListRoomsRequest) -> api.ListRoomsResponse:
        names = list(request.names) or list(self.rooms)
        found = [api.Room(name=name) for name in names if name in self.rooms]
        return api.ListRoomsResponse(rooms=found)

    def _create(self, request: api.CreateRoomRequest) -> api.Room:
        self.created.append(request)
        self.rooms.setdefault(request.name, [])
        return api.Room(name=request.name)

    def _delete(self, request: api.DeleteRoomRequest) -> api.DeleteRoomResponse | None:
        if self.rooms.pop(request.room, None) is None:
            return None
        return api.DeleteRoomResponse()

    def _people(self, request: api.ListParticipantsRequest) -> api.ListParticipantsResponse:
        kinds = api.ParticipantInfo.Kind
        return api.ListParticipantsResponse(
            participants=[
                api.ParticipantInfo(
                    identity=name,
                    kind=kinds.AGENT if name.startswith("agent-") else kinds.STANDARD,
                )
                for name in self.rooms.get(request.room, [])
            ]
        )

    def _send(self, request: api.SendDataRequest) -> api.SendDataResponse | None:
        if request.room not in self.rooms:
            return None
        self.sent.append(request)
        return api.SendDataResponse()

    def _dispatch(self, request: api.CreateAgentDispatchRequest) -> api.AgentDispatch | None:
        if request.room not in self.rooms:
            return None
        self.dispatches.append(request)
        return api.AgentDispatch(id="AD_fake", room=request.room, agent_name=request.agent_name)
