"""When words are said, from when their phonemes are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.speech import voices
from agent.speech.phoneme_times import word_spans
from agent.speech.piper_tts import Piper
from agent.speech.voices import telling, voice_path
from agent.speech.word_times import SpeechWords

ALONE = {"there": "ðɛɹ", "are": "ɑːɹ", "1.5": "wˈʌn pɔɪnt fˈaɪv", "new": "nˈuː", "a": "ˈeɪ"}


def spans(phonemes: str, words: str) -> list[tuple[str, str]]:
    """Each word with the phonemes between its beginning and its end, one of which lasts 1 s."""
    onsets = [float(n) for n in range(len(phonemes) + 1)]
    found = word_spans(phonemes, onsets, words.split(), lambda word: ALONE.get(word, ""))
    return [
        (word, phonemes[int(first) : int(end)])
        for word, (first, end) in zip(words.split(), found, strict=True)
    ]


def test_words_begin_and_end_with_their_phonemes_and_no_pause_is_theirs() -> None:
    assert spans("juː sˈɛd, ɹᵻ.", "You said, re.") == [
        ("You", "juː"),
        ("said,", "sˈɛd"),
        ("re.", "ɹᵻ"),
    ]


def test_words_that_are_spoken_as_one_or_as_several_are_told_apart() -> None:
    assert spans("ðɛɹˌɑːɹ wˈʌn pɔɪnt fˈaɪv nˈuː", "there are 1.5 new") == [
        ("there", "ðɛɹ"),
        ("are", "ˌɑːɹ"),
        ("1.5", "wˈʌn pɔɪnt fˈaɪv"),
        ("new", "nˈuː"),
    ]


def test_a_word_that_sounds_unlike_itself_lies_between_its_neighbours() -> None:
    assert spans("nˈuː ðɛɹˌɑːɹ ɐ wˈʌn pɔɪnt fˈaɪv", "new there are a 1.5")[-1] == (
        "1.5",
        "wˈʌn pɔɪnt fˈaɪv",
    )


@pytest.mark.parametrize(
    ("phonemes", "onsets", "words"),
    [("ab", [0.0, 1.0], ["ab"]), ("ab", [0.0, 1.0, 2.0], []), ("ab cd", [0.0] * 6, ["x"])],
)
def test_what_does_not_fit_has_no_times(
    phonemes: str, onsets: list[float], words: list[str]
) -> None:
    assert word_spans(phonemes, onsets, words, lambda _: "zz") == []


@given(
    phonemes=st.text("abcˈː,. ", max_size=40),
    alone=st.lists(st.text("abcˈː", max_size=5), min_size=1, max_size=8),
)
def test_words_come_in_order_and_never_overlap(phonemes: str, alone: list[str]) -> None:
    onsets = [n / 10 for n in range(len(phonemes) + 1)]
    words = [str(n) for n in range(len(alone))]
    found = word_spans(phonemes, onsets, words, lambda word: alone[int(word)])
    assert len(found) in (0, len(words))
    ends = [0.0, *(at for span in found for at in span)]
    assert ends == sorted(ends)
    assert ends[-1] <= onsets[-1]


async def test_the_voice_tells_when_each_phoneme_is_said() -> None:
    piper = Piper("joe")
    text = "There are 1.5 million new items, and users do not scroll. How would you rank them?"
    uttered = piper.utter(text)
    for sentence in uttered:
        assert len(sentence.onsets) == len(sentence.phonemes) + 1
        assert list(sentence.onsets) == sorted(sentence.onsets)
        assert sentence.onsets[-1] <= len(sentence.pcm) / 2 / piper.sample_rate
    words = SpeechWords(piper.sounds_of)
    words.add(text, uttered, piper.sample_rate)
    assert [one.text for one in words.timed] == text.split()
    assert all(0.02 < one.end - one.start < 1.0 for one in words.timed)
    # The pause between sentences is no word's.
    assert words.timed[-6].end < len(uttered[0].pcm) / 2 / piper.sample_rate
    assert words.timed[-5].start > len(uttered[0].pcm) / 2 / piper.sample_rate
    await asyncio.to_thread(piper.executor.shutdown)


def test_the_copy_that_tells_is_made_once_and_is_no_must(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    model = voice_path("joe")
    copy = telling(model, tmp_path / "voices")
    assert copy.parent == tmp_path / "voices"
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    monkeypatch.setattr(voices, "_patch", lambda *_: pytest.fail("made again"))
    assert telling(model, tmp_path / "voices") == copy
    taken = tmp_path / "taken"
    taken.write_text("no directory")
    assert telling(model, taken) == model
    assert "no times of phonemes" in caplog.text
