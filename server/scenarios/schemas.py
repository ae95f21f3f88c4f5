"""A scenario as a candidate may see it."""

from __future__ import annotations

from pydantic import BaseModel


class ScenarioSegment(BaseModel):
    id: str
    title: str
    seconds: float
    purpose: str


class ScenarioOut(BaseModel):
    id: str
    title: str
    summary: str
    default: bool
    difficulties: list[str]
    segments: list[ScenarioSegment]


class ScenarioList(BaseModel):
    items: list[ScenarioOut]
    next: str | None = None
