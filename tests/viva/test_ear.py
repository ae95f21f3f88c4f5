import numpy as np
import pytest

from viva.ear import Ear

LOUD = np.full(160, 2000, dtype=np.int16)
QUIET = np.full(160, 5, dtype=np.int16)


def _hear(ear: Ear, pattern: str, start: float = 0.0) -> None:
    """`#` is 10 ms of sound, `.` of silence."""
    for index, sign in enumerate(pattern):
        ear.hear(LOUD if sign == "#" else QUIET, start + index / 100)


def test_a_span_begins_with_its_first_sound_and_ends_with_its_last() -> None:
    ear = Ear()
    _hear(ear, "." * 10 + "#" * 20 + "." * 10)
    assert ear.spans == [(pytest.approx(0.10), pytest.approx(0.29))]
    assert ear.silent_since(0.39) == pytest.approx(0.10)


def test_a_breath_does_not_end_a_span_and_a_pause_does() -> None:
    ear = Ear()
    _hear(ear, "#" * 10 + "." * 20 + "#" * 10 + "." * 50 + "#" * 10)
    assert len(ear.spans) == 2
    assert ear.first_sound_after(0.5) == pytest.approx(0.90)


def test_a_click_is_no_speech() -> None:
    ear = Ear()
    _hear(ear, "..#..#...")
    assert ear.spans == []
    assert ear.silent_since(1.0) == float("inf")
