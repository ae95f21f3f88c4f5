import pytest

from viva.wer import normalised, word_error_rate


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("I'd use two hundred milliseconds.", "i would use 200 milliseconds"),
        ("An A/B test, then.", "an A B test then"),
        ("We optimise the colour.", "we optimize the color"),
    ],
)
def test_what_sounds_the_same_counts_as_the_same(said: str, written: str) -> None:
    assert normalised(said) == normalised(written)


def test_where_an_utterance_ends_is_not_judged() -> None:
    assert word_error_rate(["one two", "three four"], ["one", "two three four"]) == 0.0


def test_every_kind_of_error_counts_once() -> None:
    assert word_error_rate(["a ranker with trees"], ["a banker trees please"]) == 0.75


def test_nothing_understood_is_all_wrong() -> None:
    assert word_error_rate(["some words"], []) == 1.0


def test_nothing_said_has_no_rate() -> None:
    assert word_error_rate([], ["noise"]) is None
