"""Serves the built page. Hashed assets may be kept for ever, the rest is asked for anew."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Viva</title>
<h1>The page is not built yet</h1>
<p>The server works, but there is nothing to show. Build the page with <code>make build</code>, or
start everything with <code>make run</code>, then reload.</p></html>"""
_RESERVED = ("api", "internal")


class _Page(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        pure = PurePosixPath(path)
        if "\0" in path:
            raise HTTPException(404)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or pure.suffix:
                raise
            response = await super().get_response("index.html", scope)
        hashed = pure.parts[:1] == ("assets",)
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if hashed else "no-cache"
        )
        return response


class _PageMount(Mount):
    """Every address but those of the API, whose routes know best what is wrong with a request."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        first = PurePosixPath(scope["path"]).parts[1:2]
        if first in {(name,) for name in _RESERVED}:
            return Match.NONE, {}
        return super().matches(scope)


def mount(app: FastAPI, directory: Path) -> None:
    """Serve `directory`, or say that it has not been built. Comes after every other route."""
    if (directory / "index.html").is_file():
        page = _Page(directory=directory, html=True)
        app.router.routes.append(_PageMount("/", page, name="page"))
        return

    @app.get("/", include_in_schema=False)
    async def not_built() -> HTMLResponse:
        return HTMLResponse(_NOT_BUILT, 503, {"Cache-Control": "no-cache"})
