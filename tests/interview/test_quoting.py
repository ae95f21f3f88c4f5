"""What is picked up from a candidate's words, with and without punctuation."""

import re

import pytest

from interview.quoting import clauses, noun_phrases, well_formed

TERMS = ("gradient boosted trees", "inverted index", "hard negatives", "embedding", "two tower")


def as_recognised(text: str) -> str:
    return re.sub(r"[.,?!]", "", text).lower()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "I would train the ranker on purchases, because clicks alone reward attractive "
            "pictures.",
            ("I would train the ranker on purchases", "clicks alone reward attractive pictures"),
        ),
        (
            "I think the click model needs propensity weights.",
            ("the click model needs propensity weights",),
        ),
        ("Before I design anything I would like to know who the users are.", ()),
        ("I think the strongest part was the evaluation.", ()),
        ("I do not know.", ()),
        ("What's the latency budget and do we have labels?", ()),
    ],
)
def test_clauses_are_whole(text: str, wanted: tuple[str, ...]) -> None:
    assert clauses(text) == wanted
    assert clauses(as_recognised(text)) == wanted
    assert all(well_formed(quote) for quote in wanted)


@pytest.mark.parametrize(
    "quote",
    [
        "an inverted index for exact words and an",
        "before I design anything",
        "I would like to",
        "the old one and",
        "it works",
    ],
)
def test_loose_ends_are_seen(quote: str) -> None:
    assert not well_formed(quote)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I'd use an inverted index.", ["the inverted index"]),
        ("We rank with gradient boosted trees.", ["gradient boosted trees"]),
        ("It would be a two tower network.", ["the two tower network"]),
        ("Then sample hard negatives.", ["hard negatives"]),
        ("I compare it with the current system.", ["the current system"]),
        ("Clicks alone reward attractive pictures.", []),
        ("I would treat this as a ranking problem.", []),
        ("I would look at a few hundred examples by hand.", []),
        ("The best are text similarity price freshness.", []),
    ],
)
def test_only_noun_phrases_are_said_back(text: str, wanted: list[str]) -> None:
    assert [phrase.named for phrase in noun_phrases(text, TERMS)] == wanted
    assert [phrase.named for phrase in noun_phrases(as_recognised(text), TERMS)] == wanted


@pytest.mark.parametrize(
    "said",
    [
        "For the model I would use",
        "use that",
        "I would use that",
        "for the features I would take",
        "and then we would build",
    ],
)
def test_a_fragment_is_not_quoted(said: str) -> None:
    assert clauses(said) == ()
