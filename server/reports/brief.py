"""What lists and trends show of a report."""

from __future__ import annotations

from statistics import fmean
from typing import Any

from pydantic import BaseModel

from interview.report import Report


class Brief(BaseModel):
    """`levels` and `titles` by the id of the criterion, in the rubric's order; a level is None
    where none was given. `pace_wpm`: words per minute, None where it was not measured."""

    levels: dict[str, int | None]
    titles: dict[str, str]
    level_mean: float | None
    pace_wpm: float | None

    def ends(self) -> tuple[str, str] | None:
        """The titles of the criteria with the highest and the lowest level, the first of each; None
        where these are not two levels."""
        given = {id_: level for id_, level in self.levels.items() if level is not None}
        if len(set(given.values())) < 2:
            return None
        best, worst = max(given, key=given.__getitem__), min(given, key=given.__getitem__)
        return self.titles[best], self.titles[worst]

    def counts(self) -> dict[str, Any]:
        """As a session's listing has them."""
        given = sum(level is not None for level in self.levels.values())
        return {
            "level_mean": self.level_mean,
            "levels_given": given,
            "levels_of": len(self.levels),
        }


def level_mean(report: Report) -> float | None:
    """The mean of the levels that were given, to two places; None when none was."""
    given = [score.level for score in report.criteria if score.level is not None]
    return round(fmean(given), 2) if given else None


def of(report: Report) -> Brief:
    paces = [m.value for m in report.delivery.measures if m.id == "words_per_minute"]
    return Brief(
        levels={score.id: score.level for score in report.criteria},
        titles={score.id: score.title for score in report.criteria},
        level_mean=level_mean(report),
        pace_wpm=paces[0] if paces else None,
    )
