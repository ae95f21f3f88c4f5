import math

import pytest

from interview.errors import PlanError
from interview.plan import make_plan
from interview.wire import Plan

GOOD = [300.0, 600.0, 900.0, 600.0, 300.0]


def _with(index: int, value: object) -> list:
    return [*GOOD[:index], value, *GOOD[index + 1 :]]


def test_a_good_plan_is_taken_as_it_is() -> None:
    plan = make_plan([5, 10, 7200, 600, 300], 0, "staff", "direct")
    assert plan.segment_seconds == [5, 10, 7200, 600, 300]
    assert (plan.buffer_seconds, plan.difficulty, plan.tone) == (0, "staff", "direct")


@pytest.mark.parametrize(
    ("lengths", "named"),
    [
        (_with(0, 0), "warm_up"),
        (_with(1, -1), "problem_framing"),
        (_with(2, math.nan), "solution_exploration"),
        (_with(3, math.inf), "deep_dive"),
        (_with(4, 36000), "wrap_up"),
        (_with(0, 4.9), "warm_up"),
        (_with(0, "ten"), "warm_up"),
        (_with(0, True), "warm_up"),
        (GOOD[:4], "4 segment lengths"),
        ([*GOOD, 1], "6 segment lengths"),
        ([7000, 7000, 300, 300, 300], "warm_up"),
    ],
)
def test_bad_lengths_are_refused_by_name(lengths: list, named: str) -> None:
    with pytest.raises(PlanError, match=named):
        make_plan(lengths)


@pytest.mark.parametrize("buffer", [-1, 1801, math.nan, math.inf])
def test_bad_buffer(buffer: float) -> None:
    with pytest.raises(PlanError, match="buffer"):
        make_plan(GOOD, buffer)


@pytest.mark.parametrize("rate", [0.5, 1.6, math.nan, math.inf, -1.0])
def test_a_rate_that_nobody_could_follow(rate: float) -> None:
    with pytest.raises(PlanError, match=r"0\.75 to 1\.5"):
        make_plan(GOOD, speaking_rate=rate)


def test_a_plan_that_was_stored_before_there_were_voices_still_loads() -> None:
    plan = Plan.model_validate({"segment_seconds": GOOD, "rambling_seconds": 180.0})
    assert (plan.voice, plan.speaking_rate) == (None, 1.0)


def test_unknown_words_name_the_known_ones() -> None:
    with pytest.raises(PlanError, match="guided, standard, senior, staff"):
        make_plan(GOOD, difficulty="hard")
    with pytest.raises(PlanError, match="warm, neutral, direct"):
        make_plan(GOOD, tone="cruel")
