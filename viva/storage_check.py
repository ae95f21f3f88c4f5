"""Whether recordings can be kept where they are to be: a small object is written, read and removed.

What is said of a failure is made here, from its kind: what a store answers may repeat keys."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

from server.errors import Problem
from server.storage import store
from server.storage.location import Bucket, Directory, Location
from server.storage.store import Missing, Storage

PATIENCE_S = 30.0
_CONTENT = b"viva doctor looks whether recordings can be kept here"
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")
_KEYS = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
_WRONG_KEYS = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken"}
_WRONG_REGION = {"PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and what to do about it."""

    what: str
    action: str


def name_of(location: Location) -> str:
    """As people call it, without credentials."""
    if isinstance(location, Directory):
        return str(location.path)
    name = "/".join(part for part in (location.name, location.prefix) if part)
    address = urlsplit(location.options.get("aws_endpoint", ""))
    port = f":{address.port}" if address.port else ""
    return f"s3://{name}" + (f" at {address.hostname}{port}" if address.hostname else "")


async def try_out(location: Location) -> Trouble | None:
    """None when an object could be put, read back and removed. A directory that is not there is
    made."""
    key = f"doctor-{secrets.token_hex(8)}"
    step = "written to"
    with _unlogged():
        try:
            async with asyncio.timeout(PATIENCE_S):
                storage = Storage(location)
                await storage.put(key, _CONTENT)
                try:
                    step = "read from"
                    same = await storage.get(key) == _CONTENT
                    step = "listed"
                    same = await storage.find(key) is not None and same
                    await storage.keys("sessions")
                except (Problem, Missing):
                    with contextlib.suppress(Problem):
                        await storage.delete([key])
                    raise
                step = "deleted from"
                await storage.delete([key])
        except (Problem, Missing, OSError, TimeoutError) as error:
            return _trouble(location, step, error)
    if same:
        return None
    return Trouble("what is read there is not what was written", "see VIVA_STORAGE_URL")


def _trouble(location: Location, step: str, error: Exception) -> Trouble:
    cause = error.__cause__ if isinstance(error, Problem | Missing) else error
    if isinstance(error, Problem) and error.status == 507:
        return Trouble("the disk is full", "free some space: an hour of sound takes 100 MB")
    if isinstance(location, Directory):
        reason = cause.strerror if isinstance(cause, OSError) else None
        what = f"it cannot be {step} ({reason or type(cause).__name__})"
        return Trouble(what, "let this user write there, or set VIVA_STORAGE_URL to another place")
    if isinstance(cause, TimeoutError):
        return Trouble(
            f"it did not answer within {PATIENCE_S:.0f} seconds", _out_of_reach(location)
        )
    return _bucket_trouble(location, step, cause)


def _bucket_trouble(location: Bucket, step: str, cause: BaseException | None) -> Trouble:
    told = str(cause)
    found = _CODE.search(told)
    code = found[1] if found else ""
    if code == "NoSuchBucket":
        what = f"there is no bucket {location.name}"
        return Trouble(what, "make it, or set VIVA_STORAGE_URL to one that is there")
    if code in _WRONG_REGION:
        return Trouble(f"the bucket is in another region ({code})", "set AWS_REGION to that one")
    if code in _WRONG_KEYS or isinstance(cause, UnauthenticatedError):
        return Trouble(f"its keys are refused ({code or 'unauthenticated'})", f"{_KEYS} anew")
    if isinstance(cause, PermissionDeniedError):
        what = f"its keys do not let it be {step} ({code or 'permission denied'})"
        rights = "s3:PutObject, s3:GetObject, s3:DeleteObject and s3:ListBucket"
        return Trouble(what, f"give them {rights} there")
    if "169.254.169.254" in told or "redential" in told:
        return Trouble("no keys were given and none were found", _KEYS)
    if "HTTP error" in told:
        return Trouble("it cannot be reached", _out_of_reach(location))
    what = f"it cannot be {step} ({code or type(cause).__name__})"
    return Trouble(what, "see VIVA_STORAGE_URL and the AWS_ variables beside it")


def _out_of_reach(location: Bucket) -> str:
    if "aws_endpoint" in location.options:
        return "start the store, or set AWS_ENDPOINT_URL to where it answers"
    return "look at the network; for another store than Amazon's set AWS_ENDPOINT_URL"


@contextmanager
def _unlogged() -> Iterator[None]:
    """The store logs a failure for who runs a server; here it is told once, as a finding."""
    logger = logging.getLogger(store.__name__)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
