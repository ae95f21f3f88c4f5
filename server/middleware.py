"""What holds for every request: size, origin, and the headers that tell a browser what to allow."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import SecretStr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import secret_paths
from server.errors import Problem, problem_response
from server.internal.credentials import fits

BODY_LIMIT = 256 * 1024
# A batch of events may hold many long utterances with the times of all their words.
INTERNAL_BODY_LIMIT = 16 * 1024 * 1024
# An export holds years of sessions, recordings and all. Archives are read as they come, once it is
# known who sends them.
IMPORT_BODY_LIMIT = 4 * 1024 * 1024 * 1024
BUNDLE_BODY_LIMIT = 640 * 1024 * 1024
_READ_AS_THEY_COME = {
    "/api/v1/me/import": IMPORT_BODY_LIMIT,
    "/api/v1/sessions/import": BUNDLE_BODY_LIMIT,
}
_API = ("/api/", "/internal/")
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def too_large(limit: int) -> Problem:
    """413 for a body of more than `limit` bytes."""
    detail = f"The body is larger than {limit // 1024} KiB. Send less."
    return Problem(413, "body_too_large", detail)


class PlainAddress:
    """Nothing has an address with a NUL in it, and PostgreSQL takes none as text: 404."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_API) and _has_nul(scope):
            problem = Problem(404, "not_found", "No address has a NUL character in it.")
            await problem_response(problem)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _has_nul(scope: Scope) -> bool:
    return "\0" in scope["path"] or b"%00" in scope["query_string"]


class BodyLimit:
    """Reads a body of limited size before anything else looks at it; 413 past the limit. Only the
    worker, which is known by `agent_token`, may send large ones."""

    def __init__(self, app: ASGIApp, agent_token: SecretStr | None) -> None:
        self._app = app
        self._agent_token = agent_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _UNSAFE:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self._limit(scope["path"], headers)
        announced = headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > limit:
            await problem_response(too_large(limit))(scope, receive, send)
            return
        if scope["path"] in _READ_AS_THEY_COME:
            await self._app(scope, receive, send)
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > limit:
                await problem_response(too_large(limit))(scope, receive, send)
                return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, replay, send)

    def _limit(self, path: str, headers: Headers) -> int:
        if path in _READ_AS_THEY_COME:
            return _READ_AS_THEY_COME[path]
        if not path.startswith("/internal/"):
            return BODY_LIMIT
        known = fits(self._agent_token, headers.get("authorization", ""))
        return INTERNAL_BODY_LIMIT if known else BODY_LIMIT


# In the scope of a GET that is answered without its body.
HEAD = "viva.head"


class HeadLikeGet:
    """Answers HEAD as GET would be answered, less the body. Streams are described by the page of
    JSON that is had without asking for a stream."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept"]

        async def send_headers(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app(
            {**scope, "method": "GET", "headers": headers, HEAD: True}, receive, send_headers
        )


class OriginCheck:
    """Refuses what another site makes a browser send. Programs send neither header and pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in _UNSAFE and not self._own(scope):
            detail = "This request came from another site. Use the page that this server serves."
            await problem_response(Problem(403, "origin_refused", detail))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _own(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        origin = headers.get("origin")
        if origin is None:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme == scope["scheme"] and parts.netloc == headers.get("host")


class SecurityHeaders:
    """Strict headers on every answer; the page may reach this server and the SFU, nothing else."""

    def __init__(self, app: ASGIApp, livekit_url: str) -> None:
        self._app = app
        parts = urlsplit(livekit_url)
        tls = "s" if parts.scheme in {"wss", "https"} else ""
        sfu = f"ws{tls}://{parts.netloc} http{tls}://{parts.netloc}"
        policy = {
            "default-src": "'self'",
            "connect-src": f"'self' {sfu}",
            "media-src": "'self' blob: data:",
            "img-src": "'self' data:",
            "worker-src": "'self' blob:",
            "object-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
        }
        self._headers = {
            "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in policy.items()),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith((*secret_paths.PAGES, *_API)):
                    headers["Referrer-Policy"] = "no-referrer"
                if scope["path"].startswith(secret_paths.SHARED):
                    headers["X-Robots-Tag"] = "noindex, nofollow"
                    headers["Cache-Control"] = "no-store"
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(_API):
                    headers.setdefault("Cache-Control", "no-store")
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self._app(scope, receive, send_with_headers)
