"""What the anonymiser finds, measured on labelled sentences in the style of recognised speech.

`anonymise.txt` was at hand when the rules were made; `anonymise_unseen.txt` was not, and no rule
was changed for it. `python -m tests.interview.test_anonymise` prints the figures and every miss."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from interview.anonymise import KINDS, Lexicon, anonymise
from server.sharing.lexicon import lexicon_of
from tests.shipped import SCENARIOS

DATA = Path(__file__).parent / "data"
_LABEL = re.compile(r"\[(\w+):([^\]]+)\]")


class Sentence(NamedTuple):
    text: str
    labels: tuple[tuple[str, str], ...]


def sentences(name: str) -> list[Sentence]:
    lines = (DATA / f"{name}.txt").read_text().splitlines()
    return [Sentence(_LABEL.sub(r"\2", line), tuple(_LABEL.findall(line))) for line in lines]


@cache
def lexicon() -> Lexicon:
    return lexicon_of(SCENARIOS.values(), ["Quintilla Byrne", "quintilla@example.org"])


def clean(*texts: str) -> tuple[str, ...]:
    return anonymise(texts, lexicon()).texts


def left_of(value: str, before: str, after: str) -> list[str]:
    """The words of `value` that are all still there in what `before` became."""
    parts = re.findall(r"[\w']+", value.removesuffix("'s"))

    def times(part: str, text: str) -> int:
        return len(re.findall(rf"(?<![\w<]){re.escape(part)}(?![\w>])", text))

    return [part for part in parts if times(part, after) >= times(part, before)]


def measure(name: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """Labels and those found, by kind, and the misses. Found is what no word of is left."""
    there, found, missed = Counter[str](), Counter[str](), []
    for sentence in sentences(name):
        (text,) = clean(sentence.text)
        for kind, value in sentence.labels:
            there[kind] += 1
            if left_of(value, sentence.text, text):
                missed.append(f"{kind}: {sentence.text}  ->  {text}")
            else:
                found[kind] += 1
    return there, found, missed


def spoilt() -> list[str]:
    """Innocent sentences that lost something."""
    names = ("anonymise_innocent", "anonymise_innocent_unseen")
    pairs = [(s.text, clean(s.text)[0]) for name in names for s in sentences(name)]
    return [f"{before}  ->  {after}" for before, after in pairs if before != after]


def test_there_are_enough_labelled_sentences() -> None:
    assert len(sentences("anonymise")) >= 60
    assert {kind for s in sentences("anonymise") for kind, _ in s.labels} == set(KINDS)


# Measured, and a little less: a new word list may move a figure by one sentence.
@pytest.mark.parametrize(("name", "least"), [("anonymise", 0.95), ("anonymise_unseen", 0.8)])
def test_most_of_what_identifies_is_found(name: str, least: float) -> None:
    there, found, missed = measure(name)
    print(report(name))
    assert sum(found.values()) / sum(there.values()) >= least, missed
    for kind in ("email", "phone", "url", "number"):
        assert found[kind] / there[kind] >= least, missed


def test_few_innocent_sentences_are_spoilt() -> None:
    assert len(spoilt()) <= 2, spoilt()


def test_what_was_removed_is_counted_and_never_told() -> None:
    result = anonymise(
        ["I'm Marta Kowalczyk, marta@example.org, at Zalando since 2019."], lexicon()
    )
    assert result.texts == ("I'm <name>, <email>, at <organisation> since <number>.",)
    assert result.removed == {"name": 1, "email": 1, "organisation": 1, "number": 1}


def test_a_name_that_is_sure_once_goes_everywhere() -> None:
    texts = clean("My name is Fenwick Ossory.", "fenwick thinks so too", "Well, Ossory it is.")
    assert texts == ("My name is <name>.", "<name> thinks so too", "Well, <name> it is.")


def test_an_account_name_goes_whatever_its_case() -> None:
    texts = clean("QUINTILLA is here", "so quintilla, tell me", "byrne and I")
    assert not re.search("quintilla|byrne", " ".join(texts), re.I)


def test_an_account_name_that_is_a_word_goes_where_it_is_a_name() -> None:
    known = lexicon_of(SCENARIOS.values(), ["Will May"])
    texts = anonymise(["You will see it in May, Will.", "we will see"], known).texts
    assert texts == ("You will see it in May, <name>.", "we will see")


def test_nobody_can_bring_marks_of_their_own() -> None:
    result = anonymise(["I typed <name> and <number> myself."], lexicon())
    assert result.texts == ("I typed (name) and (number) myself.",)
    assert result.removed == {}


def test_small_spelled_numbers_and_terms_stay() -> None:
    kept = "One of the two models had a better F1 and p95 in the third week."
    assert clean(kept) == (kept,)


def test_the_texts_of_the_scenarios_stay_readable() -> None:
    """What the interviewer says is written by us: hardly a word of it may go."""
    words = removed = 0
    for scenario in SCENARIOS.values():
        texts = [q.ask for s in scenario.segments for q in s.questions] + [scenario.summary]
        result = anonymise(texts, lexicon_of([scenario], []))
        words += sum(len(text.split()) for text in texts)
        removed += sum(n for kind, n in result.removed.items() if kind != "number")
    assert words > 2000
    assert removed / words < 0.005


def test_nothing_to_look_at_is_nothing() -> None:
    assert clean("", " ", "...") == ("", " ", "...")


def report(name: str) -> str:
    there, found, _ = measure(name)
    rows = [f"{kind} {found[kind]}/{there[kind]}" for kind in KINDS]
    return f"{name}: {sum(found.values())}/{sum(there.values())}; {', '.join(rows)}"


if __name__ == "__main__":
    for data in ("anonymise", "anonymise_unseen"):
        print(report(data))
        for miss in measure(data)[2]:
            print(f"  missed {miss}")
    for line in spoilt():
        print(f"  spoilt {line}")
