"""The measurement itself: it finds how far off a recording and a log are, made to be off."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from agent.speech.word_times import Timed
from tests.agent.recordings import speechlike
from viva.levels import RATE
from viva.recorded import Sent, alignment

SAID = speechlike(6.0, RATE, seed=5)
SPOKEN = speechlike(2.0, RATE, seed=6)


def word(text: str, start: float) -> dict[str, Any]:
    return {"text": text, "start_ms": round(start * 1000), "end_ms": round(start * 1000) + 1900}


def measured(
    transport: float, jump: float = 0.0, log_off: float = 0.0, words: int = 1
) -> dict[str, Any]:
    """Said at 2 s, found `transport` later, the second half `jump` later still; spoken at 10 s. The
    log is `log_off` early."""
    sound = np.zeros((2, 14 * RATE))
    half = SAID.size // 2
    for part, at in ((SAID[:half], 2.0), (SAID[half:], 5.0 + jump)):
        first = round((at + transport) * RATE)
        sound[0, first : first + part.size] = part
    sound[1, 10 * RATE : 12 * RATE] = SPOKEN
    due = 10 + int(np.flatnonzero(np.abs(SPOKEN) > 0.02 * np.abs(SPOKEN).max())[0]) / RATE
    events = [
        {"type": "speech_ended", "data": {"words": [word("Hello", due - log_off)]}},
        {
            "type": "utterance_final",
            "data": {"words": [word("so", 2.5 + n / 5 - log_off) for n in range(words)]},
        },
        {"type": "turn_ended", "data": {}},
    ]
    said = tuple(
        Timed("So,", 0.5 + n / 5 - transport, 2.4 + n / 5 - transport) for n in range(words)
    )
    return alignment(
        sound,
        [Sent(2.0, SAID, said)],
        [Sent(10.0 + transport / 2, SPOKEN)],
        events,
    )


def test_what_agrees_is_said_to_agree() -> None:
    figures = measured(0.1)
    assert (figures["clips"], figures["clips_found"]) == (6, 6)
    assert figures["clips_way_ms"] == pytest.approx(100, abs=0.1)
    assert (figures["heard"], figures["heard_found"]) == (2, 2)
    assert figures["heard_way_ms"] == pytest.approx(50, abs=0.1)
    assert figures["clips_max_ms"] == pytest.approx(0, abs=0.1)
    assert (figures["speeches"], figures["words"]) == (1, 1)
    assert figures["speeches_max_ms"] == pytest.approx(0, abs=1.1)
    assert figures["words_starts_p50_ms"] == pytest.approx(0, abs=0.1)


def test_sound_that_was_moved_is_found_out() -> None:
    assert measured(0.1, jump=0.04)["clips_max_ms"] == pytest.approx(40, abs=21)


def test_a_log_that_is_off_is_found_out() -> None:
    figures = measured(0.1, log_off=0.07)
    assert figures["words_worst_p50_ms"] is None, "one word is too few"
    assert figures["speeches_max_ms"] == pytest.approx(70, abs=1.1)
    assert figures["words_starts_p50_ms"] == pytest.approx(70, abs=0.1)


def test_a_clip_whose_words_are_off_is_found_out() -> None:
    assert measured(0.1, words=5)["words_worst_p50_ms"] == pytest.approx(0, abs=0.1)
    assert measured(0.1, log_off=-0.2, words=5)["words_worst_p50_ms"] == pytest.approx(200, abs=0.1)
