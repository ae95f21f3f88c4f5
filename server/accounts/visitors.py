"""Where a request comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request


@dataclass(frozen=True)
class Visitor:
    """`address`: the network address; behind a proxy the one that it passes on."""

    address: str
    user_agent: str


def visitor_of(request: Request) -> Visitor:
    address = request.client.host if request.client else "unknown"
    return Visitor(address, request.headers.get("user-agent", ""))


FromVisitor = Annotated[Visitor, Depends(visitor_of)]
