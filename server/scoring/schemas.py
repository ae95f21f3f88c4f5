"""Bodies of the scoring endpoints. Levels are 1 to 4, the rubric's descriptions, weakest first;
null is "not assessed"."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from server.texts import PlainText

LONGEST_NOTE = 2000
Level = Annotated[int, Field(ge=1, le=4, strict=True)]


class CriterionOut(BaseModel):
    """`levels`: what each of the four levels means. What is listened for is not told."""

    id: str
    title: str
    levels: list[str]


class Score(BaseModel):
    model_config = ConfigDict(extra="forbid")

    criterion: Annotated[PlainText, Field(max_length=64)]
    level: Level | None
    note: Annotated[PlainText, Field(max_length=LONGEST_NOTE)] = ""


class ScoreOut(Score):
    """`blind`: given without having seen the report or anybody else's scores."""

    blind: bool


class OthersScores(BaseModel):
    """What one other person gave. `blind`: all of it. `imported`: it was taken in with the session
    from elsewhere, and nobody here vouches for it."""

    author_name: str
    blind: bool
    imported: bool
    done_at: datetime
    scores: list[ScoreOut]


class ScoringOut(BaseModel):
    """`blind`: the caller is to score before they see what others made of the session; until then
    `others` is null. `done`: the caller has said that they are."""

    blind: bool
    done: bool
    criteria: list[CriterionOut]
    own: list[ScoreOut]
    others: list[OthersScores] | None


class PutScoring(BaseModel):
    """All of one's own scores; what is left out is taken away, and once `done` not assessed. Who
    was done once stays so."""

    model_config = ConfigDict(extra="forbid")

    scores: Annotated[list[Score], Field(max_length=100)]
    done: bool = False
