"""Real Whisper, Piper, Silero and the on-device end-of-turn detector: what is spoken is heard."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from livekit import rtc
from livekit.agents import llm, stt
from livekit.plugins import silero
from pydantic import ValidationError

from agent.interviewer import to_heard
from agent.recording.sound import SessionSound
from agent.settings import Settings
from agent.speech.end_of_turn import AudioTail, EndOfTurn
from agent.speech.engines import Engines
from agent.speech.piper_tts import Piper, PiperTTS
from agent.speech.voices import VoiceError, voice_path
from agent.speech.whisper import Whisper
from agent.speech.whisper_stt import WhisperSTT
from viva.wer import word_error_rate

LINE = "I would start with candidate generation, and then a heavier ranker."
TERMS = ("candidate generation", "ranker")


@pytest.fixture(scope="module")
def whisper() -> Iterator[Whisper]:
    model = Whisper("tiny.en", threads=2)
    yield model
    model.executor.shutdown()


@pytest.fixture(scope="module")
def piper() -> Iterator[Piper]:
    voice = Piper("joe")
    yield voice
    voice.executor.shutdown()


@pytest.fixture(scope="module")
def spoken(piper: Piper) -> np.ndarray:
    return np.frombuffer(piper.synthesize(LINE), dtype=np.int16)


def _settings(**more: str) -> Settings:
    return Settings(_env_file=None, **{"VIVA_AGENT_TOKEN": "x" * 16, **more})


def frames(pcm: np.ndarray, rate: int, *, channels: int = 1) -> list[rtc.AudioFrame]:
    """20 ms frames; the same signal on every channel."""
    step = rate // 50
    found = []
    for start in range(0, len(pcm) - step + 1, step):
        chunk = np.repeat(pcm[start : start + step], channels)
        found.append(
            rtc.AudioFrame(
                data=chunk.astype(np.int16).tobytes(),
                sample_rate=rate,
                num_channels=channels,
                samples_per_channel=step,
            )
        )
    return found


def resampled(pcm: np.ndarray, rate_from: int, rate_to: int) -> np.ndarray:
    positions = np.arange(0, len(pcm) - 1, rate_from / rate_to)
    return np.interp(positions, np.arange(len(pcm)), pcm).astype(np.int16)


def padded(pcm: np.ndarray, rate: int, *, before: float = 0.5, after: float = 1.0) -> np.ndarray:
    def quiet(seconds: float) -> np.ndarray:
        return np.zeros(int(rate * seconds), dtype=np.int16)

    return np.concatenate([quiet(before), pcm, quiet(after)])


async def hear(engine: WhisperSTT, audio: list[rtc.AudioFrame]) -> list[stt.SpeechEvent]:
    stream = engine.stream()
    for frame in audio:
        stream.push_frame(frame)
        await asyncio.sleep(0)
    stream.end_input()
    found = [event async for event in stream]
    await stream.aclose()
    return found


def texts(events: list[stt.SpeechEvent]) -> list[str]:
    final = stt.SpeechEventType.FINAL_TRANSCRIPT
    return [event.alternatives[0].text for event in events if event.type == final]


def engine(whisper: Whisper) -> WhisperSTT:
    return WhisperSTT(whisper, vad=silero.VAD.load(), terms=TERMS)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 48_000])
async def test_hears_what_is_said_at_any_rate(
    whisper: Whisper, piper: Piper, spoken: np.ndarray, rate: int
) -> None:
    audio = padded(resampled(spoken, piper.sample_rate, rate), rate)
    said = texts(await hear(engine(whisper), frames(audio, rate)))
    assert "candidate generation" in " ".join(said).lower()
    assert "rank" in " ".join(said).lower()


async def test_words_have_times_inside_the_utterance(
    whisper: Whisper, piper: Piper, spoken: np.ndarray
) -> None:
    audio = padded(resampled(spoken, piper.sample_rate, 16_000), 16_000)
    # They come in one burst, as after a blocked event loop.
    begun, sound = 100.0, SessionSound(lambda: begun + len(audio) / 16_000)
    placed = frames(audio, 16_000)
    for frame in placed:
        sound.hear(frame)
    events = await hear(engine(whisper), placed)
    final = next(e for e in events if e.type == stt.SpeechEventType.FINAL_TRANSCRIPT)
    heard = to_heard(final, started=0.0, ended=1.0)
    assert heard.confidence is not None
    assert 0.3 < heard.confidence <= 1
    assert len(heard.words) > 6
    starts = [word.start_ms for word in heard.words]
    assert starts == sorted(starts)
    length = len(spoken) / piper.sample_rate
    assert heard.started == pytest.approx(begun + 0.5, abs=0.3)
    assert heard.ended == pytest.approx(begun + 0.5 + length, abs=0.5)
    assert heard.words[-1].end_ms / 1000 == heard.ended


async def test_two_sentences_with_a_pause_are_two_utterances_in_order(
    whisper: Whisper, piper: Piper
) -> None:
    first = np.frombuffer(piper.synthesize("First we need data."), dtype=np.int16)
    second = np.frombuffer(piper.synthesize("Then we train a model."), dtype=np.int16)
    audio = np.concatenate(
        [padded(first, piper.sample_rate), padded(second, piper.sample_rate, before=0.4)]
    )
    said = texts(await hear(engine(whisper), frames(audio, piper.sample_rate)))
    assert len(said) == 2
    assert "data" in said[0].lower()
    assert "model" in said[1].lower()


@pytest.mark.slow
async def test_a_long_stretch_without_a_pause_is_heard_whole(
    whisper: Whisper, piper: Piper
) -> None:
    # One sentence that repeats nothing: from repetitions a recogniser makes more of them.
    text = (
        "I would begin with the logs of the last three months and then join them with the "
        "profile of each user so that every row has a label and a time and after that I would "
        "train a small model on the clicks because it is quick to build and easy to explain to "
        "the team while a larger network learns from the purchases which are rare but worth far "
        "more to the business and once both are ready we compare them on a week that neither "
        "has seen and only then do we let a few percent of the visitors meet the winner while "
        "somebody watches the latency and the revenue and rolls it back when one of them falls "
        "below what we had agreed on before"
    )
    pcm = np.frombuffer(piper.synthesize(text), dtype=np.int16)
    assert len(pcm) / piper.sample_rate > 30
    said = texts(await hear(engine(whisper), frames(padded(pcm, piper.sample_rate), 22_050)))
    heard = " ".join(said)
    assert len(heard.split()) == pytest.approx(len(text.split()), rel=0.08), heard
    wrong = word_error_rate([text], [heard])
    assert wrong is not None
    assert wrong < 0.25, heard


@pytest.mark.parametrize(
    "audio",
    [
        np.zeros(0, dtype=np.int16),
        np.zeros(16_000 * 3, dtype=np.int16),
        np.full(16_000 * 3, 32767, dtype=np.int16),
        np.random.default_rng(1).integers(-40, 40, 16_000 * 3).astype(np.int16),
    ],
    ids=["empty", "silent", "stuck at full scale", "faint hiss"],
)
async def test_what_is_not_speech_is_no_utterance(whisper: Whisper, audio: np.ndarray) -> None:
    assert texts(await hear(engine(whisper), frames(audio, 16_000))) == []


async def test_deafening_speech_is_still_heard(
    whisper: Whisper, piper: Piper, spoken: np.ndarray
) -> None:
    loud = np.clip(spoken.astype(np.int32) * 30, -32768, 32767).astype(np.int16)
    audio = padded(loud, piper.sample_rate)
    said = texts(await hear(engine(whisper), frames(audio, piper.sample_rate)))
    assert "rank" in " ".join(said).lower()


async def test_a_whole_stereo_buffer_is_recognised(
    whisper: Whisper, piper: Piper, spoken: np.ndarray
) -> None:
    stereo = frames(resampled(spoken, piper.sample_rate, 48_000), 48_000, channels=2)
    event = await engine(whisper).recognize(stereo)
    assert "candidate generation" in event.alternatives[0].text.lower()


async def test_a_recogniser_that_fails_once_goes_on(whisper: Whisper, piper: Piper) -> None:
    pcm = np.frombuffer(piper.synthesize("We train a model."), dtype=np.int16)
    audio = padded(pcm, piper.sample_rate)
    broken = engine(whisper)
    transcribe, calls = broken.transcribe, iter([True])

    def fails_once(samples: np.ndarray) -> asyncio.Future:  # type: ignore[type-arg]
        if next(calls, False):
            future = asyncio.get_running_loop().create_future()
            future.set_exception(RuntimeError("out of memory"))
            return future
        return transcribe(samples)

    broken.transcribe = fails_once  # type: ignore[method-assign]
    said = texts(await hear(broken, frames(np.concatenate([audio, audio]), piper.sample_rate)))
    assert len(said) == 1


async def test_the_voice_speaks(piper: Piper) -> None:
    async with PiperTTS(piper).synthesize("Hello there.") as stream:
        audio = [event.frame async for event in stream]
    assert 0.4 < sum(frame.duration for frame in audio) < 3
    assert {frame.sample_rate for frame in audio} == {piper.sample_rate}


@pytest.mark.parametrize(("rate", "least", "most"), [(0.75, 1.05, 1.6), (1.5, 0.4, 0.9)])
async def test_the_voice_speaks_at_the_rate_of_the_plan(
    piper: Piper, spoken: np.ndarray, rate: float, least: float, most: float
) -> None:
    engines = Engines(settings=_settings(), vad=silero.VAD.load(), whisper=None, piper=piper)
    async with engines.new_tts(None, rate).synthesize(LINE) as stream:
        audio = [event.frame async for event in stream]
    usual = len(spoken) / piper.sample_rate
    assert least * usual < sum(frame.duration for frame in audio) < most * usual


async def test_a_voice_is_read_when_it_is_wanted_and_the_usual_one_stands_in(
    piper: Piper, tmp_path: Path
) -> None:
    other, broken = tmp_path / "en_US-other-low.onnx", tmp_path / "en_US-broken-low.onnx"
    for ending in (".onnx", ".onnx.json"):
        shutil.copy(voice_path("joe").with_suffix(ending), other.with_suffix(ending))
        broken.with_suffix(ending).write_text("no voice")
    settings = _settings(VIVA_PIPER_VOICE=f"joe,{other},{broken}")
    assert [v.id for v in settings.voices] == ["joe", "en_US-other-low", "en_US-broken-low"]
    engines = Engines(settings=settings, vad=silero.VAD.load(), whisper=None, piper=piper)
    speaking = {}
    for wanted in (None, "joe", "en_US-other-low", "en_US-broken-low", "gone"):
        engines.load_voice(wanted)
        voice = engines.new_tts(wanted)
        assert isinstance(voice, PiperTTS)
        speaking[wanted] = voice.model
    assert speaking == {
        None: "joe",
        "joe": "joe",
        "en_US-other-low": str(other),
        "en_US-broken-low": "joe",
        "gone": "joe",
    }
    async with engines.new_tts("en_US-other-low").synthesize("Hello there.") as stream:
        assert [event.frame async for event in stream]
    for read in engines.others.values():
        read.executor.shutdown()


def test_a_setting_without_a_voice_stops_the_start() -> None:
    with pytest.raises(ValidationError, match="VIVA_PIPER_VOICE"):
        _settings(VIVA_PIPER_VOICE=" , ")


def test_a_missing_voice_says_what_to_set() -> None:
    with pytest.raises(VoiceError, match=r"VIVA_PIPER_VOICE='/no/voice\.onnx'"):
        voice_path("/no/voice.onnx")


def test_the_tail_keeps_the_last_seconds_at_16_khz() -> None:
    tail = AudioTail(seconds=2)
    assert tail.ending(quiet=0).size == 0
    for frame in frames(np.arange(48_000 * 5, dtype=np.int64).astype(np.int16), 48_000):
        tail.push(frame)
    assert tail.ending(quiet=0.2).size == 19_200
    assert tail.ending(quiet=1.5).size <= 19_200
    assert tail.ending(quiet=60).size == 0


async def test_the_detector_gives_a_probability(piper: Piper, spoken: np.ndarray) -> None:
    now = 1000.0
    detector = EndOfTurn(wall=lambda: now)
    context = llm.ChatContext.empty()
    assert await detector.predict_end_of_turn(context) == 1.0
    for frame in frames(padded(spoken, piper.sample_rate, after=0.3), piper.sample_rate):
        detector.tail.push(frame)
    detector.speech_ended_wall = now - 0.3
    assert 0 <= await detector.predict_end_of_turn(context) <= 1
    detector.close()


def test_a_recogniser_without_times_is_placed_by_the_voice_activity() -> None:
    data = stt.SpeechData(language="en", text=" hello ", confidence=0.0)  # type: ignore[arg-type]
    event = stt.SpeechEvent(
        stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives=[data], speech_end_time=105.0
    )
    heard = to_heard(event, started=102.0, ended=105.0)
    assert (heard.started, heard.ended, heard.text) == (102.0, 105.0, "hello")
    assert heard.confidence is None
    assert heard.words == ()
