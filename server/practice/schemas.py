"""Bodies of /me/next."""

from __future__ import annotations

from pydantic import BaseModel


class FocusOut(BaseModel):
    """A criterion of the scenario, and why it is worth practising."""

    criterion_id: str
    title: str
    reason: str


class NextPractice(BaseModel):
    """`because`: the sessions that the reasons are taken from."""

    scenario_id: str
    scenario_title: str
    difficulty: str
    focus: list[FocusOut]
    because: list[str]
