"""When the interviewer's words are said: estimated, in step with the sound, cut where it ends."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from agent.recording.playing import Sounded
from agent.speech.piper_tts import Piper, PiperTTS
from agent.speech.word_times import SpeechWords, Uttered

RATE = 1000


def pcm(*pieces: tuple[float, int]) -> bytes:
    """Sound of pieces (seconds, loudness)."""
    return b"".join(
        np.full(round(seconds * RATE), loud, dtype=np.int16).tobytes() for seconds, loud in pieces
    )


def spoken(*uttered: Uttered, text: str) -> SpeechWords:
    words = SpeechWords()
    words.begin()
    words.add(text, uttered, RATE)
    return words


def spans(words: SpeechWords, text: str, sounded: Sounded) -> list[tuple[str, int, int]]:
    return [(w.text, w.start_ms, w.end_ms) for w in words.heard(text, sounded)]


def test_words_last_as_long_as_they_sound() -> None:
    words = spoken(Uttered(pcm((0.1, 0), (0.6, 900), (0.3, 0)), "a b\u02c8cd ef"), text="A big dog")
    whole = Sounded(((10.0, 1.0),))
    assert spans(words, "A big dog", whole) == [
        ("A", 10_100, 10_200),
        ("big", 10_200, 10_500),
        ("dog", 10_500, 10_700),
    ]
    assert {word.confidence for word in words.heard("A big dog", whole)} == {None}


def test_each_sentence_begins_with_its_sound() -> None:
    words = spoken(
        Uttered(pcm((0.5, 900), (0.5, 0)), "ab."),
        Uttered(pcm((0.2, 0), (0.4, 900), (0.4, 0)), "cd ef."),
        text="One. Two three.",
    )
    assert spans(words, "One. Two three.", Sounded(((0.0, 2.0),))) == [
        ("One.", 0, 500),
        ("Two", 1200, 1400),
        ("three.", 1400, 1600),
    ]


def test_a_comma_is_where_the_sound_pauses() -> None:
    words = spoken(
        Uttered(pcm((0.2, 900), (0.3, 0), (0.4, 900)), "ab, cd ef"), text="One, two three"
    )
    assert spans(words, "One, two three", Sounded(((0.0, 0.9),))) == [
        ("One,", 0, 200),
        ("two", 500, 700),
        ("three", 700, 900),
    ]


def test_small_words_that_are_spoken_as_one_take_their_share_of_letters() -> None:
    words = spoken(Uttered(pcm((0.8, 900)), "abcd ef"), text="of the art")
    assert spans(words, "of the art", Sounded(((0.0, 0.8),))) == [
        ("of", 0, 200),
        ("the", 200, 500),
        ("art", 500, 800),
    ]


def test_a_pause_moves_what_comes_after_it() -> None:
    words = spoken(Uttered(pcm((1.0, 900)), "ab cd"), text="One two")
    paused = Sounded(((5.0, 0.5), (8.0, 0.5)))
    assert spans(words, "One two", paused) == [("One", 5000, 8000), ("two", 8000, 8500)]


def test_what_was_not_heard_is_not_there() -> None:
    words = spoken(Uttered(pcm((1.0, 900)), "ab cd ef gh"), text="One two three four")
    cut = Sounded(((0.0, 0.6),))
    assert spans(words, "One two three", cut) == [
        ("One", 0, 250),
        ("two", 250, 500),
        ("three", 500, 600),
    ]


def test_without_sentences_words_share_the_sound() -> None:
    words = SpeechWords()
    words.begin()
    found = spans(words, "ab cdef", Sounded(((2.0, 0.6),)))
    assert found == [("ab", 2000, 2200), ("cdef", 2200, 2600)]
    assert words.heard("", Sounded(((2.0, 0.6),))) == ()


async def test_a_real_voice_has_a_time_for_every_word() -> None:
    piper = Piper("joe")
    tts = PiperTTS(piper)
    text = "Let us begin, then. How would you rank 120 items?"
    async with tts.synthesize(text) as stream:
        seconds = sum([event.frame.duration async for event in stream])
    words = tts.words.heard(text, Sounded(((0.0, seconds),)))
    assert [word.text for word in words] == text.split()
    starts = [word.start_ms for word in words]
    assert starts == sorted(starts)
    assert words[-1].end_ms / 1000 == pytest.approx(seconds, abs=0.6)
    await asyncio.to_thread(piper.executor.shutdown)
