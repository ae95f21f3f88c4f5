import pytest

from viva.bench_context import context, summary
from viva.errors import CommandError


@pytest.mark.slow
def test_late_in_an_interview_a_prompt_is_as_large_as_early() -> None:
    figures = context("general-ml-system-design")
    assert figures["turns"] > 200
    assert 0.7 < figures["ratio"]["characters"] < 1.3
    assert figures["largest_characters"] < 10_000
    assert "ratio" in summary(figures)


def test_an_unknown_scenario_is_named_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"no scenario 'chess'; there are .*feed-ranking"):
        context("chess")
