"""Errors as people and programs meet them: RFC 9457 problem details with a stable `code`."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from interview.errors import EventError, FencedError, InterviewError, PlanError

log = logging.getLogger(__name__)

_LONGEST_TEXT = 300
_DOMAIN_STATUS: dict[type[InterviewError], int] = {
    PlanError: 422,
    EventError: 422,
    FencedError: 409,
}


class Problem(Exception):
    """An answer that is not a success. `detail` is a sentence that says what to change."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = extra


def not_found(what: str = "session") -> Problem:
    """404 for what does not exist and for what belongs to somebody else alike."""
    return Problem(404, f"{what}_not_found", f"There is no such {what}.")


def disk_full(detail: str) -> Problem:
    """507: nothing more can be stored, and what is stored is safe."""
    return Problem(507, "disk_full", detail)


def _is_full(error: OperationalError) -> bool:
    """SQLite names it in a code, PostgreSQL in a class of error."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return bool(code == sqlite3.SQLITE_FULL)
    return str(getattr(error.orig, "sqlstate", "")) == "53100"


def printable(text: str) -> str:
    """`text` cut to a length fit for an answer and free of lone surrogates."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return clean if len(clean) <= _LONGEST_TEXT else clean[:_LONGEST_TEXT] + "…"


def problem_response(problem: Problem) -> JSONResponse:
    """`problem` as application/problem+json."""
    body = {
        "type": f"urn:viva:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": printable(problem.detail),
        "code": problem.code,
        **problem.extra,
    }
    return JSONResponse(
        body, problem.status, problem.headers, media_type="application/problem+json"
    )


def _from_validation(error: RequestValidationError) -> Problem:
    found = []
    for item in error.errors():
        path = [str(part) for part in item["loc"] if part not in {"body", "query", "path"}]
        message = item["msg"].removeprefix("Value error, ")
        found.append({"field": printable(".".join(path)), "message": printable(message)})
    first = found[0]
    where = first["field"] or "the request's body"
    return Problem(422, "invalid_request", f"{where}: {first['message']}", errors=found[:20])


def _from_http(error: HTTPException) -> Problem:
    codes = {404: "not_found", 405: "method_not_allowed", 400: "malformed_body"}
    code = codes.get(error.status_code, f"http_{error.status_code}")
    return Problem(error.status_code, code, str(error.detail), headers=error.headers)


def install(app: FastAPI) -> None:
    """Make every error that leaves `app` a problem document."""

    @app.exception_handler(Problem)
    async def on_problem(_: Request, error: Problem) -> JSONResponse:
        return problem_response(error)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(_from_validation(error))

    @app.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> JSONResponse:
        return problem_response(_from_http(error))

    @app.exception_handler(InterviewError)
    async def on_domain(_: Request, error: InterviewError) -> JSONResponse:
        status = _DOMAIN_STATUS.get(type(error), 422)
        return problem_response(Problem(status, error.code, str(error)))

    @app.exception_handler(OperationalError)
    async def on_busy(_: Request, error: OperationalError) -> JSONResponse:
        if _is_full(error):
            log.error("the disk of the database is full")
            detail = (
                "The disk that interviews are kept on is full. Nothing was stored, and what was "
                "stored before is safe. Free some space and try again."
            )
            return problem_response(disk_full(detail))
        log.error("database unavailable: %s", type(error.orig).__name__)
        detail = "The database is busy or out of reach. Nothing was stored; try again."
        problem = Problem(503, "database_unavailable", detail, headers={"Retry-After": "1"})
        return problem_response(problem)

    @app.exception_handler(Exception)
    async def on_unexpected(_: Request, __: Exception) -> JSONResponse:
        detail = "Something went wrong on the server. Nothing was stored; try again."
        return problem_response(Problem(500, "internal_error", detail))
