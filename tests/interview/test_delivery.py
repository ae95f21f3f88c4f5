"""How it was said, from the times of the words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from interview.delivery import PAUSE_MS, delivery
from interview.report import Measure
from interview.transcript import Turn, Word

SENTENCE = "I would start with a simple baseline and compare it with what runs today"


def spoken(index: int, start: int, text: str, each: int = 400, gaps: dict | None = None) -> Turn:
    """A turn whose words last `each` milliseconds; `gaps`: silence before a word, by its place."""
    words, at = [], start
    for n, part in enumerate(text.split()):
        at += (gaps or {}).get(n, 0)
        words.append(Word(part, at, at + each, 0.9))
        at += each
    return Turn(index, "candidate", "deep_dive", start, at, text, words=tuple(words))


def asked(index: int, start: int, end: int, text: str = "Why is that?") -> Turn:
    return Turn(index, "interviewer", "deep_dive", start, end, text)


def measures(*turns: Turn) -> dict[str, Measure]:
    return {measure.id: measure for measure in delivery(turns).measures}


def talk(rounds: int = 8, wait: int = 1000, **more) -> list[Turn]:
    turns, at = [], 0
    for n in range(rounds):
        turns.append(asked(2 * n, at, at + 3000))
        turns.append(spoken(2 * n + 1, at + 3000 + wait, SENTENCE, **more))
        at = turns[-1].end_ms + 500
    return turns


def test_pace_is_of_the_time_spent_speaking() -> None:
    # A word each 0.4 s is 150 a minute, whatever the pauses.
    assert measures(*talk())["words_per_minute"].value == 150
    assert measures(*talk(gaps={4: 5000}))["words_per_minute"].value == 150


def test_pauses_are_gaps_between_words_of_one_turn() -> None:
    found = measures(*talk(gaps={4: PAUSE_MS + 500, 7: PAUSE_MS}))
    assert found["pauses"].value == 8
    assert found["longest_pause"].value == 2.5
    first = talk()[1]
    pause = found["longest_pause"]
    assert (pause.start_ms, pause.end_ms) == (first.words[3].end_ms, first.words[3].end_ms + 2500)
    short = measures(*talk(gaps={4: 700}))
    assert (short["pauses"].value, short["longest_pause"].value) == (0, 0.7)
    none = measures(*talk())
    assert (none["pauses"].value, none["longest_pause"].value) == (0, 0)
    assert none["longest_pause"].start_ms is None
    single = measures(*(spoken(n, n * 2000, "Indeed.", each=1000) for n in range(50)))
    assert single["longest_pause"].value is None


def test_fillers_are_counted_as_recognised() -> None:
    turns = talk(rounds=15)
    turns[1] = spoken(1, 4000, "Um, so, like, I would, uh, use a cache, you know, and I like it.")
    per_minute = measures(*turns)["fillers_per_minute"]
    speaking = sum(len(t.text.split()) * 0.4 for t in turns if t.speaker == "candidate")
    assert per_minute.value == round(4 / (speaking / 60), 1)
    assert "leaves out" in per_minute.note


def test_the_share_of_the_talk_and_the_longest_stretch() -> None:
    turns = talk()
    found = measures(*turns)
    one = len(SENTENCE.split()) * 0.4
    assert found["talk_ratio"].value == round(100 * one / (one + 3), 1)
    assert found["longest_stretch"].value == round(one, 1)
    assert found["longest_stretch"].start_ms == turns[1].start_ms


def test_the_time_to_an_answer_is_that_of_questions_nobody_broke_into() -> None:
    turns = talk(wait=1200)
    assert measures(*turns)["time_to_answer"].value == 1.2
    turns[0] = replace(turns[0], interrupted=True)
    turns[2] = replace(turns[2], text="I see.")
    turns[4] = replace(turns[4], end_ms=turns[5].start_ms + 500)
    assert measures(*turns)["time_to_answer"].value == 1.2
    few = measures(*[t for t in turns if t.index in {1, 3, 5, 7, 9, 11}])
    assert few["time_to_answer"].value is None


def test_nothing_is_measured_where_it_cannot_be() -> None:
    typed = [replace(t, words=(), flags=("typed",)) for t in talk() if t.speaker == "candidate"]
    untimed = [replace(t, words=()) for t in talk()]
    unsure = [replace(t, words=tuple(replace(w, confidence=0.3) for w in t.words)) for t in talk()]
    unclear = [replace(t, flags=("garbled",) if t.index % 4 == 1 else ()) for t in talk()]
    for turns, why in (
        ([], "too little"),
        (talk(rounds=2), "too little"),
        (typed, "typed"),
        (untimed, "no times"),
        (unsure, "made out"),
        (unclear, "made out"),
    ):
        found = measures(*turns)
        assert len(found) == 7
        for measure in found.values():
            assert measure.value is None
            assert why in measure.note
    assert delivery(()).limits


def test_a_few_turns_that_could_not_be_made_out_are_left_out() -> None:
    turns = talk(rounds=12)
    turns[1] = replace(turns[1], flags=("garbled",), text="grr")
    assert measures(*turns)["words_per_minute"].value == 150


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4000), st.integers(1, 30), st.integers(0, 900), st.integers(0, 4000)
        ),
        max_size=14,
    )
)
def test_whatever_the_words_figures_are_possible_ones(parts) -> None:
    turns, at = [], 0
    for n, (wait, count, each, gap) in enumerate(parts):
        turns.append(asked(2 * n, at, at + 1000))
        turns.append(spoken(2 * n + 1, at + 1000 + wait, "so " * count, each, {1: gap}))
        at = turns[-1].end_ms
    found = measures(*turns)
    assert len(found) == 7
    for measure in found.values():
        assert measure.value is None or measure.value >= 0
        assert (measure.value is None) <= bool(measure.note)
        if measure.start_ms is not None:
            assert measure.end_ms is not None
            assert 0 <= measure.start_ms <= measure.end_ms <= at
    if found["talk_ratio"].value is not None:
        assert found["talk_ratio"].value <= 100
