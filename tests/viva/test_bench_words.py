"""The measurement of the recogniser's times: it finds words, and knows when they were said."""

from __future__ import annotations

import pytest

from agent.speech.word_times import Timed
from viva.bench_words import _off, sentences, table, words


def test_sentences_are_of_candidates_and_each_another() -> None:
    found = sentences(20)
    assert len(set(found)) == 20
    assert all(len(one.split()) >= 8 for one in found)


def test_what_is_late_is_found_out_and_the_first_word_left_out() -> None:
    said = [Timed("I", 0.0, 0.1), Timed("would", 0.2, 0.4), Timed("rank,", 0.5, 0.9)]
    heard = [("I", 0.1, 0.6), ("wood", 0.7, 0.9), ("Rank", 1.04, 1.37)]
    [(start, end)] = _off(said, heard)
    assert (start, end) == (pytest.approx(0.04), pytest.approx(-0.03))


@pytest.mark.slow
def test_words_are_neither_early_nor_late_as_a_rule() -> None:
    figures = words(6)
    assert figures["words"] > 0.6 * figures["words_said"]
    assert abs(figures["starts"]["late_p50_ms"]) < 40
    assert abs(figures["ends"]["late_p50_ms"]) < 40
    assert "within 50 ms" in table(figures)
